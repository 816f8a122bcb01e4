"""Faults of substance: what ought to be counted is not, or is claimed without ground."""

import re

from .fault import Put, fault, pick
from .report import Line, Piece

COUNT = r"\d+(?:\.\d+)?余?(?:万|次|场|件|份|名|个|卷|项|条|户|人|处|期|块|家|起|%)"
ALSO = ("substance.", "arithmetic.rest_unaccounted")


def talking(report, content="results"):
    """Paragraphs of the results that tell something."""
    return [l for l in report.find("h2", "h3", "body", content=content) if len(l.pieces) >= 2]


def insert(line, text, rng):
    """A sentence among those of a paragraph, not before its point or after its end."""
    line.pieces.insert(rng.randint(1, len(line.pieces)), Piece(text))


@fault("no_figures", "substance.no_figures", also=ALSO + ("structure.", "repetition."),
       drafted=False)
def no_figures(report, rng):
    for line in report.lines:
        if line.content in ("results", "duties"):
            line.pieces = [p for p in line.pieces
                           if not re.search(COUNT + "|[一二三四五六七八九十]次|[一两三]期", p.text)]
    return Put()


@fault("chapter_no_figures", "substance.chapter_no_figures", "substance.no_figures",
       also=ALSO + ("structure.",), drafted=False)
def chapter_no_figures(report, rng):
    """The results chapter loses its figures; the duties keep theirs."""
    if not any(l.role == "h1" and l.content == "duties" for l in report.lines):
        return None
    if len([l for l in report.find("h1") if l.content == "results"]) > 1:
        return None
    for line in report.lines:
        if line.content == "results":
            line.pieces = [p for p in line.pieces
                           if not re.search(COUNT + "|[一二三四五六七八九十]次|[一两三]期|全年未发生|全年无", p.text)]
    return Put()


VAGUE = [
    (r"开展法治宣传活动\d+场，其中.*", "多次开展法治宣传活动，走进乡村、校园和企业。"),
    (r"举办普法活动\d+场，其中.*", "举办普法活动多场，既有集中宣传，又有法治讲座。"),
    (r"召开法治建设专题会议\d+次，其中.*", "多次召开法治建设专题会议，听取汇报、研究问题。"),
    (r"开展执法检查\d+次，.*", "多次开展执法检查，发现问题均督促整改。"),
    (r"组织集中学法\d+次，其中.*", "多次组织集中学法，安排会前学法和法治讲座。"),
    (r"开展学法活动\d+次，其中.*", "开展学法活动若干次，包括会前学法和专题辅导。"),
    (r"办理行政处罚案件\d+件，其中.*", "办理行政处罚案件若干件，均在法定期限内办结。"),
    (r"发放宣传资料\d+余份，.*", "发放大量宣传资料，现场接受群众咨询。"),
    (r"派发普法读本和折页\d+余份，.*", "派发大量普法读本和折页，群众普遍受到教育。"),
    (r"主动公开政府信息\d+条，其中.*", "主动公开政府信息数百条，涵盖政策、财政和民生。"),
]


@fault("vague_figure", "substance.vague_figure", "substance.vague_beside_exact", also=ALSO)
def vague_figure(report, rng):
    found = [(line, piece, pattern, new) for line, piece in report.pieces(content="results")
             for pattern, new in VAGUE if re.search(pattern, piece.text)]
    if not found:
        return None
    line, piece, pattern, new = rng.choice(found)
    piece.text = re.sub(pattern, new, piece.text)
    return Put(line)


BESIDE = [
    (r"召开法治建设专题会议\d+次", "多次召开法治建设专题会议，推动重点任务落实。"),
    (r"开展执法检查\d+次", "多次开展执法检查，及时纠正违法行为。"),
    (r"开展法治宣传活动\d+场", "多次开展法治宣传活动，带头向群众讲解法律知识。"),
    (r"组织集中学法\d+次", "多次组织集中学法，推动干部学深学透。"),
    (r"主持研究法治建设重点难点问题\d+个", None),
]


@fault("vague_beside_exact", "substance.vague_beside_exact", also=ALSO)
def vague_beside_exact(report, rng):
    target = next((l for l in report.find("body", "h2", content="duties") if l.pieces), None)
    found = [(line, again) for line, piece in report.pieces(content="results")
             for pattern, again in BESIDE if again and re.search(pattern, piece.text)]
    if not found or not target:
        return None
    line, again = rng.choice(found)
    target.pieces.append(Piece("主要领导" + again))
    return Put(target, [line])


@fault("doubtful_approximation", "substance.doubtful_approximation", also=ALSO)
def doubtful_approximation(report, rng):
    found = []
    for line, piece in report.pieces("", content="results"):
        for m in re.finditer(r"(?<![\d.])(\d*[1-9])(次|场|件|份|名|个|卷|条|处|块|户)", piece.text):
            if len(m.group(1)) >= 2:
                found.append((line, piece, m))
    if not found:
        return None
    line, piece, m = rng.choice(found)
    piece.text = piece.text[:m.end(1)] + "余" + piece.text[m.end(1):]
    return Put(line)


@fault("double_approximation", "substance.double_approximation", also=ALSO)
def double_approximation(report, rng):
    found = pick(rng, report.pieces("approx"))
    if not found:
        return None
    line, piece = found
    name = rng.choice(["approx", "other"])
    old = piece.parts[name]
    piece.put(name, rng.choice([f"近{old}", f"多达{old}", f"超过{old}", f"约{old}",
                                f"约{old.replace('余', '')}左右", f"近{old}"]))
    return Put(line)


@fault("full_claim", "substance.full_claim", also=ALSO)
def full_claim(report, rng):
    found = pick(rng, report.pieces("rate"))
    if not found:
        return None
    line, piece = found
    piece.text = rng.choice(["全年矛盾纠纷化解率达到100%。", "合法性审查率达100%。", "干部学法考试合格率为100%。",
                             "问题整改率达到100%。", "群众诉求办结率100%。"])
    return Put(line)


@fault("full_claim: coverage", "substance.full_claim", also=ALSO)
def full_coverage(report, rng):
    line = pick(rng, talking(report))
    if not line:
        return None
    insert(line, rng.choice(["实现普法宣传全覆盖。", "重大事项合法性审查实现全覆盖。", "实现执法人员业务轮训全覆盖。",
                             "实现网格巡查全覆盖。"]), rng)
    return Put(line)


@fault("praise", "substance.praise", also=ALSO)
def praise(report, rng):
    line = next((l for l in report.find("h1") if l.content == "duties"), None) or \
        next((l for l in report.find("h1") if l.content == "shortcomings"), None)
    if not line:
        return None
    at = next(i for i, one in enumerate(report.lines) if one is line)
    new = Line("body", [Piece(rng.choice([
        "总的看，各项工作成效显著，得到了广大群众的一致好评，走在了全县前列。",
        "法治政府建设取得了显著成效，受到上级领导的高度评价和群众的广泛赞誉。",
        "通过上述举措，执法水平显著提升，群众满意度大幅提高，赢得社会各界一致好评。"]))],
        content=report.lines[at - 1].content, chapter=report.lines[at - 1].chapter)
    report.lines.insert(at, new)
    return Put(new)


EXISTING = ["行政执法责任追究办法", "领导干部述法制度", "合同审查备案制度", "矛盾纠纷回访制度", "政务公开保密审查制度",
            "行政执法案卷管理制度", "重大行政决策后评估制度"]


@fault("plan_of_existing", "substance.plan_of_existing", also=ALSO)
def plan_of_existing(report, rng):
    result = pick(rng, talking(report))
    plan = pick(rng, [l for l, p in report.pieces("plan")])
    if not result or not plan:
        return None
    name = rng.choice(EXISTING)
    insert(result, f"制定《{report.town.place}{name}》，明确责任主体、办理程序和监督方式。", rng)
    plan.pieces.append(Piece(rng.choice([f"制定{name}，使有关工作有章可循。", f"研究制定《{report.town.place}{name}》。",
                                         f"建立{name}，补齐制度短板。"])))
    return Put(plan, [result])


def section_of(report, line):
    """The lines between the headings about a line."""
    at = report.line_of(line) - 1
    first = at
    while first > 0 and report.lines[first].role not in ("h1", "h2"):
        first -= 1
    last = at + 1
    while report.lines[last].role in ("h3", "body"):
        last += 1
    return report.lines[first:last]


@fault("demand_for_result", "substance.demand_for_result", also=ALSO)
def demand_for_result(report, rng):
    found = pick(rng, [(l, p) for l, p in report.pieces("sum", content="results")
                       if re.search("学法|普法|宣传", p.text)])
    if not found:
        return None
    line, piece = found
    # A number of what was done in the same section would answer the demand.
    for other in section_of(report, line):
        other.pieces = [p for p in other.pieces if p is piece or not re.search(COUNT, p.text)]
    if "学" in piece.text:
        piece.text = rng.choice(["领导干部集体学法每年不少于4次，执法人员参加培训每年不少于40学时。",
                                 "要求干部职工每年学法不少于12次、参加法治讲座不少于2次。"])
    else:
        piece.text = rng.choice(["要求各单位每年开展法治宣传不少于6场次。", "每个村每季度开展普法宣传不少于1次，每年不少于4场。"])
    return Put(line)


@fault("unit_odd", "substance.unit_odd", also=ALSO)
def unit_odd(report, rng):
    found = pick(rng, [(l, p) for l, p in report.pieces(content="results")
                       if re.search(r"咨询\d+余人次|接待群众\d+余人次|接待来访群众\d+人次", p.text)])
    if not found:
        return None
    line, piece = found
    piece.text = re.sub(r"((?:咨询|接待群众|接待来访群众)\d+余?)人次", lambda m: m.group(1) + "件", piece.text)
    return Put(line)


@fault("scope_differs", "substance.scope_differs", also=ALSO + ("arithmetic.figures_differ",))
def scope_differs(report, rng):
    found = pick(rng, report.pieces("villages"))
    if not found or report.town.street:
        return None
    target = pick(rng, [l for l in talking(report) if l is not found[0]])
    insert(target, f"在{report.town.villages}个{rng.choice(['村', '行政村'])}设立法治宣传栏。", rng)
    return Put(target, [found[0]])


@fault("role_count", "substance.role_count", also=ALSO)
def role_count(report, rng):
    line = pick(rng, talking(report))
    insert(line, rng.choice([
        "通过“政法委员+法庭庭长+派出所所长+司法所长”“三长会商”解决疑难案件。",
        "组织“司法所长+派出所所长+法庭庭长+综治中心主任”“三长联调”，化解复杂矛盾。",
        "由“网格员+调解员+民警+律师”组成“三员”队伍，上门调解。"]), rng)
    return Put(line)
