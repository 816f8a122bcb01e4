#!/usr/bin/env python3
"""The rules of the report checker, as they say of themselves: checks_table.py YIFA [--check]. Writes docs/checks.md, or with --check
fails when it is not what the rules say."""
import json
import pathlib
import re
import subprocess
import sys

YIFA = sys.argv[1]
TREE = pathlib.Path(__file__).resolve().parent.parent
FILE = TREE / "docs" / "checks.md"

GROUPS = {
    "structure": "What a report must say, its numbering, its headings, its head and tail.",
    "arithmetic": "Rates against their terms, parts against totals, one thing said twice.",
    "substance": "Whether a report says what was done, how often, and of how many.",
    "time": "Another year where this one is meant, meetings and plans of another time, titles and articles of laws.",
    "identity": "Another town's name, 镇 against 乡, an issuing body that changes.",
    "residue": "What word processors, templates, converters and slips leave behind.",
    "repetition": "Said twice in one report, or taken from another one (`--compare`, or several files at once).",
    "format": "GB/T 9704—2012, of .docx alone, at most one finding a rule.",
    "ledger": "Held against the ledgers of a data directory (`--against DATA --org CODE`), silent otherwise.",
}


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def plain(text):
    """Text in a paragraph of Markdown: nothing in it is a mark."""
    return re.sub(r"([\\`*_<>\[\]|~])", r"\\\1", " ".join(text.split()))


def code(text):
    """Text in a span of code."""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if fence != "`" or text.startswith("`") or text.endswith("`") else ""
    return fence + pad + " ".join(text.split()) + pad + fence


def example(name, text, described):
    if described:
        return [f"{name} (described): {plain(text)}", ""]
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return [f"{name}:", "", fence + "text", *text.split("\n"), fence, ""]


def rule_lines(rule):
    name = rule["rule"]
    off = ", off unless asked for" if not rule["on"] else ""
    lines = [f"### {name}", "", f"**{plain(rule['title'])}** · {rule['severity']}{off}", "", plain(rule["what"]), "",
             f"* Message: {code(rule['message'])}"]
    if rule["suggestion"]:
        lines.append(f"* Suggestion: {code(rule['suggestion'])}")
    return lines + ["", *example("Bad", rule["bad"], rule["described"]), *example("Good", rule["good"], rule["described"])]


def table():
    done = subprocess.run([YIFA, "check", "--list-rules", "--json", "--catalog", str(TREE / "catalog")], capture_output=True, text=True, check=True)
    rules = json.loads(done.stdout)["rules"]
    found = []
    for rule in rules:
        if (group := rule["rule"].split(".")[0]) not in found:
            found.append(group)
    groups = [group for group in GROUPS if group in found] + [group for group in found if group not in GROUPS]
    counts = {severity: sum(rule["severity"] == severity for rule in rules) for severity in ("error", "warning", "note")}
    lines = ["# Rules of the report checker", "",
             "Generated from `catalog/checks/rules/` by `tools/checks_table.py`; a test compares. How reports are read and rules are switched:",
             "[checking.md](checking.md). Words in `{…}` are filled by the check. Where an example stands as text, a test runs it: the rule finds its",
             "fault in the bad one and is silent in the good one. Of what is only described (a .docx layout, a ledger) no text could show the fault.", "",
             f"{len(rules)} rules: {counts['error']} errors (surely wrong, and it matters), {counts['warning']} warnings (probably wrong), "
             f"{counts['note']} notes (worth a look).", ""]
    for group in groups:
        own = [rule for rule in rules if rule["rule"].split(".")[0] == group]
        lines += [f"## {group}", ""] + ([GROUPS[group], ""] if group in GROUPS else [])
        lines += ["| rule | severity | title |", "|---|---|---|"]
        lines += [f"| [{rule['rule']}](#{rule['rule'].replace('.', '')}) | {rule['severity']} | {cell(rule['title'])} |" for rule in own]
        lines.append("")
        for rule in own:
            lines += rule_lines(rule)
    return "\n".join(lines).rstrip("\n") + "\n"


made = table()
if "--check" in sys.argv:
    if not FILE.exists() or FILE.read_text(encoding="utf-8") != made:
        sys.exit("docs/checks.md is not what the rules say; run tools/checks_table.py YIFA")
    print("docs/checks.md is what the rules say")
else:
    FILE.write_text(made, encoding="utf-8")
    print(f"wrote {FILE.relative_to(TREE)}")
