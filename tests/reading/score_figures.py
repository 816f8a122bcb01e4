#!/usr/bin/env python3
"""How well Yifa takes the figures out of single sentences.

    score_figures.py --yifa PATH [dev] [held] [--show] [--min-recall R] [--min-precision P]

The sentences of a set (figures/dev.jsonl, figures/held.jsonl) are written into one text file, a
paragraph each, and read by one `yifa read`; the figures come back by their offsets. A figure is
right when value, unit and approximation agree and its text overlaps the expected one. Misses and
false figures are printed for dev; for held only totals are, because nobody who writes rules may
look at it (--show prints them all the same: for the day the set is retired).
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
from decimal import Decimal

HERE = pathlib.Path(__file__).resolve().parent
KINDS = ["amount", "rate", "zero", "coverage", "each", "frequency", "change", "planned"]
HEAD = ["青石镇2024年法治政府建设情况报告", "一、主要工作情况"]
SCALES = {"万": 10_000, "亿": 100_000_000}


def load(name):
    with open(HERE / "figures" / f"{name}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def scaled(value, unit):
    """(3.85, 万元) and (38500, 元) are the same figure."""
    value = Decimal(str(value))
    if len(unit) > 1 and unit[0] in SCALES:
        return value * SCALES[unit[0]], unit[1:]
    return value, {"个百分点": "百分点", "％": "%"}.get(unit, unit)


def same(expected, found):
    """Whether value, unit and approximation agree."""
    got = scaled(found["value"], found.get("unit", ""))
    if got not in [scaled(expected["value"], unit) for unit in expected.get("units", [expected["unit"]])]:
        return False
    if expected.get("upper") is not None and found.get("upper") is not None:
        if Decimal(str(expected["upper"])) != Decimal(str(found["upper"])):
            return False
    return expected.get("approx_any", False) or bool(found.get("approx")) == expected["approx"]


def meets(a, b):
    return a["start"] < b["end"] and b["start"] < a["end"]


def pairs_of(text):
    return {text[i:i + 2] for i in range(len(text) - 1)}


def run(yifa, sentences):
    """The figures of each sentence, offsets counted from its start."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "sentences.txt"
        path.write_text("\n".join(HEAD + [s["text"] for s in sentences]) + "\n", encoding="utf-8")
        text = subprocess.run([yifa, "read", str(path), "--text"], check=True,
                              capture_output=True).stdout.decode("utf-8")
        answer = json.loads(subprocess.run([yifa, "read", str(path), "--format", "json"], check=True,
                                           capture_output=True).stdout)
    found = []
    at = 0
    for sentence in sentences:
        start = text.find(sentence["text"], at)
        if start < 0:
            sys.exit(f"not in the normalised text: {sentence['id']}")
        at = start + len(sentence["text"])
        found.append([{**figure, "start": figure["start"] - start, "end": figure["end"] - start}
                      for figure in answer["figures"] if start <= figure["start"] < at])
    return found


class Tally:
    def __init__(self):
        self.expected = self.right = self.found = self.false = 0
        self.kind = self.object = self.objects = 0


def judge(sentence, found, tallies, tell):
    """Matches one sentence's figures; every found one is used once."""
    left = list(found)
    matched = []
    misses = []
    for figure in sentence["figures"]:
        best = [f for f in left if meets(f, figure) and same(figure, f)]
        best.sort(key=lambda f: f.get("kind") not in figure.get("kinds", [figure["kind"]]))
        if best:
            left.remove(best[0])
            matched.append((figure, best[0]))
        else:
            misses.append(figure)
    if sentence.get("any_count") and matched:
        misses = []
        left = [f for f in left if not any(meets(f, figure) for figure in sentence["figures"])]
    # A second reading of a place that may count either way is neither right nor wrong.
    left = [f for f in left
            if not any(figure.get("optional") and meets(f, figure) for figure in sentence["figures"])]
    for figure, got in matched:
        tally = tallies[figure["kind"]]
        if not figure.get("optional"):
            tally.expected += 1
            tally.right += 1
            tally.found += 1
            tally.kind += got.get("kind") in figure.get("kinds", [figure["kind"]])
            if figure.get("object"):
                tally.objects += 1
                want, have = figure["object"], (got.get("object") or "") + (got.get("verb") or "")
                tally.object += bool(pairs_of(want) & pairs_of(have))
    for figure in misses:
        if not figure.get("optional"):
            tallies[figure["kind"]].expected += 1
            near = [f for f in found if meets(f, figure)]
            tell("missed", sentence, figure,
                 "; ".join(f"got {f['value']} {f.get('unit')} approx={f.get('approx')}" for f in near))
    for figure in left:
        tally = tallies[figure.get("kind", "amount")]
        tally.found += 1
        tally.false += 1
        tell("false", sentence, figure, "")


def score(yifa, name, show):
    sentences = load(name)
    tallies = collections.defaultdict(Tally)
    told = []

    def tell(what, sentence, figure, note):
        told.append(f"  {what:6} {sentence['id']} {figure.get('text', '')!r} "
                    f"({figure['value']} {figure.get('unit')} {figure.get('kind')}) {note}\n"
                    f"         {sentence['text']}")

    for sentence, found in zip(sentences, run(yifa, sentences)):
        judge(sentence, found, tallies, tell)
    if show:
        print("\n".join(told))
    total = Tally()
    print(f"{name}: {len(sentences)} sentences")
    print(f"  {'kind':10} {'expected':>8} {'found':>6} {'false':>6} {'recall':>7} {'precision':>9}"
          f" {'kind':>6} {'object':>6}")
    for kind in KINDS:
        tally = tallies.get(kind)
        if tally is None:
            continue
        row(kind, tally)
        for field in vars(total):
            setattr(total, field, getattr(total, field) + getattr(tally, field))
    row("total", total)
    return total


def part(of, all_):
    return f"{100 * of / all_:.1f}" if all_ else "-"


def row(name, tally):
    print(f"  {name:10} {tally.expected:8} {tally.found:6} {tally.false:6} "
          f"{part(tally.right, tally.expected):>7} {part(tally.found - tally.false, tally.found):>9} "
          f"{part(tally.kind, tally.right):>6} {part(tally.object, tally.objects):>6}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--yifa", required=True)
    parser.add_argument("sets", nargs="*", choices=["dev", "held", []], default=[])
    parser.add_argument("--show", action="store_true", help="print misses of held too")
    parser.add_argument("--quiet", action="store_true", help="totals only, of dev too")
    parser.add_argument("--min-recall", type=float, default=0)
    parser.add_argument("--min-precision", type=float, default=0)
    asked = parser.parse_args()
    good = True
    for name in asked.sets or ["dev", "held"]:
        total = score(asked.yifa, name, asked.show or (name == "dev" and not asked.quiet))
        good &= total.right >= asked.min_recall * total.expected
        good &= total.found - total.false >= asked.min_precision * total.found
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
