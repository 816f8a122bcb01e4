"""Faults of arithmetic. What is put in is wrong by more than rounding can excuse."""

import re
from decimal import Decimal

from .fault import Put, fault, pick
from .report import Piece
from .town import percent

ALSO = ("arithmetic.", "substance.doubtful", "substance.full_claim")


def rates(report, least=0):
    return [(line, piece) for line, piece in report.pieces("rate")
            if piece.terms["d"] - piece.terms["n"] >= least]


def put_rate(piece, new):
    old = piece.parts["rate"]
    at = piece.text.rindex(old)
    piece.text = piece.text[:at] + new + piece.text[at + len(old):]
    piece.parts["rate"] = new


def excused(n, d, text):
    """Whether a rate so written is right at the places it is written with."""
    places = len(text.rstrip("%").partition(".")[2])
    return percent(n, d, places) == text or percent(n, d, max(places, 1)) == text


@fault("rate: value wrong", "arithmetic.rate", also=ALSO)
def rate_value(report, rng):
    found = pick(rng, rates(report))
    if not found:
        return None
    line, piece = found
    n, d = piece.terms["n"], piece.terms["d"]
    true = Decimal(n) * 100 / d
    for _ in range(200):
        wrong = Decimal(rng.randint(800, 999)) / 10
        text = f"{wrong.normalize():f}%"
        if Decimal("0.2") < abs(wrong - true) < 12 and not excused(n, d, text):
            break
    else:
        return None
    put_rate(piece, text)
    return Put(line)


@fault("rate: last digit wrong", "arithmetic.rate", also=ALSO)
def rate_digit(report, rng):
    """Cut instead of rounded, or a tenth or two off."""
    found = pick(rng, [(l, p) for l, p in rates(report, 1) if "." in p.parts["rate"]])
    if not found:
        return None
    line, piece = found
    n, d = piece.terms["n"], piece.terms["d"]
    right = Decimal(piece.parts["rate"][:-1])
    wrong = right + Decimal(rng.choice(["0.2", "-0.2", "0.3", "-0.3"]))
    text = f"{wrong.normalize():f}%"
    if not 0 < wrong < 100 or excused(n, d, text):
        return None
    put_rate(piece, text)
    return Put(line)


@fault("rate: digits swapped", "arithmetic.rate", also=ALSO)
def rate_swapped(report, rng):
    found = pick(rng, [(l, p) for l, p in rates(report, 1)
                       if re.fullmatch(r"(\d)(\d)\.\d%", p.parts["rate"])
                       and p.parts["rate"][0] != p.parts["rate"][1]])
    if not found:
        return None
    line, piece = found
    old = piece.parts["rate"]
    put_rate(piece, old[1] + old[0] + old[2:])
    return Put(line)


@fault("rate: a term changed", "arithmetic.rate", also=ALSO)
def rate_term(report, rng):
    found = pick(rng, rates(report))
    if not found:
        return None
    line, piece = found
    n, d = piece.terms["n"], piece.terms["d"]
    wrong = n - rng.randint(max(1, d // 40), max(2, d // 10))
    if wrong < 1 or excused(wrong, d, piece.parts["rate"]):
        return None
    piece.put("num", piece.parts["num"].replace(str(n), str(wrong)))
    return Put(line)


@fault("rate: 100% of less", "arithmetic.rate", also=ALSO)
def rate_full(report, rng):
    found = pick(rng, rates(report, 1))
    if not found:
        return None
    line, piece = found
    put_rate(piece, "100%")
    return Put(line)


def sums(report):
    return report.pieces("sum")


def number(piece, name):
    return int(re.search(r"\d+", piece.parts[name]).group(0))


@fault("part_sum: too much", "arithmetic.part_sum", "arithmetic.part_over_whole", also=ALSO)
def part_sum_more(report, rng):
    found = pick(rng, sums(report))
    if not found:
        return None
    line, piece = found
    name = rng.choice([k for k in piece.parts if k != "whole"])
    put_part(piece, name, number(piece, name) + rng.randint(1, 6))
    return Put(line)


def said_complete(piece):
    """After 其中 the parts need not be all; after 包括 they are."""
    piece.text = piece.text.replace("其中", "包括", 1)


@fault("part_sum: too little", "arithmetic.part_sum", also=ALSO)
def part_sum_less(report, rng):
    found = pick(rng, [(l, p) for l, p in sums(report)
                       if any(number(p, k) > 3 for k in p.parts if k != "whole")])
    if not found:
        return None
    line, piece = found
    name = rng.choice([k for k in piece.parts if k != "whole" and number(piece, k) > 3])
    said_complete(piece)
    put_part(piece, name, number(piece, name) - rng.randint(1, number(piece, name) - 1))
    return Put(line)


@fault("part_sum: total wrong", "arithmetic.part_sum", "arithmetic.part_over_whole", also=ALSO)
def sum_whole(report, rng):
    found = pick(rng, sums(report))
    if not found:
        return None
    line, piece = found
    whole = number(piece, "whole")
    new = whole + rng.choice([-2, -1, 1, 2, 3, 10])
    if new > whole:
        said_complete(piece)
    piece.put("whole", piece.parts["whole"].replace(str(whole), str(new)))
    return Put(line)


def put_part(piece, name, value):
    """Parts are written after the whole, with the word before them; equal ones stay apart by it."""
    old = piece.parts[name]
    new = re.sub(r"\d+", str(value), old)
    names = [k for k in piece.parts if k != "whole"]
    at = piece.text.index(piece.parts["whole"]) + len(piece.parts["whole"])
    for k in names:
        at = piece.text.index(piece.parts[k], at)
        if k == name:
            break
        at += len(piece.parts[k])
    piece.text = piece.text[:at] + new + piece.text[at + len(old):]
    piece.parts[name] = new


@fault("part_over_whole: a part", "arithmetic.part_over_whole", "arithmetic.part_sum", also=ALSO)
def part_over(report, rng):
    found = pick(rng, sums(report))
    if not found:
        return None
    line, piece = found
    name = rng.choice([k for k in piece.parts if k != "whole"])
    put_part(piece, name, number(piece, "whole") + rng.randint(1, 30))
    return Put(line)


@fault("part_over_whole: a rate's term", "arithmetic.part_over_whole", "arithmetic.rate", also=ALSO)
def term_over(report, rng):
    found = pick(rng, [(l, p) for l, p in rates(report) if p.terms["n"] == p.terms["d"] or "，" in p.text])
    if not found:
        return None
    line, piece = found
    n, d = piece.terms["n"], piece.terms["d"]
    piece.put("num", piece.parts["num"].replace(str(n), str(d + rng.randint(1, 20))))
    return Put(line)


@fault("unit_mismatch", "arithmetic.unit_mismatch", also=ALSO)
def unit_mismatch(report, rng):
    found = pick(rng, [(l, p) for l, p in rates(report) if p.terms["unit"] == "件"])
    if not found:
        return None
    line, piece = found
    new = rng.choice(["次", "次", "人次"])
    piece.put("den", piece.parts["den"].replace("件", new))
    return Put(line)


@fault("rest_unaccounted", "arithmetic.rest_unaccounted", also=("arithmetic.part_sum",))
def rest_unaccounted(report, rng):
    found = pick(rng, [(l, p) for l, p in rates(report, 1) if p.terms["unit"] == "件"])
    if not found:
        return None
    line, piece = found
    at = piece.text.rindex(piece.parts["rate"]) + len(piece.parts["rate"])
    piece.text = piece.text[:at] + "。"
    return Put(line)


@fault("percent_impossible", "arithmetic.percent_impossible", "arithmetic.rate", also=ALSO)
def percent_impossible(report, rng):
    found = pick(rng, rates(report))
    if not found:
        return None
    line, piece = found
    put_rate(piece, f"{rng.choice([101, 102, 103.5, 105, 110, 120, 986, 992, 1000])}%")
    return Put(line)


@fault("percent_impossible: no terms", "arithmetic.percent_impossible", also=ALSO)
def percent_alone(report, rng):
    line = pick(rng, [l for l in report.find("h2", "body", content="results") if l.pieces])
    if not line:
        return None
    what = rng.choice(["群众满意率", "学法考试合格率", "合法性审查率", "工单办结率", "调解成功率"])
    line.pieces.insert(len(line.pieces) - 1, Piece(f"{what}达到{rng.choice(['102%', '985%', '110%', '100.6%'])}。"))
    return Put(line)


AGAIN = [
    (r"主动公开政府信息(\d+)条", "全年主动公开政府信息{}条，均由专人负责。"),
    (r"(?:排查|受理)矛盾纠纷(\d+)件", None),
    (r"人民调解员(\d+)名", "全{kind}{}名人民调解员是化解矛盾的主力。"),
    (r"作出重大行政决策(\d+)项", "全年作出重大行政决策{}项，班子成员均发表了明确意见。"),
    (r"收到政府信息公开申请(\d+)件", "全年收到政府信息公开申请{}件，由分管领导逐件审签。"),
    (r"开展法治宣传活动(\d+)场", "全年开展法治宣传活动{}场，主要领导带头参加。"),
    (r"(?:召开法治建设专题会议)(\d+)次", "全年召开法治建设专题会议{}次，主要领导均到会部署。"),
    (r"便民服务中心进驻事项(\d+)项", "便民服务中心进驻事项{}项，由主要领导定期检查办理情况。"),
    (r"行政处罚案件(\d+)件", "全年办理行政处罚案件{}件，由主要领导审核把关。"),
]


@fault("figures_differ", "arithmetic.figures_differ", also=ALSO)
def figures_differ(report, rng):
    target = next((l for l in report.find("body", "h2", content="duties") if l.pieces), None)
    found = []
    for line, piece in report.pieces(content="results"):
        for pattern, again in AGAIN:
            m = re.search(pattern, piece.text)
            if m:
                found.append((line, m, again))
    if not found or not target:
        return None
    line, m, again = rng.choice(found)
    n = int(m.group(1))
    other = n + rng.choice([-2, -1, 1, 2, 3, 9]) if n > 4 else n + rng.randint(1, 3)
    if again is None:
        again = "全年" + m.group(0).replace(m.group(1), "{}") + "，主要领导对疑难个案亲自过问。"
    text = again.replace("{}", str(other)).replace("{kind}", report.town.kind)
    target.pieces.append(Piece(text))
    return Put(target, [line])


@fault("frequency_count", "arithmetic.frequency_count", also=ALSO)
def frequency_count(report, rng):
    found = pick(rng, report.pieces("frequency"))
    if not found:
        return None
    line, piece = found
    n = piece.terms["count"]
    piece.put("count", f"共召开{rng.choice([k for k in (n - 1, n - 2, n - 3) if k > 0])}次")
    return Put(line)
