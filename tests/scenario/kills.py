#!/usr/bin/env python3
"""kill -9 at random moments: kills.py YIFA SOURCE_TREE [KILLS]. What was acknowledged is there, imports are whole or not
there, numbers have no gap, and verify finds all fit without any repair."""
import json
import random
import subprocess
import sys
import time

from town import TOWN, YIFA, Town, check, run

KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 60
ROWS = 400


def start(town, *words):
    return subprocess.Popen([YIFA, "--json", "--data", town.data, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed_after(process, seconds):
    """What it said, and whether it had come to its end by itself."""
    try:
        out, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        out, _ = process.communicate()
    return out, process.returncode


def killing(folder):
    chance = random.Random(20231231)
    town = Town(folder)
    acknowledged = set()
    imported = killed = 0
    for n in range(KILLS):
        if n % 4 == 0:
            sheet = folder / f"sheet{n}.csv"
            sheet.write_text("排查日期,参加排查人员\n" + "".join(f"2023-{i % 12 + 1:02}-{i % 28 + 1:02},{n}\n" for i in range(ROWS)), encoding="utf-8")
            _, code = killed_after(start(town, "import", str(sheet), "--ledger", "screening", "--org", TOWN), chance.uniform(0.01, 0.4))
            imported += code == 0
            killed += code != 0
            continue
        until = time.monotonic() + chance.uniform(0.01, 0.15)
        while True:
            out, code = killed_after(start(town, "add", "dispute", "--org", TOWN, "found_on=2023-05-05", "kind=land", "origin=visit"),
                                     max(until - time.monotonic(), 0.001))
            if out.strip().endswith("}"):
                acknowledged.add(json.loads(out)["record"])
            if code != 0:
                check("only ever killed", code, -9)
                killed += 1
                break
        if n % 20 == 19:
            code, answer = town.call("verify")
            check(f"verify after {n + 1} kills", (code, answer["faults"]), (0, []))
    disputes = town.ok("list", "dispute", "--org", TOWN)
    check("nothing acknowledged is lost", acknowledged - {record["id"] for record in disputes}, set())
    numbers = sorted(int(record["number"].split("-")[1]) for record in disputes)
    check("numbers have no gap", numbers, list(range(1, len(numbers) + 1)))
    screenings = len(town.ok("list", "screening", "--org", TOWN))
    check("imports are whole", (screenings % ROWS, screenings >= imported * ROWS), (0, True))
    code, answer = town.call("verify")
    check("verify at the end", (code, answer["faults"]), (0, []))
    print(f"{killed} kills, {len(acknowledged)} of {len(disputes)} additions acknowledged, {imported} imports acknowledged, {screenings} rows")


run(killing)
