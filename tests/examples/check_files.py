#!/usr/bin/env python3
"""The five example towns: whatever has ended, or reached its main result, is backed by a whole file.

    check_files.py YIFA [DATA]    YIFA: the program; DATA: a demo's data directory (default: a new one)

`yifa dossier RECORD` must tell nothing that lacks for every such record of the ledgers below, of disputes and inspections for a
sample; in every town a fifth of the settled disputes went to a committee, through acceptance, session, agreement and visit; and
every paper that a row names lies in its town's folder.
"""
import collections
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys

from demo import demo

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parent.parent / "examples"
TOWNS = sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "town.yaml").exists())
# The states in which a matter has its result. What stands in another is in progress and may still lack papers.
RESULT = {
    "major_decision": ["decided", "published", "archived", "suspended", "replaced"],
    "decision_directory": ["published"],
    "legality_review": ["concluded"],
    "normative_document": ["published", "filed", "repealed"],
    "document_cleanup": ["published"],
    "power_list": ["published"],
    "contract": ["signed"],
    "village_rule": ["checked"],
    "release": ["concluded"],
    "disclosure": ["published"],
    "info_request": ["answered", "stopped"],
    "penalty": ["decided", "served", "performed", "closed", "revoked"],
    "inspection": ["done", "closed"],
    "whistle": ["solved"],
    "petition": ["replied", "final", "routed", "returned"],
    "dispute": ["settled", "failed", "referred", "closed"],
    "legal_aid_referral": ["kept"],
    "task": ["done"],
}
STEADY = ("legal_aid_referral",)  # without states: all of them are looked at
SAMPLED = {"dispute": 60, "inspection": 25}
STRATUM = {"dispute": "result", "inspection": "kind"}
MEDIATED = ["result", "committee", "accepted_on", "effective_on", "visited"]
# A ledger of which nothing was looked at proves nothing.
EVERYWHERE = ("major_decision", "legality_review", "release")
SOMEWHERE = ("normative_document", "contract", "village_rule", "info_request", "penalty", "inspection", "petition", "dispute", "legal_aid_referral", "task")
faults = []


class Program:
    def __init__(self, yifa, data):
        self.yifa, self.data = yifa, data

    def __call__(self, *words):
        done = subprocess.run([self.yifa, "--data", self.data, "--json", *words], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"yifa {' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def records(self, ledger, org):
        columns = ["@state"] + ([STRATUM[ledger]] if ledger in STRATUM else []) + (MEDIATED if ledger == "dispute" else [])
        return self("list", ledger, "--org", org, "--columns", ",".join(dict.fromkeys(columns)), "--format", "json", "--limit", "0")


def spread(rows, n):
    """n of the rows, evenly over the year."""
    rows = sorted(rows, key=lambda row: (row["day"], row["number"]))
    return rows if len(rows) <= n else [rows[i * len(rows) // n] for i in range(n)]


def sample(ledger, rows):
    """At most SAMPLED rows, the same share of each town's results, and of each at least five."""
    strata = collections.defaultdict(list)
    for row in rows:
        strata[row["org"], str(row["fields"].get(STRATUM[ledger]))].append(row)
    chosen = []
    for _, group in sorted(strata.items()):
        chosen += spread(group, max(5, SAMPLED[ledger] * len(group) // len(rows)))
    return chosen[: SAMPLED[ledger] + 5 * len(strata)]


def check_mediation(org, rows):
    """At least a fifth of what was settled was mediated from the acceptance to the visit."""
    settled = [row for row in rows if row["state"] in RESULT["dispute"] and row["fields"].get("result") in ("written", "oral", "settled")]
    whole = [row for row in settled if row["fields"].get("result") != "settled" and all(row["fields"].get(name) for name in MEDIATED)]
    if settled and 5 * len(whole) < len(settled):
        faults.append(f"{org}: {len(whole)} of {len(settled)} settled disputes were mediated by a committee; a fifth is asked for")


def check_papers():
    """Papers of personal fields are named under seal: only the rows themselves tell which they are."""
    named = 0
    for org in TOWNS:
        kept = {file.stem for file in (EXAMPLES / org / "files").iterdir()}
        for rows in sorted((EXAMPLES / org).glob("*.jsonl")):
            for digest in set(re.findall(r'"([0-9a-f]{64})"', rows.read_text(encoding="utf-8"))):
                named += 1
                if digest[:12] not in kept:
                    faults.append(f"{rows.parent.name}/{rows.name} names the paper {digest[:12]}, which is not in files/")
    return named


def main():
    with demo() as (yifa, data):
        program = Program(yifa, data)
        pool = concurrent.futures.ThreadPoolExecutor(4)
        asked = [(ledger, org) for ledger in RESULT for org in TOWNS if (EXAMPLES / org / f"{ledger}.jsonl").exists()]
        looked, running, to_look = collections.Counter(), collections.Counter(), []
        by_ledger = collections.defaultdict(list)
        for (ledger, org), rows in zip(asked, pool.map(lambda one: program.records(*one), asked)):
            if ledger == "dispute":
                check_mediation(org, rows)
            over = [row for row in rows if ledger in STEADY or row["state"] in RESULT[ledger]]
            running[ledger] += len(rows) - len(over)
            by_ledger[ledger] += over
        for ledger, rows in by_ledger.items():
            to_look += [(ledger, row) for row in (sample(ledger, rows) if ledger in SAMPLED and rows else rows)]
        for (ledger, row), file in zip(to_look, pool.map(lambda one: program("dossier", one[1]["id"]), to_look)):
            looked[ledger, row["org"]] += 1
            for lack in file["lacks"]:
                faults.append(f"{row['org']} {ledger} {row['number']} ({row['state']}): {lack.get('where', '')}: {lack['message']}")
        for ledger in EVERYWHERE:
            faults.extend(f"{org}: no file of {ledger} was looked at" for org in TOWNS if not looked[ledger, org])
        for ledger in SOMEWHERE:
            if not any(looked[ledger, org] for org in TOWNS):
                faults.append(f"no file of {ledger} was looked at")
        if not running:
            faults.append("nothing is in progress in any town")
    named = check_papers()
    for fault in faults:
        print(fault)
    each = collections.Counter()
    for (ledger, _), n in looked.items():
        each[ledger] += n
    print("、".join(f"{ledger} {n}" for ledger, n in each.items()))
    print(f"{sum(each.values())} files looked at, {sum(running.values())} matters in progress, {named} papers named, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
