#!/usr/bin/env python3
"""The five seeds: every figure found, no trap taken, every listed fault told.

    score_seeds.py --yifa PATH [--shared DIR] [--all] [--strict]

DIR is the owner's folder (seeds/, domain/seed_figures.json, domain/seed_nonfigures.json); where it
is absent the script says so and skips. The faults are those of domain/seed_inventory.md (体例与瑕疵,
and what 算术与勾稽 calls a fault), in seed_faults.json: what, the rules that may tell it, words of
its place; "soft" ones are remarks a rule may leave unsaid. Prints what is missed, and with --all
the findings beyond the list, to be judged by reading.
"""

import argparse
import json
import pathlib
import subprocess
import sys
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
AROUND = 12  # code points about a fragment in which the figure's own words may stand


def run(yifa, *words):
    done = subprocess.run([yifa, *words], capture_output=True)
    if not done.stdout:
        sys.exit(f"{' '.join(words)}: exit {done.returncode}: {done.stderr.decode()[:300]}")
    return done.stdout.decode("utf-8")


def places(text, words):
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def meets(figure, start, end):
    return figure["start"] < end and start < figure["end"]


def figures_found(seed, wanted, text, figures):
    missed = []
    used = set()
    for want in wanted:
        where = list(places(text, want["sentence_fragment"]))
        hit = None
        for around in (0, AROUND):
            for start, end in where:
                for i, figure in enumerate(figures):
                    if i not in used and hit is None and meets(figure, start - around, end + around) \
                            and Decimal(str(figure["value"])) == Decimal(str(want["value"])) \
                            and figure["unit"].replace("％", "%") == want["unit"] \
                            and bool(figure["approx"]) == want["approx"]:
                        hit = i
        if hit is None:
            near = [f"{f['value']}{f['unit']} {f['kind']}{' approx' if f['approx'] else ''} {f['text']}"
                    for f in figures for start, end in where if meets(f, start - AROUND, end + AROUND)]
            missed.append(f"{seed} {want['value']}{want['unit']}{' approx' if want['approx'] else ''} "
                          f"{want['object']}: {'; '.join(near) if where else 'place not in the text'}")
        else:
            used.add(hit)
    return missed, used


def nonfigures_taken(seed, wanted, text, figures):
    taken = []
    for want in wanted:
        for start, end in places(text, want["sentence_fragment"]):
            inside = text[start:end]
            spans = [(start + a, start + b) for part in want["text"].split("/")
                     for a, b in places(inside, part)] or [(start, end)]
            taken += [f"{seed} {want['text']} ({want['object']}): {f['text']} {f['value']}{f['unit']} {f['kind']}"
                      for f in figures for a, b in spans if meets(f, a, b)]
    return taken


def fault_told(fault, lines, findings):
    return [one for one in findings if one["rule"] in fault["rules"]
            and (not fault["near"] or fault["near"] in lines[one["line"] - 1]
                 or fault["near"] in one["excerpt"] or one["end"] == 0)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--yifa", required=True)
    parser.add_argument("--shared", default=str(HERE.parents[2] / "shared"))
    parser.add_argument("--all", action="store_true", help="print findings beyond the list too")
    parser.add_argument("--strict", action="store_true")
    asked = parser.parse_args()
    shared = pathlib.Path(asked.shared)
    if not (shared / "domain" / "seed_figures.json").exists():
        print(f"SKIPPED: no seeds at {shared}")
        return 0
    wanted = json.loads((shared / "domain" / "seed_figures.json").read_text(encoding="utf-8"))
    traps = json.loads((shared / "domain" / "seed_nonfigures.json").read_text(encoding="utf-8"))
    table = json.loads((HERE / "seed_faults.json").read_text(encoding="utf-8"))
    missed, taken, unsaid, soft, beyond, extra = [], [], [], [], [], []
    hard = 0
    for path in sorted((shared / "seeds").glob("*.txt")):
        seed = path.name
        text = run(asked.yifa, "read", str(path), "--text")
        figures = json.loads(run(asked.yifa, "read", str(path), "--format", "json"))["figures"]
        answer = json.loads(run(asked.yifa, "check", str(path), "--format", "json"))
        findings = answer["files"][0]["findings"] if "files" in answer else answer["findings"]
        lines = text.splitlines()
        gone, used = figures_found(seed[:3], [w for w in wanted if w["seed"] == seed], text, figures)
        missed += gone
        extra += [f"{seed[:3]} {f['text']} {f['value']}{f['unit']} {f['kind']} {f.get('object', '')}"
                  for i, f in enumerate(figures) if i not in used]
        taken += nonfigures_taken(seed[:3], [t for t in traps if t["seed"] == seed], text, figures)
        told = []
        for fault in table[seed[:3]]:
            got = fault_told(fault, lines, findings)
            told += got
            hard += not fault.get("soft", False)
            if not got:
                (soft if fault.get("soft") else unsaid).append(f"{seed[:3]} {fault['what']} {fault['rules']}")
        beyond += [f"{seed[:3]}:{one['line']} {one['severity']} {one['rule']} {one['excerpt'][:60]!r} "
                   f"{one['message']}" for one in findings if not any(one is t for t in told)]
    print(f"figures of the seeds: {len(wanted) - len(missed)} of {len(wanted)} found")
    print("".join(f"  missed {line}\n" for line in missed), end="")
    print(f"traps of the seeds: {len(taken)} taken of {len(traps)}")
    print("".join(f"  taken {line}\n" for line in taken), end="")
    print(f"faults of the seeds: {hard - len(unsaid)} of {hard} told")
    print("".join(f"  not told {line}\n" for line in unsaid), end="")
    print("".join(f"  (remark not told) {line}\n" for line in soft), end="")
    print(f"beyond the lists: {len(extra)} figures, {len(beyond)} findings")
    if asked.all:
        print("".join(f"  figure {line}\n" for line in extra), end="")
        print("".join(f"  finding {line}\n" for line in beyond), end="")
    return 1 if asked.strict and (missed or taken or unsaid) else 0


if __name__ == "__main__":
    sys.exit(main())
