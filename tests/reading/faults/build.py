"""Clean reports: twelve outlines as towns use them, filled from the topics."""

import random

from . import topics as T
from .report import Line, Piece, Report
from .town import any_town
from .words import (ASIDES, BASES, BINDING, DETAILS, HEADS, MORE_PLANS, NAMES, OUTLINES, PLANS,
                    SHORT)

HAN = "零一二三四五六七八九十"


def han(n):
    if n <= 10:
        return HAN[n]
    return "十" + HAN[n - 10] if n < 20 else HAN[n // 10] + "十" + (HAN[n % 10] if n % 10 else "")


TALKS = {
    "organisation": [T.organisation, T.frequency], "study": [T.study], "decision": [T.decision],
    "adviser": [T.adviser], "enforcement": [T.enforcement, T.supervision],
    "publicity": [T.publicity, T.aware], "disputes": [T.disputes], "openness": [T.openness],
    "service": [T.service], "petition": [T.petition], "legal_service": [T.legal_service],
    "normative": [T.normative],
}

def sentences(town, topic):
    found = []
    for talk in TALKS[topic]:
        got = talk(town)
        found += got if isinstance(got, list) else [got]
    if town.rng.random() < 0.4 and topic in ASIDES:
        found.append(Piece(town.rng.choice(ASIDES[topic])(town)))
    found.insert(1, Piece(town.rng.choice(DETAILS[topic])))
    return found + [Piece(text) for text in town.rng.sample(BINDING[topic], town.rng.choice([1, 2]))]


def duties(t):
    r = t.rng
    n = r.randint(2, 5)
    k = r.randint(2, 6)
    first = r.choice(
        [f"{t.place}党政主要负责人认真履行推进法治建设第一责任人职责，做到重要工作亲自部署、重大问题亲自过问、重点环节亲自协调、重要任务亲自督办。",
         f"党政主要负责人切实担负起推进法治建设第一责任人职责，将履职情况列入年终述职内容，自觉接受监督。",
         f"主要负责同志严格执行《党政主要负责人履行推进法治建设第一责任人职责规定》，把法治建设重点任务抓在手上。"])
    second = r.choice(
        [f"{t.party}书记主持研究法治建设重点难点问题{n}个，逐个明确解决办法和完成时限。",
         f"{t.party}书记带头讲授法治专题课{n}次，带头旁听庭审。"])
    third = r.choice(
        [f"{t.head}牵头研究行政执法、政务公开等具体工作，带队开展执法检查{k}次。",
         f"{t.head}推动解决执法保障、法律服务等问题{k}个，并列席旁听行政案件庭审。"])
    fourth = r.choice(["班子成员落实“一岗双责”，在分管领域同步推进法治建设，年底提交述法报告。",
                       "年底组织班子成员和站所负责人述法，述法情况作为年度考核的参考。"])
    return [Piece(first), Piece(second), Piece(third), Piece(fourth)]


def head_lines(t):
    r = t.rng
    street = t.street
    lines = []
    if r.random() < 0.6:
        sign = t.name[0] + ("办" if street else "府") + "发"
        lines.append(Line("number", [Piece(f"{sign}〔{t.year + 1}〕{r.randint(1, 38)}号")]))
    body = t.government
    title = r.choice([f"{body}关于{t.year}年度法治政府建设情况的报告",
                      f"{body}关于{t.year}年法治政府建设情况的报告",
                      f"{body}{t.year}年度法治政府建设情况报告"])
    lines.append(Line("title", [Piece(title)]))
    lines.append(Line("addressee", [Piece(f"{t.county_kind}委、{t.county_kind}人民政府：")]))
    meeting = t.meeting
    lines.append(Line("lead", [
        Piece(r.choice([
            f"{t.year}年，{t.place}坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻{meeting}，深入学习贯彻习近平法治思想，",
            f"{t.year}年以来，{t.place}以习近平法治思想为引领，认真贯彻{meeting}，"])
              + f"在{t.county}{t.county_kind}委、{t.county_kind}政府的领导下，扎实落实《法治政府建设实施纲要（2021—2025年）》，较好完成了年度法治政府建设各项任务。"),
        Piece(f"现将{t.year}年度法治政府建设情况报告如下：")]))
    return lines


def tail_lines(t):
    r = t.rng
    lines = []
    if r.random() < 0.4:
        lines.append(Line("closing", [Piece("特此报告。")]))
    lines.append(Line("signature", [Piece(t.government)]))
    lines.append(Line("date", [Piece(f"{t.year + 1}年1月{r.randint(4, 28)}日")]))
    return lines


def results(t, outline, number, lines):
    """One results chapter with its topics, in the outline's form."""
    base, style, run_on, chosen = outline
    r = t.rng
    taken = set()
    names = r.sample(NAMES, len(NAMES))

    def heading(topic):
        words = r.choice([h for h in HEADS[topic] if h not in taken])
        taken.add(words)
        return words

    if base == "D":
        return results_side_by_side(t, outline, lines, heading, names)
    for i, topic in enumerate(chosen, 1):
        parts = sentences(t, topic)
        if style == "point":
            lines.append(Line("body", [Piece(f"{han(i)}是{heading(topic)}。")] + parts,
                              content="results", chapter=number))
            continue
        if run_on:
            if style == "han+point":
                parts = pointed(parts, names)
            lines.append(Line("h2", parts, f"（{han(i)}）", heading(topic), "。", "results", number))
            continue
        lines.append(Line("h2", [], f"（{han(i)}）", heading(topic), "", "results", number))
        if style == "han+arabic":
            half = (len(parts) + 1) // 2
            for k, some in enumerate((parts[:half], parts[half:]), 1):
                lines.append(Line("h3", some, f"{k}.", names.pop(), "。", "results", number))
        else:
            lines.append(Line("body", parts, content="results", chapter=number))
    return 1


def pointed(parts, names):
    """一是…二是…三是… before the sentences."""
    size = min(3, len(parts))
    groups = [parts[i * len(parts) // size:(i + 1) * len(parts) // size] for i in range(size)]
    out = []
    for i, group in enumerate(groups, 1):
        out.append(Piece(f"{han(i)}是{names.pop()}。", "point"))
        out += group
    return out


def results_side_by_side(t, outline, lines, heading, names):
    """No chapter above all: each topic is a chapter with two sections."""
    _, _, run_on, chosen = outline
    for i, topic in enumerate(chosen, 1):
        lines.append(Line("h1", [], f"{han(i)}、", heading(topic), "", "results", i))
        parts = sentences(t, topic)
        half = (len(parts) + 1) // 2
        for k, some in enumerate((parts[:half], parts[half:]), 1):
            name = names.pop()
            if run_on:
                lines.append(Line("h2", some, f"（{han(k)}）", name, "。", "results", i))
            else:
                lines.append(Line("h2", [], f"（{han(k)}）", name, "", "results", i))
                lines.append(Line("body", some, content="results", chapter=i))
    return len(chosen)


def shortcomings(t, number, lines, apart):
    r = t.rng
    chosen = r.sample(range(len(SHORT)), 3)
    lines.append(Line("body", [Piece(r.choice([
        f"{t.year}年，{t.place}法治政府建设取得了一定进展，但对照上级要求和群众期盼，仍有以下不足：",
        "在总结工作的同时，我们也清醒看到，法治政府建设仍存在一些问题，主要表现在以下方面："]))],
        content="shortcomings", chapter=number))
    pieces = []
    for i, k in enumerate(chosen, 1):
        fault, cause = SHORT[k]
        pieces.append([Piece(f"{han(i)}是{fault}。"), Piece(f"{cause}。", "cause")])
    if apart:
        lines += [Line("body", p, content="shortcomings", chapter=number) for p in pieces]
    else:
        lines.append(Line("body", sum(pieces, []), content="shortcomings", chapter=number))
    return chosen


def next_year(t, number, lines, apart, chosen):
    r = t.rng
    lines.append(Line("body", [Piece(r.choice([
        f"{t.year + 1}年，{t.place}将继续深入学习贯彻习近平法治思想，聚焦存在的不足，重点做好以下工作：",
        f"下一步，{t.place}将对标上级部署，紧扣薄弱环节，在{t.year + 1}年着力抓好以下工作："]), "plan_head")],
        content="next_year", chapter=number))
    more = r.sample(MORE_PLANS, 3)
    for i, k in enumerate(chosen, 1):
        name, words = PLANS[k]
        words += "。" + more[i - 1][:-1]
        if apart:
            lines.append(Line("h2", [Piece(f"{words}。", "plan")], f"（{han(i)}）", name, "。", "next_year", number))
        else:
            lines.append(Line("body", [Piece(f"{han(i)}是{name}。{words}。", "plan")],
                              content="next_year", chapter=number))


def report(rng, outline=None, year=None):
    """A clean report. Deterministic in the state of `rng`."""
    t = any_town(rng, year)
    shape = OUTLINES[rng.randrange(len(OUTLINES)) if outline is None else outline % len(OUTLINES)]
    base = shape[0]
    lines = head_lines(t)
    number = 0

    def chapter(words, content):
        nonlocal number
        number += 1
        lines.append(Line("h1", [], f"{han(number)}、", words.format(y=t.year, n=t.year + 1), "", content, number))

    apart = rng.random() < 0.5
    bases = BASES.get(base)
    if base == "C":
        chapter(bases[0], "duties")
        lines.append(Line("body", duties(t), content="duties", chapter=number))
        chapter(bases[1], "results")
        results(t, shape, number, lines)
    elif base == "D":
        number = results(t, shape, 1, lines)
        chapter("履行推进法治建设第一责任人职责情况", "duties")
        lines.append(Line("body", duties(t), content="duties", chapter=number))
        bases = ["", "", "存在的问题和原因", "{n}年工作计划"]
    else:
        chapter(bases[0], "results")
        results(t, shape, number, lines)
        if base == "B":
            # The duties stand inside the results chapter, in a section of their own.
            last = sum(1 for line in lines if line.role == "h2") + 1
            words = "落实第一责任人职责"
            if shape[2]:
                lines.append(Line("h2", duties(t), f"（{han(last)}）", words, "。", "duties", number))
            else:
                lines.append(Line("h2", [], f"（{han(last)}）", words, "", "duties", number))
                lines.append(Line("body", duties(t), content="duties", chapter=number))
            bases = ["", "", bases[1], bases[2]]
        else:
            chapter(bases[1], "duties")
            lines.append(Line("body", duties(t), content="duties", chapter=number))
    chapter(bases[2], "shortcomings")
    chosen = shortcomings(t, number, lines, apart)
    chapter(bases[3], "next_year")
    next_year(t, number, lines, shape[2] and shape[1] != "point", chosen)
    return Report(lines + tail_lines(t), t)


def clean(seed, count):
    """Reports over all outlines and years."""
    for i in range(count):
        yield report(random.Random(f"clean {seed} {i}"), outline=i)
