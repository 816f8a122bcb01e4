"""Faults of structure."""

import re

from .build import han
from .fault import Put, fault, pick
from .report import Piece


def renumber(report):
    for i, line in enumerate(report.find("h1"), 1):
        line.label = f"{han(i)}、"


def drop_content(report, content):
    """A chapter and all in it; the chapter's number is taken out of the row."""
    gone = [line for line in report.lines if line.content == content]
    if not gone:
        return None
    labels = [line for line in gone if line.role == "h2"]
    report.drop(gone)
    if any(line.role == "h1" for line in gone):
        renumber(report)
    elif not labels:
        return None
    return Put()


@fault("no_results", "structure.no_results", also=("substance.",), drafted=False)
def no_results(report, rng):
    if any(line.content == "duties" and line.role == "h2" for line in report.lines):
        return None
    return drop_content(report, "results")


@fault("no_shortcomings", "structure.no_shortcomings", also=("structure.no_causes",), drafted=False)
def no_shortcomings(report, rng):
    return drop_content(report, "shortcomings")


@fault("no_duties", "structure.no_duties", drafted=False)
def no_duties(report, rng):
    """Nor does anything said elsewhere tell what the two heads did."""
    for line in report.find("h2", "h3", "body", content="results"):
        line.pieces = [p for p in line.pieces if not re.search("主要负责人|主要领导", p.text)]
    return drop_content(report, "duties")


@fault("no_next_year", "structure.no_next_year", also=("structure.next_year_unnamed",), drafted=False)
def no_next_year(report, rng):
    return drop_content(report, "next_year")


@fault("no_causes", "structure.no_causes", drafted=False)
def no_causes(report, rng):
    for line in report.lines:
        line.pieces = [piece for piece in line.pieces if piece.kind != "cause"]
    return Put()


@fault("chapters_merged", "structure.chapters_merged",
       also=("structure.enumeration_repeat", "structure.enumeration_gap"))
def chapters_merged(report, rng):
    """Shortcomings and plan in one chapter; the plan's points become sections."""
    chapters = {l.content: l for l in report.find("h1")}
    if "shortcomings" not in chapters or "next_year" not in chapters or not report.pieces("plan_head"):
        return None
    year = report.town.year + 1
    chapters["shortcomings"].heading = rng.choice([f"存在的问题和{year}年工作计划", f"存在的不足、原因及{year}年工作安排"])
    report.drop([chapters["next_year"]])
    return Put(chapters["shortcomings"], report.find("body", "h2", content="next_year"))


@fault("heading_run_on", "structure.heading_run_on", also=("structure.heading_long",))
def heading_run_on(report, rng):
    line = pick(rng, [l for l in report.find("h2") if l.stop and l.pieces and l.content != "next_year"])
    if not line:
        return None
    line.stop = ""
    line.pieces.insert(0, Piece(f"{report.town.place}坚持从实际出发，认真抓好这项工作，"))
    return Put(line)


LONG = ["坚持以人民为中心的发展思想，认真落实上级关于法治建设的部署要求，加强组织领导，全面推进各项任务落地见效",
        "深入学习宣传贯彻习近平法治思想，不断增强领导干部的法治意识，持续提高运用法治方式推动工作的能力和水平",
        "依法全面履行政府职能，不断优化法治化营商环境，切实维护人民群众合法权益，努力建设人民满意的服务型政府"]


@fault("heading_long", "structure.heading_long", "structure.heading_run_on")
def heading_long(report, rng):
    line = pick(rng, [l for l in report.find("h2") if l.stop and l.pieces and l.content == "results"])
    if not line:
        return None
    line.heading = rng.choice(LONG)
    return Put(line)


@fault("heading_stop", "structure.heading_stop")
def heading_stop(report, rng):
    line = pick(rng, [l for l in report.find("h1", "h2") if not l.pieces])
    if not line:
        return None
    line.stop = "。"
    return Put(line)


@fault("no_signature", "structure.no_signature", also=("structure.closing_unsigned",))
def no_signature(report, rng):
    report.drop(report.find("signature"))
    return Put()


@fault("no_date", "structure.no_date", also=("structure.closing_unsigned",))
def no_date(report, rng):
    report.drop(report.find("date"))
    return Put()


@fault("closing_unsigned", "structure.closing_unsigned",
       also=("structure.no_signature", "structure.no_date"))
def closing_unsigned(report, rng):
    if not report.find("closing"):
        return None
    report.drop(report.find("signature", "date"))
    return Put()


def title(report):
    return report.first("title")


@fault("title_year", "structure.title_year")
def title_year(report, rng):
    piece = title(report).pieces[0]
    piece.text = re.sub(r"关于?\d{4}年(度)?", lambda m: "关于" if m.group(0)[0] == "关" else "", piece.text)
    piece.text = re.sub(r"\d{4}年(度)?", "", piece.text)
    return Put(title(report))


@fault("title_report", "structure.title_report")
def title_report(report, rng):
    piece = title(report).pieces[0]
    piece.text = re.sub(r"的?报告$", "", piece.text)
    return Put(title(report))


@fault("title_missing", "structure.title_missing",
       also=("structure.title_", "structure.", "time.", "identity."))
def title_missing(report, rng):
    report.drop(report.find("title"))
    return Put()


@fault("title_blank", "structure.title_blank", also=("residue.inner_blank", "structure.title_missing"))
def title_blank(report, rng):
    piece = title(report).pieces[0]
    at = piece.text.index(rng.choice(["法治", "建设", "情况"]))
    piece.text = piece.text[:at] + " " + piece.text[at:]
    return Put(title(report))


@fault("title_issuer", "structure.title_issuer",
       also=("structure.no_signature", "structure.closing_unsigned"))
def title_issuer(report, rng):
    piece = title(report).pieces[0]
    piece.text = f"{report.town.place}{report.town.year}年度法治政府建设情况报告"
    report.drop(report.find("signature", "issuer"))
    return Put(title(report))


@fault("kind_differs", "structure.kind_differs")
def kind_differs(report, rng):
    line = report.first("lead")
    if not line:
        return None
    line.pieces[-1].text = (f"现将{report.town.year}年度法治政府建设" +
                            rng.choice(["工作总结", "工作报告", "工作总结"]) + "如下：")
    return Put(line, [title(report)])


@fault("addressee_punctuation", "structure.addressee_punctuation",
       also=("residue.half_width_punctuation", "residue.width_mixed"))
def addressee_punctuation(report, rng):
    line = report.first("addressee")
    if not line:
        return None
    piece = line.pieces[0]
    piece.text = rng.choice([piece.text.replace("、", "，"), piece.text.replace("、", ","),
                             piece.text.replace("：", ""), piece.text.replace("、", "，"),
                             piece.text.replace("：", ":").replace("、", ",")])
    return Put(line)


@fault("final_stop", "structure.final_stop")
def final_stop(report, rng):
    # Before a numbered line: elsewhere a reader may take the two for one broken paragraph.
    after = {id(a): b for a, b in zip(report.lines, report.lines[1:])}
    line = pick(rng, [l for l in report.find("h2", "body")
                      if l.pieces and l.pieces[-1].text.endswith("。") and id(l) in after
                      and (after[id(l)].label or re.match("[一二三四五六七八九十]是", after[id(l)].text()))])
    if not line:
        return None
    line.pieces[-1].text = line.pieces[-1].text[:-1]
    return Put(line)


@fault("year_form", "structure.year_form")
def year_form(report, rng):
    line = report.first("lead")
    if not line:
        return None
    piece = line.pieces[0]
    piece.text = re.sub(r"^(\d{4}年)(以来)?，", r"\1来，", piece.text)
    return Put(line)


@fault("next_year_unnamed", "structure.next_year_unnamed")
def next_year_unnamed(report, rng):
    town = report.town
    heading = next((l for l in report.find("h1") if l.content == "next_year"), None)
    if not heading or not report.pieces("plan_head"):
        return None
    heading.heading = rng.choice(["工作打算", "努力方向和工作重点"])
    for line, piece in report.pieces("plan_head"):
        piece.text = f"{town.place}将继续深入学习贯彻习近平法治思想，聚焦存在的不足，重点做好以下工作："
    return Put(heading, report.find("h1", "h2", "body", content="next_year"))
