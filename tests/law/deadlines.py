#!/usr/bin/env python3
"""The case table of time limits: deadlines.py YIFA SOURCE_TREE. Whoever knows the law may add rows to deadlines.csv in any
spreadsheet: rule, first day, suspension (FIRST..LAST), extension, the due day worked out by hand, the article, and how."""
import csv
import json
import pathlib
import subprocess
import sys

YIFA, TREE = sys.argv[1], pathlib.Path(sys.argv[2])
faults = []
rows = list(csv.DictReader((TREE / "tests/law/deadlines.csv").read_text(encoding="utf-8-sig").splitlines()))
for number, row in enumerate(rows, 2):
    words = [YIFA, "--json", "--catalog", str(TREE / "catalog"), "deadline", row["rule"], "--from", row["from"]]
    if row["suspend"]:
        words += ["--suspend", row["suspend"]]
    if row["extend"]:
        words += ["--extend", row["extend"]]
    done = subprocess.run(words, capture_output=True, text=True)
    answer = json.loads(done.stdout)
    if answer.get("due") != row["due"] or row["article"] not in answer.get("source", ""):
        got = answer.get("due") or answer["error"]["message"]
        faults.append(f"deadlines.csv:{number}: {row['rule']} from {row['from']}: {got} [{answer.get('source')}], not {row['due']} [{row['article']}] ({row['why']})")
for fault in faults:
    print(fault)
print(f"{len(rows) - len(faults)} of {len(rows)} cases hold")
sys.exit(1 if faults or not rows else 0)
