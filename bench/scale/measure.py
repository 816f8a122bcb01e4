#!/usr/bin/env python3
"""A nation's figures and records on a PostgreSQL of this machine: see run.sh. Every ratio is between two things measured in this run."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

import table

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tests" / "postgres"))
import with_server  # noqa: E402

# As docs/operations.md advises for a machine of 24 GB.
SETTINGS = ["shared_buffers=6GB", "max_wal_size=16GB", "wal_compression=lz4", "work_mem=64MB", "maintenance_work_mem=512MB", "checkpoint_timeout=15min",
            "autovacuum_naptime=10s"]


def own_memory(process):
    """Bytes that belong to a process alone, in MB."""
    try:
        for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


class Memory(threading.Thread):
    """The most that one of the server's processes had of its own."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.parent, self.most, self.ending = server.process.pid, 0, threading.Event()

    def run(self):
        while not self.ending.wait(0.2):
            found = subprocess.run(["pgrep", "-P", str(self.parent)], capture_output=True, text=True)
            self.most = max([self.most, *(own_memory(one) for one in found.stdout.split())])

    def stop(self):
        self.ending.set()
        self.join()
        return self.most


def with_a_server(settings, work):
    server = with_server.Server(settings)
    try:
        server.start()
        return work(server)
    finally:
        server.remove()


def run_program(words):
    done = subprocess.run([str(word) for word in words], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{words[1]} failed: {done.stdout}")
    return json.loads(done.stdout)


def figures(options, towns):
    def work(server):
        server.sql("CREATE DATABASE nation")
        memory = Memory(server)
        memory.start()
        found = run_program([options.program, "tallies", server.url("nation"), towns, options.indicators, options.months])
        found["memory_mb"] = memory.stop()
        return found

    return with_a_server(SETTINGS, work)


def records(options, counts):
    def work(server):
        server.sql("CREATE DATABASE nation")
        server.sql("CREATE DATABASE bare")
        folder = server.folder / "directory"
        return run_program([options.program, "records", server.url("nation", "&yifa_direct=1"), folder, server.url("bare"), options.record_towns, *counts])

    return with_a_server(SETTINGS, work)


def numbers(text):
    return [int(one) for one in text.split(",") if one]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--towns", type=numbers, default=[1000, 10000])
    parser.add_argument("--indicators", type=int, default=400)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--records", type=numbers, default=[])
    parser.add_argument("--record-towns", type=int, default=1000)
    parser.add_argument("--write", type=pathlib.Path)
    options = parser.parse_args()
    if not with_server.available():
        return with_server.SKIPPED
    began = time.time()
    load = os.getloadavg()
    found = {"figures": [figures(options, towns) for towns in options.towns],
             "records": records(options, options.records) if options.records else None,
             "load": load}
    text = table.markdown(found)
    print(text)
    print(f"\n{time.time() - began:.0f} s", file=sys.stderr)
    if options.write:
        table.put_into(options.write, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
