"""Faults of residue and repetition."""

import re

from .fault import Put, fault, pick
from .of_substance import insert, talking
from .report import Line, Piece

HAN = "[\u4e00-\u9fff]"
ANY = ("residue.",)
ENDS = ANY + ("structure.final_stop",)  # where it may stand at a paragraph's end


def prose(report):
    return [(l, p) for l in report.find("lead", "h2", "h3", "body") for p in l.pieces if len(p.text) > 12]


def change(report, rng, pattern, new, roles=("lead", "h2", "h3", "body")):
    """Changes one place of a pattern somewhere in the prose; new may be a function of the match."""
    found = [(l, p, m) for l in report.find(*roles) for p in l.pieces for m in re.finditer(pattern, p.text)]
    if not found:
        return None
    line, piece, m = rng.choice(found)
    piece.text = piece.text[:m.start()] + (new(m) if callable(new) else new) + piece.text[m.end():]
    return Put(line)


@fault("bookmark", "residue.bookmark", "residue.field", also=ANY)
def bookmark(report, rng):
    line = pick(rng, report.find("h2", "body", "lead"))
    mark = rng.choice(["[bookmark: _GoBack]", "[bookmark: _Toc123456]", "[bookmark: OLE_LINK1]"])
    if line.label or rng.random() < 0.6 or not line.pieces:
        line.label = mark + line.label
    else:
        line.pieces.insert(0, Piece(mark))
    return Put(line)


@fault("field", "residue.field", "residue.bookmark", also=ENDS)
def field(report, rng):
    line = pick(rng, talking(report))
    insert(line, rng.choice(["错误!未找到引用源。", "HYPERLINK \"http://www.example.cn/\"", "PAGE \\* MERGEFORMAT",
                             "{ PAGE }", "TOC \\o \"1-3\" \\h \\z", "Error! Reference source not found.",
                             "REF _Ref123456 \\h"]), rng)
    return Put(line)


@fault("placeholder: name", "residue.placeholder", also=ANY + ("identity.",))
def placeholder_name(report, rng):
    town = report.town
    return change(report, rng, re.escape(town.place),
                  lambda m: rng.choice(["XX", "xx", "××", "＊＊", "XXX"]) + town.kind)


@fault("placeholder: number", "residue.placeholder", also=ANY + ("arithmetic.", "substance."))
def placeholder_number(report, rng):
    return change(report, rng, r"(?<![\d.])\d{1,3}(?=(?:次|场|件|份|名|个|卷|条|处|块|户|人))",
                  lambda m: rng.choice(["XX", "xx", "*", "**", "__", "___", "×", "××", "【】", "（待填）"]))


@fault("placeholder: year", "residue.placeholder", also=ANY + ("time.",))
def placeholder_year(report, rng):
    return change(report, rng, r"(?<!\d)20\d\d(?=年(?!—))", lambda m: rng.choice(["20xx", "20XX", "20××", "202X", "202×", "××××"]))


@fault("html_entity", "residue.html_entity", also=ANY)
def html_entity(report, rng):
    return change(report, rng, f"(?<={HAN})[，、。](?={HAN})",
                  lambda m: m.group(0) + rng.choice(["&nbsp;", "&nbsp;&nbsp;", "&amp;", "&ldquo;", "&#160;", "&emsp;"]))


@fault("mojibake", "residue.mojibake", also=ANY)
def mojibake(report, rng):
    return change(report, rng, f"{HAN}{{2}}", lambda m: rng.choice(["锟斤拷", "\ufffd\ufffd", "\ufffd", "锟斤拷锟斤拷"]))


@fault("injected", "residue.injected", also=ENDS)
def injected(report, rng):
    line = pick(rng, talking(report))
    insert(line, rng.choice([
        "更多精彩内容请访问www.example.com。", "更多范文请关注微信公众号。", "本文来源于范文网，转载请注明出处。",
        "点击下载全文。", "网络彩票平台官网。", "VIP会员免费下载。"]), rng)
    return Put(line)


@fault("width_mixed: percent", "residue.width_mixed", also=ANY)
def width_percent(report, rng):
    if report.text().count("%") < 2:
        return None
    return change(report, rng, "%", "％")


@fault("width_mixed: digits", "residue.width_mixed", also=ANY)
def width_digits(report, rng):
    return change(report, rng, r"(?<![\d.])\d{1,4}(?=(?:次|场|件|份|名|个|条|余))",
                  lambda m: "".join(chr(ord(c) + 0xFEE0) for c in m.group(0)))


@fault("width_mixed: brackets", "residue.width_mixed", "residue.half_width_punctuation", also=ANY)
def width_brackets(report, rng):
    return change(report, rng, r"（([^（）]*)）", lambda m: f"({m.group(1)})")


@fault("half_width_punctuation", "residue.half_width_punctuation", "residue.width_mixed", also=ANY)
def half_width(report, rng):
    return change(report, rng, f"(?<={HAN})[，；：](?={HAN})",
                  lambda m: {"，": ",", "；": ";", "：": ":"}[m.group(0)])


@fault("punctuation_doubled", "residue.punctuation_doubled", also=ENDS)
def punctuation_doubled(report, rng):
    return change(report, rng, "[，。、；]", lambda m: rng.choice([m.group(0) * 2, m.group(0) * 2, "，。", "、，", "；。"]))


@fault("doubled_word", "residue.doubled_word", also=ANY)
def doubled_word(report, rng):
    return change(report, rng, "坚持|推进|加强|落实|完善|建立|制度|工作|开展|组织|规范|进一步|群众|法治|的(?=.)",
                  lambda m: m.group(0) * 2)


@fault("bracket_unmatched", "residue.bracket_unmatched", also=ANY + ("time.",))
def bracket_unmatched(report, rng):
    return change(report, rng, "[《》（）]", "")


@fault("quote_unmatched", "residue.quote_unmatched", also=ANY)
def quote_unmatched(report, rng):
    return change(report, rng, "[“”]", "")


@fault("quote_single", "residue.quote_single", also=ANY)
def quote_single(report, rng):
    return change(report, rng, "“([^“”]*)”", lambda m: f"‘{m.group(1)}’")


@fault("number_brackets", "residue.number_brackets", also=ANY)
def number_brackets(report, rng):
    line = report.first("number")
    if not line:
        return None
    piece = line.pieces[0]
    left, right = rng.choice(["()", "[]", "（）", "【】", ("", ""), ("〔", "")])
    piece.text = piece.text.replace("〔", left).replace("〕", right)
    return Put(line)


@fault("inner_blank", "residue.inner_blank", also=ANY)
def inner_blank(report, rng):
    return change(report, rng, f"(?<={HAN}{HAN})(?={HAN}{HAN})|(?<=[，。、])(?={HAN})",
                  lambda m: rng.choice([" ", "  ", "\u3000"]))


MISPRINTS = ["各站所确实加强执法人员的管理和监督。", "在县委、县政府的坚持领导下，各项任务有序推进。",
             "落实“一岗多责”，分管领导同步推进法治建设。", "深入推进法制政府建设，提高依法办事能力。",
             "严格落实行政执规责任制，明确岗位职责。", "认真落实“谁执法谁谱法”责任制。",
             "持续发挥“枫侨经验”的示范作用。"]


@fault("misprint", "residue.misprint", also=ANY)
def misprint(report, rng):
    line = pick(rng, talking(report))
    insert(line, rng.choice(MISPRINTS), rng)
    return Put(line)


@fault("gap_mark", "residue.gap_mark", "residue.placeholder", also=ENDS)
def gap_mark(report, rng):
    line = pick(rng, talking(report))
    insert(line, rng.choice(["〔缺：年终述法次数〕", "旁听庭审〔缺：人次〕。", "〔缺：合法性审查件数〕"]), rng)
    return Put(line)


@fault("particle", "residue.particle", also=ANY)
def particle(report, rng):
    line = pick(rng, talking(report))
    insert(line, rng.choice(["极大的提高了干部依法办事的能力。", "有效的化解了各类矛盾。", "有力的推动了各项工作开展。",
                             "切实的增强了群众的法治意识。"]), rng)
    return Put(line)


TRADITIONAL = {"情况": "情況", "执法": "執法", "问题": "問題", "机制": "機制", "纠纷": "糾紛",
               "群众": "群眾", "学习": "學習", "建设": "建設"}


@fault("traditional", "residue.traditional", also=ANY + ("time.law_unknown",))
def traditional(report, rng):
    return change(report, rng, "情况|执法|问题|机制|纠纷|群众|学习|建设", lambda m: TRADITIONAL[m.group(0)])


@fault("repeated sentence", "repetition.sentence", "repetition.paragraph", "repetition.passage",
       also=("repetition.", "arithmetic.", "substance."))
def sentence_twice(report, rng):
    found = pick(rng, [(l, p) for l, p in prose(report) if l.content == "results" and p.kind != "point"
                       and len(re.findall(HAN, p.text)) >= 18 and p.text.endswith("。")])
    target = pick(rng, [l for l in talking(report) + talking(report, "duties") if l is not found[0]])
    if not found or not target:
        return None
    insert(target, found[1].text, rng)
    return Put(target, [found[0]])


@fault("repeated paragraph", "repetition.paragraph", "repetition.sentence", "repetition.passage",
       also=("repetition.", "arithmetic.", "substance.", "residue."))
def paragraph_twice(report, rng):
    found = pick(rng, [l for l in talking(report) if len(l.text()) > 60])
    target = pick(rng, [l for l in talking(report) if l is not found])
    if not found or not target:
        return None
    new = Line("body", [Piece(p.text) for p in found.pieces if p.kind != "point"],
               content=target.content, chapter=target.chapter)
    new.pieces[0].text = re.sub("^[一二三四五六七八九十]是", "", new.pieces[0].text)
    report.lines.insert(report.line_of(target), new)
    return Put(new, [found])


@fault("repeated words in a phrase", "repetition.phrase", "repetition.synonym", also=("repetition.", "residue."))
def phrase(report, rng):
    place = report.town.place
    line = pick(rng, talking(report))
    insert(line, rng.choice([f"制定《{place}全面清理行政规范性文件清理工作方案》，分步组织实施。",
                             "执法人员在检查中同步开展普法执法法治宣传，做到边查边讲。",
                             f"印发《{place}普法宣传教育普法工作计划》，逐项落实责任。",
                             f"出台《{place}矛盾纠纷排查化解矛盾纠纷工作方案》。"]), rng)
    return Put(line)
