#!/usr/bin/env python3
"""Every time limit and gate of the catalog with its clause and certainty: rules_table.py YIFA [--check]. Writes docs/rules.md, or
with --check fails when it is not what the catalog says."""
import json
import pathlib
import subprocess
import sys

YIFA = sys.argv[1]
TREE = pathlib.Path(__file__).resolve().parent.parent
FILE = TREE / "docs" / "rules.md"


def ask(*words):
    done = subprocess.run([YIFA, "--json", "--catalog", str(TREE / "catalog"), *words], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def row(*cells):
    return "| " + " | ".join(cell(each) for each in cells) + " |"


def starts(limit):
    return limit["from"] if isinstance(limit["from"], str) else " or ".join(limit["from"])


def gate_says(gate):
    said = [gate["kind"]]
    for key in ("test", "fields", "name", "at_least", "per", "in"):
        if key in gate:
            said.append(", ".join(gate[key]) if isinstance(gate[key], list) else str(gate[key]))
    if "when" in gate:
        said.append(f"when {gate['when']}")
    if "exempt" in gate:
        said.append("unless " + ", ".join(ground["ground"] for ground in gate["exempt"]))
    return " ".join(said)


def source(rule):
    binding = {"reference": "（参照）", "local": "（地方）"}.get(rule.get("binding", ""), "")
    return rule.get("source", "") + binding, rule.get("seen", "")


def in_words(ledger):
    """What the gates of a ledger say, by its steps and parts: the words of its plan."""
    done = subprocess.run([YIFA, "--json", "--catalog", str(TREE / "catalog"), "plan", ledger], capture_output=True, text=True)
    if done.returncode != 0:
        return {}
    return {(step["beside"], step["step"]): [demand["says"] for demand in step["demands"]] for step in json.loads(done.stdout)["steps"]}


def worded(gates, words):
    """Pairs each gate with its words, or with its notation where the plan has none."""
    return [(gate, words[i] if i < len(words) else gate_says(gate)) for i, gate in enumerate(gates)]


def table():
    limits, gates = [], []
    for listed in ask("catalog", "list"):
        shown = ask("catalog", "show", listed["id"])
        words = in_words(listed["id"])
        own = shown.get("gates", [])
        places = [("", shown)] + [(part["id"], part) for part in shown.get("parts", [])]
        for where, place in places:
            for limit in place.get("deadlines", []):
                also = "; ".join(f"{key} {limit[key]}" for key in ("delegated",) if key in limit)
                limits.append(row(limit["id"], shown["label"]["zh"], limit["says"], starts(limit), limit.get("until", ""), limit["binds"], *source(limit), also))
            said = words.get((True, where) if where else (False, "open"), [])
            gates += [(shown, *each) for each in worded(place.get("gates", []), said)]
        for step in shown.get("transitions", []):
            said = words.get((False, step["id"]), [])
            gates += [(shown, *each) for each in worded(step.get("gates", []), said[len(own):] if step["id"] == "open" else said)]
    lines = ["# Time limits and gates", "",
             "Generated from the catalog by `tools/rules_table.py`; a test compares. V: read in the text; V-ex or V:key: a local example or a copy; M: from memory.",
             "Everything not V should be confirmed by a lawyer before it is relied upon.", "",
             f"## {len(limits)} time limits", "",
             "| rule | ledger | says | from | until | binds | source | seen | set by |", "|---|---|---|---|---|---|---|---|---|", *limits, "",
             f"## {len(gates)} gates, {sum(gate['level'] == 'block' for _, gate, _ in gates)} of which forbid", "",
             "| gate | ledger | level | says | source | seen |", "|---|---|---|---|---|---|"]
    lines += [row(gate["id"], shown["label"]["zh"], {"block": "forbids", "warn": "expects"}[gate["level"]], said, *source(gate))
              for shown, gate, said in gates]
    return "\n".join(lines) + "\n"


made = table()
if "--check" in sys.argv:
    if not FILE.exists() or FILE.read_text(encoding="utf-8") != made:
        sys.exit("docs/rules.md is not what the catalog says; run tools/rules_table.py YIFA")
    print("docs/rules.md is what the catalog says")
else:
    FILE.write_text(made, encoding="utf-8")
    print(f"wrote {FILE.relative_to(TREE)}")
