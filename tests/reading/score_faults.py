#!/usr/bin/env python3
"""How many of the faults put into clean reports Yifa finds, and how much it says beside them.

    score_faults.py --yifa PATH [--count N] [--seed S] [--only WORD] [--demo] [--show N] [--write DIR]
                    [--strict]

For each kind of fault (faults/of_*.py) N reports are generated, each with that one fault in another
place, and N clean ones for every outline; all are checked by one `yifa check`. A fault is found when
a rule it names is told at its line (or of the whole report, where the fault is the whole report's).
Precision is taken over the errors and warnings in the mutated reports: right are those that name
the fault or say what is truly equivalent to it. With --demo a third of the reports are ones Yifa
drafts itself (the five example towns, each outline and style), and those must be without errors too.
--strict makes the goals of issue 4 the exit code.
"""

import argparse
import collections
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from faults import FAULTS, clean, report  # noqa: E402
from faults.parse import parse  # noqa: E402

GOALS = {"arithmetic": 0.99, "structure": 0.95}
OTHER_GOAL = 0.90
PRECISION = 0.95
SLACK = 3
OUTLINES = ["four_part", "work_summary", "responsible_first", "thematic"]
RULES = pathlib.Path(__file__).resolve().parents[2] / "catalog" / "checks" / "rules"
# Told only of .docx files, of several files, or of what a text alone cannot hold.
ELSEWHERE = {"residue.comment", "residue.tracked_change", "residue.hidden_text", "residue.broken_line",
             "repetition.last_year", "repetition.other_town"}


class Case:
    def __init__(self, fault, text, lines, near, whole):
        self.fault, self.text, self.lines, self.near, self.whole = fault, text, lines, near, whole
        # A reader may join two lines into one: places are compared by offset, nearly.
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        self.spans = [(starts[n - 1] - SLACK, starts[n] + SLACK) for n in lines | near]

    def holds(self, finding):
        return any(finding["start"] < end and start < finding["end"] for start, end in self.spans)


def draft(yifa, folder):
    """The reports of the example towns in every outline and style: [(file, normalised text)]."""
    data = folder / "demo"
    subprocess.run([yifa, "demo", "--data", str(data)], check=True, capture_output=True)
    files = sorted((data / "reports").glob("*.docx"))
    for path in list(files):
        town, year = re.match(r"(.+?)(20\d\d)年", path.stem).groups()
        for outline in OUTLINES:
            for style in ("exact", "approximate"):
                out = folder / f"drafted-{town}-{outline}-{style}.docx"
                subprocess.run([yifa, "--data", str(data), "report", "draft", "--org", town, "--year", year,
                                "--outline", outline, "--style", style,
                                "--date", f"{int(year) + 1}-01-20", "-o", str(out)],
                               check=True, capture_output=True)
                files.append(out)
    return [(path, subprocess.run([yifa, "read", str(path), "--text"], check=True,
                                  capture_output=True).stdout.decode("utf-8")) for path in files]


def base(rng, drafted, fault):
    """A clean report: one of our templates, or one that Yifa drafted."""
    if drafted and fault.drafted and rng.random() < 0.33:
        found = parse(rng.choice(drafted))
        if found:
            return found
    return report(rng)


def inject(fault, count, seed, drafted=()):
    """`count` mutated reports of one kind of fault, or fewer where the reports offer no more."""
    cases = []
    for i in range(count * 40):
        if len(cases) == count:
            break
        rng = random.Random(f"{seed} {fault.name} {i}")
        mutated = base(rng, drafted, fault)
        before = mutated.text()
        put = fault.make(mutated, rng)
        text = mutated.text()
        if put is None or text == before:
            continue
        line = {mutated.line_of(put.line)} if put.line is not None else set()
        near = {mutated.line_of(one) for one in put.near if any(one is l for l in mutated.lines)}
        cases.append(Case(fault, text, line, near, put.line is None))
    return cases


def found_by(case, finding):
    if finding["rule"] not in case.fault.rules:
        return False
    return case.whole or finding["end"] == 0 or case.holds(finding)


def equivalent(case, finding):
    """What is truly so because of the fault."""
    return finding["rule"] in case.fault.rules \
        or any(finding["rule"].startswith(also) for also in case.fault.also)


def check(yifa, folder, texts):
    for name, text in texts.items():
        if name.endswith(".txt"):
            (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run([yifa, "check", str(folder), "--format", "json",
                           "--rules=-repetition.other_town,-repetition.last_year"], capture_output=True)
    if not done.stdout:
        sys.exit(f"yifa check: exit {done.returncode}: {done.stderr.decode('utf-8', 'replace')[:500]}")
    answer = json.loads(done.stdout)
    files = answer["files"] if "files" in answer else [answer]
    return {pathlib.Path(one["file"]).name: one.get("findings", []) for one in files}


def percent(part, whole):
    return f"{100 * part / whole:6.1f}" if whole else "     -"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--yifa", required=True)
    parser.add_argument("--count", type=int, default=30, help="reports a kind of fault")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", default="", help="kinds whose name or rules hold this")
    parser.add_argument("--demo", action="store_true", help="with the reports Yifa drafts, too")
    parser.add_argument("--show", type=int, default=0, metavar="N",
                        help="print N missed and N false ones a kind")
    parser.add_argument("--write", metavar="DIR", help="leave the generated reports there")
    parser.add_argument("--strict", action="store_true")
    asked = parser.parse_args()

    scratch = pathlib.Path(tempfile.mkdtemp(prefix="yifa-faults-"))
    try:
        folder = pathlib.Path(asked.write) if asked.write else scratch / "reports"
        folder.mkdir(parents=True, exist_ok=True)
        drafts = draft(asked.yifa, scratch) if asked.demo else []
        texts = {}
        cases = {}
        for n, fault in enumerate(FAULTS):
            if asked.only and not any(asked.only in name for name in (fault.name, *fault.rules)):
                continue
            for i, case in enumerate(inject(fault, asked.count, asked.seed, [text for _, text in drafts])):
                cases[f"{n:03d}-{i:03d}.txt"] = case
                texts[f"{n:03d}-{i:03d}.txt"] = case.text
        for i, one in enumerate(clean(asked.seed, asked.count * 12)):
            texts[f"clean-{i:04d}.txt"] = one.text()
        for i, (path, text) in enumerate(drafts):
            shutil.copy(path, folder / f"drafted-{i:02d}.docx")
            texts[f"drafted-{i:02d}.docx"] = text
        found = check(asked.yifa, folder, texts)
    finally:
        shutil.rmtree(scratch)
    return 0 if tell(cases, texts, found, asked) or not asked.strict else 1


def show(what, name, case, findings, text):
    print(f"      {what} {name}")
    for n in sorted(case.lines)[:1]:
        print(f"        {n}: {text.splitlines()[n - 1][:300]}")
    for one in findings[:6]:
        print(f"        > {one['line']}: {one['rule']} {one['severity']} {one['excerpt'][:60]!r} {one['message'][:80]}")


def rules_known():
    """The ids of the rules' files, but those that a text cannot show."""
    known = []
    for path in sorted(RULES.glob("*.yaml")):
        if path.stem not in ("format", "ledger"):
            known += [f"{path.stem}.{name}" for name in
                      re.findall(r"^  - id: (\w+)", path.read_text(encoding="utf-8"), re.M)]
    return [rule for rule in known if rule not in ELSEWHERE]


def tell_clean(which, names, found, shown):
    by_severity = collections.Counter()
    by_rule = collections.Counter()
    examples = []
    for name in names:
        for one in found.get(name, []):
            by_severity[one["severity"]] += 1
            by_rule[one["rule"], one["severity"]] += 1
            if one["severity"] != "note" and len(examples) < shown:
                examples.append((name, one))
    good = by_severity["error"] == 0
    print(f"{which} reports: {len(names)}, errors {by_severity['error']}, warnings "
          f"{by_severity['warning']}, notes {by_severity['note']}{'' if good else '  NOT MET'}")
    for (rule, severity), count in sorted(by_rule.items()):
        print(f"  {rule:34} {severity:8} {count:6}")
    for name, one in examples:
        print(f"  {name} {one['line']}: {one['rule']} {one['excerpt'][:80]!r} {one['message'][:100]}")
    return good


def tell(cases, texts, found, asked):
    kinds = collections.OrderedDict()
    told = right = 0
    false_by_rule = collections.Counter()
    for name, case in cases.items():
        findings = found.get(name, [])
        row = kinds.setdefault(case.fault.name, [case.fault, 0, 0, 0, []])
        row[1] += 1
        hit = any(found_by(case, one) for one in findings)
        row[2] += hit
        wrong = [one for one in findings
                 if one["severity"] in ("error", "warning") and not equivalent(case, one)]
        for one in findings:
            if one["severity"] in ("error", "warning"):
                told += 1
        right += sum(one["severity"] in ("error", "warning") for one in findings) - len(wrong)
        row[3] += len(wrong)
        for one in wrong:
            false_by_rule[one["rule"]] += 1
        if not hit:
            row[4].append(("missed", name, case, findings))
        elif wrong:
            row[4].append(("false", name, case, wrong))

    groups = collections.defaultdict(lambda: [0, 0])
    rules = collections.OrderedDict()
    print(f"{'kind of fault':44} {'rule':34} {'put in':>6} {'found':>6} {'recall':>6} {'beside':>6}")
    for kind, (fault, put, hits, wrong, examples) in kinds.items():
        print(f"{kind:44} {fault.rules[0]:34} {put:6} {hits:6} {percent(hits, put)} {wrong:6}")
        groups[fault.group][0] += put
        groups[fault.group][1] += hits
        rule = rules.setdefault(fault.rules[0], [0, 0])
        rule[0] += put
        rule[1] += hits
        for which in ("missed", "false"):
            for example in [e for e in examples if e[0] == which][:asked.show]:
                show(example[0], example[1], example[2], example[3], texts[example[1]])

    print(f"\n{'rule':34} {'put in':>6} {'found':>6} {'recall':>6} {'false':>6}")
    for rule in sorted(set(rules) | set(false_by_rule)):
        put, hits = rules.get(rule, (0, 0))
        print(f"{rule:34} {put:6} {hits:6} {percent(hits, put)} {false_by_rule[rule]:6}")

    good = True
    print()
    for group in sorted(groups):
        put, hits = groups[group]
        goal = GOALS.get(group, OTHER_GOAL)
        met = hits >= goal * put
        good &= met
        print(f"recall of {group:12} {percent(hits, put)} %  of {put:5}  (goal {100 * goal:.0f} %)"
              f"{'' if met else '  NOT MET'}")
    met = right >= PRECISION * told
    good &= met
    print(f"precision             {percent(right, told)} %  of {told:5}  (goal {100 * PRECISION:.0f} %)"
          f"{'' if met else '  NOT MET'}")

    for which in ("clean", "drafted"):
        names = [name for name in texts if name.startswith(which + "-")]
        if names:
            good &= tell_clean(which, names, found, asked.show * 4)
    unmade = [rule for rule in rules_known() if rule not in {r for f in FAULTS for r in f.rules}]
    if unmade:
        print("rules that no fault is made for: " + " ".join(unmade))
    return good


if __name__ == "__main__":
    sys.exit(main())
