"""Faults of time and law."""

import re

from .fault import Put, fault, pick
from .of_substance import insert, talking

TIME = ("time.",)


@fault("other_year", "time.other_year", also=TIME)
def other_year(report, rng):
    found = pick(rng, [(l, p) for l, p in report.pieces(content="results") if p.text.startswith("全年")])
    if not found:
        return None
    line, piece = found
    year = report.town.year - rng.choice([1, 1, 1, 2])
    piece.text = f"{year}年" + rng.choice(["，", "，全" + report.town.kind, "全年"]) + piece.text[2:]
    return Put(line)


@fault("other_year: since", "time.other_year", also=TIME)
def since_year(report, rng):
    """A sentence left from last year: 2022年以来 in the report of 2023."""
    found = pick(rng, [(l, p) for l, p in report.pieces("sum", content="results") if p.text.startswith("全年")])
    if not found:
        return None
    line, piece = found
    piece.text = f"{report.town.year - 1}年以来，共" + re.sub("^共", "", piece.text[2:])
    return Put(line)


@fault("lead_year", "time.lead_year", "time.other_year", also=TIME)
def lead_year(report, rng):
    line = report.first("lead")
    if not line:
        return None
    year = str(report.town.year)
    new = str(report.town.year - 1)
    which = rng.choice(["begin", "end", "both"])
    if which != "end":
        line.pieces[0].text = re.sub(f"^{year}年", f"{new}年", line.pieces[0].text)
    if which != "begin":
        line.pieces[-1].text = line.pieces[-1].text.replace(f"{year}年", f"{new}年")
    return Put(line, [report.first("title")])


@fault("plan_year", "time.plan_year", "time.other_year", also=TIME)
def plan_year(report, rng):
    """The plan for next year still names the year reported on, or the one before."""
    town = report.town
    new = town.year - rng.choice([0, 0, 1])
    heading = next((l for l in report.find("h1") if l.content == "next_year"), None)
    lead = next(iter(report.pieces("plan_head")), None)
    if not heading or not lead:
        return None
    which = rng.choice(["both", "heading", "lead"])
    if which != "lead":
        heading.heading = heading.heading.replace(str(town.year + 1), str(new))
    if which != "heading":
        lead[1].text = lead[1].text.replace(str(town.year + 1), str(new))
    return Put(heading if which != "lead" else lead[0], [heading, lead[0]])


@fault("stale_event", "time.stale_event", also=TIME)
def stale_event(report, rng):
    if report.town.year < 2024:
        return None
    line = pick(rng, talking(report))
    insert(line, rng.choice([
        "统筹推进疫情防控和复工复产，为企业提供法律咨询服务。",
        "严格落实常态化疫情防控措施，依法查处违反防疫规定的行为。",
        "围绕疫情防控开展专项执法检查，督促经营场所落实扫码测温。"]), rng)
    return Put(line)


@fault("meeting not yet held", "time.event_early", also=TIME)
def meeting_future(report, rng):
    names = {2022: ["党的二十届三中全会精神", "党的二十届四中全会精神"],
             2023: ["党的二十届三中全会精神", "党的二十届四中全会精神"],
             2024: ["党的二十届四中全会精神"]}.get(report.town.year)
    if not names:
        return None
    line = pick(rng, talking(report))
    insert(line, f"深入学习贯彻{rng.choice(names)}，推动学习成果转化。", rng)
    return Put(line)


@fault("plan_superseded", "time.plan_superseded", "time.plan_over", also=TIME)
def plan_superseded(report, rng):
    line = pick(rng, talking(report))
    insert(line, rng.choice([
        "组织干部学习《全面推进依法行政实施纲要》，提高依法行政意识。",
        "贯彻落实《国务院关于加强法治政府建设的意见》，完善各项制度。",
        "按照《关于加强法治政府建设的意见》要求，规范文件制发程序。"]), rng)
    return Put(line)


@fault("plan_over", "time.plan_over", "time.plan_superseded", also=TIME)
def plan_over(report, rng):
    line = pick(rng, talking(report))
    insert(line, rng.choice([
        "认真贯彻《法治政府建设实施纲要（2015—2020年）》，逐项抓好任务落实。",
        "落实“七五”普法规划，推动普法宣传常态化。",
        "深入实施“七五”普法，推进法律进乡村。"]), rng)
    return Put(line)


@fault("stale_congress", "time.stale_congress", also=TIME)
def stale_congress(report, rng):
    if report.town.year < 2023:
        return None
    line = report.first("lead")
    if not line:
        return None
    piece = line.pieces[0]
    piece.text = piece.text.replace(report.town.meeting, rng.choice(
        ["党的十九大精神", "党的十九大和十九届历次全会精神", "党的十九大和十九届二中、三中、四中、五中、六中全会精神"]))
    return Put(line)


@fault("signed_year", "time.signed_year", also=TIME + ("structure.no_date",))
def signed_year(report, rng):
    """Dated in the year before the one reported on, as a copied last page is."""
    line = report.first("date")
    if not line:
        return None
    year = report.town.year
    line.pieces[0].text = line.pieces[0].text.replace(str(year + 1), str(rng.choice([year - 1, year - 2, year + 2])))
    return Put(line)


@fault("law_early", "time.law_early", also=TIME)
def law_early(report, rng):
    if report.town.year > 2023:
        return None
    line = pick(rng, talking(report))
    insert(line, rng.choice(["以《中华人民共和国法治宣传教育法》为重点开展专题宣讲。",
                             "组织干部学习《中华人民共和国民营经济促进法》，优化服务措施。",
                             "开展《法治宣传教育法》学习宣传，提高群众知晓率。"]), rng)
    return Put(line)


@fault("law_renamed", "time.law_renamed", "time.law_repealed", also=TIME)
def law_renamed(report, rng):
    if report.town.year < 2023:
        return None
    line = pick(rng, talking(report))
    insert(line, rng.choice(["依据《中华人民共和国环境噪声污染防治法》开展夜间巡查。",
                             "宣传《环境噪声污染防治法》，引导商户控制噪声。",
                             "依据《中华人民共和国治安管理处罚条例》配合查处违法行为。",
                             "学习《中华人民共和国执业医师法》，规范村卫生室管理。",
                             "宣传《个体工商户条例》，帮助经营者知法守法。"]), rng)
    return Put(line)


@fault("plan_period", "time.plan_period", also=TIME)
def plan_period(report, rng):
    line = report.first("lead")
    if not line:
        return None
    piece = line.pieces[0]
    piece.text = piece.text.replace("2021—2025年", rng.choice(["2021—2023年", "2020—2025年", "2021—2024年",
                                                               "2023—2023年", "2022—2025年"]))
    return Put(line)


WRONG_LAWS = ["中华人民共和国行政处法", "中华人民共和国行政处罚发", "中华人民共和国人民调节法",
              "中华人民共和国行政复义法", "中华人民共和国民典法", "中华人民共和国行政强治法",
              "中华人民共和国行政许可证法", "中华人民共和国安全生产发"]


@fault("law_unknown: misspelt", "time.law_unknown", also=TIME + ("residue.misprint",))
def law_unknown(report, rng):
    line = pick(rng, talking(report))
    insert(line, f"组织执法人员学习《{rng.choice(WRONG_LAWS)}》，逐条对照执法实践。", rng)
    return Put(line)


@fault("law_unlisted", "time.law_unlisted", "time.law_unknown", also=TIME)
def law_unlisted(report, rng):
    line = pick(rng, talking(report))
    name = rng.choice(["村镇集市管理", "乡土文化振兴", "邻里互助", "村规民约", "院坝调解", "基层网格服务"])
    insert(line, f"组织学习《中华人民共和国{name}法》，提高干部依法办事能力。", rng)
    return Put(line)


REPEALED = ["合同法", "民法通则", "物权法", "婚姻法", "继承法", "侵权责任法", "担保法", "收养法", "民法总则"]


@fault("law_repealed", "time.law_repealed", also=TIME)
def law_repealed(report, rng):
    line = pick(rng, talking(report))
    name = rng.choice(REPEALED)
    full = rng.choice(["", "中华人民共和国"]) + name
    insert(line, rng.choice([f"以《{full}》为重点开展专题宣讲，解答群众疑问。",
                             f"依据《{full}》对村级合同逐条审查。",
                             f"组织干部学习宪法、《{full}》等法律法规。"]), rng)
    return Put(line)


ARTICLES = [("行政处罚法", 86), ("行政许可法", 83), ("行政强制法", 71), ("人民调解法", 35), ("民法典", 1260),
            ("宪法", 143), ("行政复议法", 90), ("安全生产法", 119)]


@fault("law_article", "time.law_article", also=TIME)
def law_article(report, rng):
    line = pick(rng, talking(report))
    name, last = rng.choice(ARTICLES)
    number = last + rng.randint(15, 80)

    def written(n):
        digits = "零一二三四五六七八九"
        out = ""
        for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
            digit = n // value % 10
            if digit:
                out += digits[digit] + unit
            elif out and n % value and not out.endswith("零"):
                out += "零"
        return out
    form = written(number) if rng.random() < 0.7 else str(number)
    insert(line, f"依照《中华人民共和国{name}》第{form}条规定，规范办理程序。", rng)
    return Put(line)
