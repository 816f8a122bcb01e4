#!/usr/bin/env python3
"""Runs a command on a Citus cluster of the operator's: with_citus.py COMMAND…. YIFA_CITUS names its coordinator as a libpq URL with a
database of its own for tests, in which the extension is there and the workers are known. Exit: the command's; 77 (skipped) without it."""
import os
import subprocess
import sys

if not os.environ.get("YIFA_CITUS"):
    print("SKIPPED: YIFA_CITUS names no Citus coordinator")
    sys.exit(77)
sys.exit(subprocess.run(sys.argv[1:]).returncode)
