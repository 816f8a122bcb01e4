"""Faults of numbering: headings and enumerations."""

import re

from .build import han
from .fault import Put, fault, pick


def rows(report, role):
    """Headings of one level that count together: those of one parent."""
    found = {}
    parent = 0
    for line in report.lines:
        if line.role == "h1" or (role == "h3" and line.role == "h2"):
            parent += 1
        if line.role == role:
            found.setdefault(0 if role == "h1" else parent, []).append(line)
    return [row for row in found.values() if len(row) >= 3]


def relabel(line, old, new):
    line.label = line.label.replace(han(old), han(new)) if han(old) in line.label \
        else line.label.replace(str(old), str(new))


def shift(report, rng, role, by):
    row = pick(rng, rows(report, role))
    if not row:
        return None
    first = rng.randint(1, len(row) - (1 if by > 0 else 1))
    for i, line in enumerate(row[first:], first + 1):
        relabel(line, i, i + by)
    return Put(row[first], [row[first - 1]])


@fault("number_gap: chapters", "structure.number_gap")
def number_gap_chapter(report, rng):
    return shift(report, rng, "h1", rng.choice([1, 1, 2]))


@fault("number_gap: sections", "structure.number_gap")
def number_gap_section(report, rng):
    return shift(report, rng, "h2", rng.choice([1, 1, 2]))


@fault("number_gap: one section lost", "structure.number_gap")
def number_lost(report, rng):
    row = pick(rng, [row for row in rows(report, "h2") if len(row) >= 4 and row[0].pieces])
    if not row:
        return None
    at = rng.randint(1, len(row) - 2)
    report.drop([row[at]])
    return Put(row[at + 1], [row[at - 1]])


@fault("number_repeat: chapters", "structure.number_repeat", also=("structure.number_gap",))
def number_repeat_chapter(report, rng):
    return shift(report, rng, "h1", -1)


@fault("number_repeat: sections", "structure.number_repeat", also=("structure.number_gap",))
def number_repeat_section(report, rng):
    return shift(report, rng, "h2", -1)


@fault("number_order", "structure.number_order",
       also=("structure.number_gap", "structure.number_repeat"))
def number_order(report, rng):
    row = pick(rng, rows(report, rng.choice(["h1", "h2"])))
    if not row:
        return None
    at = rng.randint(0, len(row) - 2)
    row[at].label, row[at + 1].label = row[at + 1].label, row[at].label
    return Put(row[at], row[at + 1:at + 3])


@fault("number_stop", "structure.number_stop", also=("structure.number_gap",))
def number_stop(report, rng):
    """2优化营商环境, with neighbours that have their stop."""
    line = pick(rng, report.find("h3"))
    if not line:
        return None
    line.label = line.label.rstrip(".、")
    return Put(line)


@fault("number_mixed", "structure.number_mixed",
       also=("structure.number_gap", "structure.number_repeat", "structure.number_half_width"))
def number_mixed(report, rng):
    """One chapter counts （1）（2）… where the others count （一）（二）…"""
    found = [row for row in rows(report, "h2")]
    if len(found) < 2:
        return None
    row = rng.choice(found)
    for i, line in enumerate(row, 1):
        line.label = f"（{i}）"
    return Put(row[0], [line for other in found for line in other])


@fault("number_half_width", "structure.number_half_width", also=("residue.width_mixed",))
def number_half_width(report, rng):
    line = pick(rng, report.find("h2"))
    if not line:
        return None
    line.label = line.label.replace("（", "(").replace("）", ")")
    return Put(line, report.find("h2"))


@fault("number_bracket", "structure.number_bracket", also=("residue.bracket_unmatched",
                                                           "structure.number_gap", "structure.number_mixed"))
def number_bracket(report, rng):
    line = pick(rng, report.find("h2"))
    if not line:
        return None
    line.label = line.label.replace("（", "") if rng.random() < 0.6 else line.label.replace("）", "")
    return Put(line)


def pointed(report):
    """Pieces that begin a point, grouped where they stand together."""
    groups = []
    row = []
    for line in report.lines:
        own = [(line, piece) for piece in line.pieces if re.match(r"[一二三四五六七八九十]是", piece.text)]
        if len(own) >= 3:
            groups.append(own)
        elif own:
            if own[0][1].text.startswith("一是"):
                row = []
                groups.append(row)
            row += own
        elif line.role in ("h1", "h2"):
            row = []
    return [group for group in groups if len(group) >= 3]


def repoint(piece, old, new):
    assert piece.text.startswith(f"{han(old)}是")
    piece.text = (f"{han(new)}是" if new else "") + piece.text[len(han(old)) + 1:]


@fault("enumeration_repeat", "structure.enumeration_repeat", "structure.enumeration_gap")
def enumeration_repeat(report, rng):
    group = pick(rng, pointed(report))
    if not group:
        return None
    at = rng.randint(1, len(group) - 1)
    line, piece = group[at]
    repoint(piece, at + 1, at)
    return Put(line, [line for line, _ in group])


@fault("enumeration_gap", "structure.enumeration_gap")
def enumeration_gap(report, rng):
    group = pick(rng, pointed(report))
    if not group:
        return None
    at = rng.randint(1, len(group) - 1)
    for i, (line, piece) in enumerate(group[at:], at + 1):
        repoint(piece, i, i + 1)
    return Put(group[at][0], [line for line, _ in group])


@fault("enumeration_order", "structure.enumeration_order",
       also=("structure.enumeration_gap", "structure.enumeration_repeat"))
def enumeration_order(report, rng):
    group = pick(rng, pointed(report))
    if not group:
        return None
    at = rng.randint(1, len(group) - 2)
    repoint(group[at][1], at + 1, at + 2)
    repoint(group[at + 1][1], at + 2, at + 1)
    return Put(group[at][0], [group[at + 1][0]])


@fault("enumeration_alone", "structure.enumeration_alone")
def enumeration_alone(report, rng):
    group = pick(rng, [g for g in pointed(report) if len({id(line) for line, _ in g}) == 1])
    if not group:
        return None
    for i, (line, piece) in enumerate(group[1:], 2):
        repoint(piece, i, 0)
    return Put(group[0][0])
