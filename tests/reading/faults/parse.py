"""A report's text read back into parts, so that faults can be put into reports Yifa drafted."""

import random
import re

from .report import Line, Piece, Report
from .town import Town, percent

LABELS = [("h1", re.compile(r"[一二三四五六七八九十]+、")), ("h2", re.compile(r"（[一二三四五六七八九十]+）")),
          ("h3", re.compile(r"\d+[.、]"))]
CONTENTS = [("next_year", re.compile("打算|安排|计划|下一步|下一年|思路")), ("shortcomings", re.compile("不足|问题|困难")),
            ("duties", re.compile("第一责任人|主要负责人"))]
NUMBER = r"(\d+)({unit})"
UNITS = "件|次|场次|场|名|人|份|条|项|个|处"
RATE = re.compile(rf"(?P<den>\d+(?P<unit>{UNITS})).*?(?P<num>\d+(?P=unit)).*?率(?:为|达到|达)?(?P<rate>\d+(?:\.\d+)?%)")
SUM = re.compile(rf"(?P<whole>\d+(?P<unit>{UNITS}))[，（]其中(?P<rest>[^。；）]*)")
APPROX = re.compile(r"\d+余[份场次人名件条]{1,2}")
TITLE = re.compile(r"^(?P<name>.+?)(?P<kind>镇|乡|街道)(?:人民政府|办事处)?(?:关于)?(?P<year>20\d\d)年")


def content_of(words, before):
    for name, pattern in CONTENTS:
        if pattern.search(words):
            return name
    return before


def piece(text):
    """A sentence, with what in it can be reckoned."""
    m = RATE.search(text)
    if m and len(re.findall("率", text)) == 1:
        n, d = int(re.match(r"\d+", m["num"])[0]), int(re.match(r"\d+", m["den"])[0])
        if n <= d and percent(n, d) == m["rate"]:
            return Piece(text, "rate", {"num": m["num"], "den": m["den"], "rate": m["rate"]},
                         {"n": n, "d": d, "unit": m["unit"]})
    m = SUM.search(text)
    if m:
        parts = re.findall(rf"\d+{m['unit']}(?!次)", m["rest"])
        whole = int(re.match(r"\d+", m["whole"])[0])
        values = [int(re.match(r"\d+", p)[0]) for p in parts]
        if len(parts) >= 2 and sum(values) == whole:
            names = dict(zip("abcdefgh", parts))
            return Piece(text, "sum", {"whole": m["whole"], **names},
                         {"whole": whole, "unit": m["unit"], **dict(zip("abcdefgh", values))})
    found = APPROX.findall(text)
    if found:
        return Piece(text, "approx", {"approx": found[0], "other": found[-1]})
    return Piece(text)


def pieces(text):
    return [piece(part) for part in re.findall(r"[^。]*。|[^。]+$", text)]


def parse(text, seed="parse"):
    """None where no title with a place and a year is found: such a text is not one of ours."""
    lines = [line for line in text.split("\n") if line]
    title = next((i for i, line in enumerate(lines[:6]) if TITLE.match(line) and line.endswith("报告")), None)
    if title is None:
        return None
    m = TITLE.match(lines[title])
    town = Town(m["name"], m["kind"], "", "县", int(m["year"]), 0, random.Random(seed))
    out = []
    content = ""
    chapter = 0
    seen = False
    for i, line in enumerate(lines):
        if i < title:
            out.append(Line("number" if "〔" in line else "issuer", [Piece(line)]))
        elif i == title:
            out.append(Line("title", [Piece(line)]))
        elif not seen and line.endswith("：") and len(line) < 40:
            out.append(Line("addressee", [Piece(line)]))
        elif re.fullmatch(r"20\d\d年\d{1,2}月\d{1,2}日", line):
            out.append(Line("date", [Piece(line)]))
        elif seen and line in (town.government, lines[0]):
            out.append(Line("signature", [Piece(line)]))
        else:
            role, label = next(((r, p.match(line)[0]) for r, p in LABELS if p.match(line)), ("body", ""))
            if role == "body":
                out.append(Line("body" if seen else "lead", pieces(line), content=content, chapter=chapter))
                continue
            words = line[len(label):]
            head, stop, rest = words.partition("。")
            if role == "h1":
                seen = True
                chapter += 1
                content = content_of(words, "results")
            own = content_of(head, content) if role == "h2" and content == "results" else content
            own = own if own in ("results", "duties") or content != "results" else content
            out.append(Line(role, pieces(rest), label, head, stop, own, chapter))
    # What stands under a section about the duties is about the duties.
    under = ""
    for line in out:
        if line.role in ("h1", "h2"):
            under = line.content
        elif line.role == "body" and under:
            line.content = under
    for line in out:
        for one in line.pieces:
            if line.content == "shortcomings" and re.match("(主要)?原因|究其|根子", one.text):
                one.kind = "cause"
            if line.content == "next_year" and not one.kind:
                one.kind = "plan"
    return Report(out, town)
