"""Matters that run through several ledgers: a decision with its studies, review, release and publication, and the like."""


def counsel_advice(town, counsel, asked, view, title, days=3):
    # Quick advice is written on the sheet the counsel hands back with the contracts of the year.
    paper = town.paper(f"{title}法律顾问意见") if days > 1 else town.paper("合同和村级事项法律顾问意见", "逐件写明审查的文本、提出的意见和理由，盖律师事务所章。")
    return {"advice": [{"counsel": counsel, "asked_on": asked, "given_on": town.after(asked, days), "view": view, "paper": paper}]}


def review(town, who, matter, subject, kind, draft, received, issued, counsel=None, issues=0, level="town", amended=None, checked=None):
    materials = {"contract": ["party"], "decision": ["note", "basis", "opinions"], "document": ["note", "basis", "opinions"], "village": ["note"], "enforcement": ["dossier"]}[kind]
    quick = kind not in ("decision", "document")
    opinion = "amend" if amended else "lawful"
    town.add("legality_review", state="concluded", matter=matter, subject=subject, kind=kind, level=level, draft=draft, materials=materials,
             received_on=received, wanted_on=issued, handed_by=who["office"], reviewer=who["justice"], opinion=opinion, issues=issues,
             reasons="制定权限、程序和内容均有依据" + ("，文字和责任条款按意见修改" if amended else ""), issued_on=issued,
             opinion_paper=town.paper(f"{subject}合法性审查意见书"),
             amended_draft=amended, checked_on=checked, followed="full",
             parts=counsel_advice(town, counsel, town.after(received, 1), opinion, subject, 1 if quick else 3) if counsel else None)


def release(town, who, subject, text, on):
    town.add("release", state="concluded", subject=subject, text=text, asked_by=who["office"], conclusion="public", concluded_on=on, reviewed_by=who["secrecy"])


def decision(town, who, counsel, title, kind, started, proposal, host, members, address, technical=False, stability=True, project=None,
             listening=None, opinions=(0, 0), assessor="", evaluated=None, directory=None):
    """A major decision with the steps its own marks call for, each dated after the other."""
    draft = town.paper(f"{title}草案", proposal)
    final = town.paper(f"{title}", proposal)
    parts = {}
    if listening:
        way, people = listening
        parts["listening"] = [{"held_on": town.later(started, 8), "way": way, "people": people, "record": town.paper(f"{title}听取意见记录")}]
    opened = town.later(started, 12)
    closes = town.later(opened, 31)
    asked, adopted = opinions
    parts["solicitation"] = [{"opened_on": opened, "closes_on": closes, "channel": ["notice", "wechat"], "opinions": asked, "adopted": adopted,
                              "answered": asked > adopted or None, "notice": town.paper(f"{title}公开征求意见公告")}]
    parts["solicitation"][0] = {name: value for name, value in parts["solicitation"][0].items() if value is not None}
    if technical:
        parts["expertise"] = [{"signed_on": town.later(closes, 2), "followed": "full", "opinion": town.paper(f"{title}专家论证意见"),
                               "experts": [{"name": town.person(), "field": field, "interest": False} for field in ("工程造价", "水利", "法律")]}]
    if stability:
        parts["risk"] = [{"kind": ["stability", "safety"], "report": town.paper(f"{title}风险评估报告"), "level": "controllable", "assessor": assessor,
                          "concluded_on": town.later(closes, 4)}]
    received = town.after(town.later(closes, 4), 1)
    issued = town.after(received, 8)
    held = town.after(issued, 2)
    lines = [{"member": member, "head": False, "opinion": "agree", "words": "同意按审查意见修改后实施"} for member in members[1:]]
    lines.append({"member": members[0], "head": True, "opinion": "agree", "words": "同意，按程序公布"})
    parts["discussion"] = [{"held_on": held, "form": "joint", "due": len(members), "opinions": lines, "result": "pass", "minutes": town.paper(f"{title}讨论纪要")}]
    if evaluated:
        parts["evaluation"] = [{"kind": "supervision", "reported_on": evaluated, "by": "党政办公室", "report": town.paper(f"{title}执行督查报告")}]
    published = town.after(held, 6)
    key = town.add("major_decision", state="archived", title=title, kind=kind, directory=directory, unit_in_charge=town.units[host], started_on=started,
                   proposal=proposal, public=True, technical=technical, stability=stability, economic=False, project=project, draft=draft,
                   draft_note=town.paper(f"{title}起草说明"), adoption_note=town.paper(f"{title}意见采纳情况说明"), party_report_on=held, decided_on=held,
                   final_text=final, published_on=published, published_at=f"{address}/decisions/{len(town.rows.get('major_decision', [])) + 1}",
                   archived_on=town.later(published, 20), parts=parts)
    review(town, who, key, title, "decision", draft, received, issued, counsel, issues=0)
    release(town, who, key, final, town.after(held, 2))
    return key


def begun_decision(town, who, title, kind, started, opened, proposal, host, listening, economic=False, competition=None):
    """A decision that stands at its open solicitation when the year ends: its end is announced, nothing is counted yet."""
    way, people = listening
    parts = {"listening": [{"held_on": town.later(started, 10), "way": way, "people": people, "record": town.paper(f"{title}听取意见记录")}],
             "solicitation": [{"opened_on": opened, "closes_on": town.later(opened, 31), "channel": ["notice", "wechat"], "notice": town.paper(f"{title}公开征求意见公告")}]}
    if competition:
        parts["competition"] = [{"conclusion": "pass", "concluded_on": competition, "paper": town.paper(f"{title}公平竞争审查结论")}]
    return town.add("major_decision", state="drafting", title=title, kind=kind, unit_in_charge=town.units[host], started_on=started, proposal=proposal, public=True, technical=False,
                    stability=True, economic=economic, project=False, draft=town.paper(f"{title}草案", proposal), draft_note=town.paper(f"{title}起草说明"), parts=parts)


def directory(town, who, drafted, agreed, published, items, address):
    """The year's directory of major decisions, agreed to by the Party committee, released and published."""
    text = town.paper(f"{town.name}{town.year}年度重大行政决策事项目录")
    key = town.add("decision_directory", state="published", year=town.year, drafted_on=drafted, party_agreed_on=agreed, published_on=published, url=f"{address}/decisions",
                   items=[{"title": title, "kind": "project", "unit": town.units[host], "due": due} for title, host, due in items], text=text)
    release(town, who, key, text, town.after(agreed, 1))
    return key


def normative(town, who, counsel, title, proposed, host, address, expires):
    """A normative document from its proposal to its filing with the county."""
    first = town.paper(f"{title}送审稿")
    draft = town.paper(f"{title}修改稿")
    final = town.paper(title)
    opened = town.later(proposed, 10)
    closes = town.after(opened, 10)
    received = town.after(closes, 2)
    issued = town.after(received, 7)
    checked = town.after(issued, 1)
    deliberated = town.after(issued, 4)
    signed = town.after(deliberated, 2)
    published = town.after(signed, 5)
    key = town.add("normative_document", state="filed", title=f"《{title}》", recognised=["outside", "general", "repeated", "published"], proposed_on=proposed,
                   drafter=town.units[host], drafted_by=who["office"], draft=draft, basis=town.paper(f"{title}制定依据和说明"), economic=False,
                   solicited_from=opened, solicited_to=closes, deliberated_on=deliberated, signed_on=signed, final_text=final, published_on=published,
                   url=f"{address}/documents/1", filed_on=town.after(published, 6), effective_on=town.later(published, 30), expires_on=expires)
    review(town, who, key, title, "document", first, received, issued, counsel, issues=3, amended=draft, checked=checked)
    release(town, who, key, final, town.after(signed, 2))
    return key


def contract(town, who, counsel, title, kind, host, drafted, amount, issues=0, party=None):
    draft = town.paper(f"{title}合同文本")
    received = town.after(drafted, 1)
    issued = town.after(received, 3)
    first = town.paper(f"{title}合同送审稿") if issues else draft
    key = town.add("contract", state="signed", title=title, kind=kind, unit=town.units[host], party=party or f"{title}承接单位（示例）", amount=amount, draft=draft, drafted_on=drafted,
                   signed_on=town.after(issued, 3))
    review(town, who, key, f"{title}合同", "contract", first, received, issued, counsel, issues=issues, amended=draft if issues else None,
           checked=town.after(issued, 1) if issues else None)
    return key


def contract_in_review(town, who, counsel, title, kind, host, drafted, amount):
    """A contract whose review is still running when the year ends: the counsel has been asked."""
    draft = town.paper(f"{title}合同文本")
    received = town.after(drafted, 1)
    key = town.add("contract", state="drafted", title=title, kind=kind, unit=town.units[host], party=f"{title}承接单位（示例）", amount=amount, draft=draft, drafted_on=drafted)
    town.add("legality_review", state="reviewing", matter=key, subject=f"{title}合同", kind="contract", draft=draft, materials=["party"], received_on=received, wanted_on=town.after(received, 5),
             handed_by=who["office"], reviewer=who["justice"], parts={"advice": [{"counsel": counsel, "asked_on": town.after(received, 1)}]})


def village_rule(town, who, counsel, village, voted):
    title = f"{town.names[village]}村规民约（修订）"
    draft = town.paper(f"{town.names[village]}村规民约")
    received = town.later(voted, -20)
    key = town.add("village_rule", state="checked", title=title, village=village, voted_on=voted, review_due=True, draft=draft,
                   filed_on=town.after(voted, 4), checked_on=town.after(voted, 9))
    review(town, who, key, title, "village", draft, received, town.after(received, 3), counsel, level="village")
    return key


def published_list(town, who, ledger, title, adopted, address, **fields):
    """A list or clean-up result that was released and published."""
    text = town.paper(title)
    on = town.after(adopted, 5)
    key = town.add(ledger, state="published", text=text, published_on=on, url=address, **fields)
    release(town, who, key, text, town.after(adopted, 3))
    return key


def zero(town, who, categories, checked, note=None):
    year = town.year
    town.add("zero_return", state="confirmed", category=categories, **{"from": f"{year}-01-01"}, to=f"{year}-12-31", checked=checked,
             confirmed_by=who["head"], confirmed_on=town.after(f"{year + 1}-01-02", 4), note=note)


def plan(town, who, pairs):
    """Shortcomings of this year and, for each, the measure of the next."""
    for i, (problem, measure) in enumerate(pairs):
        title, evidence, cause = problem
        found = town.on(11, 20 + i)
        key = town.add("problem", found_on=found, title=title, evidence=evidence, cause=cause, author=who["office"])
        name, words, unit, due = measure
        assigned = town.after(f"{town.year + 1}-01-02", 6)
        town.add("task", state="assigned", title=name, year=town.year + 1, kind="measure", measure=words, unit=town.units[unit], problem=key,
                 assigned_on=assigned, due_on=f"{town.year + 1}-{due}", author=who["office"])


def tasks(town, rows, assigned, carried=()):
    """This year's list of tasks; those named in `carried` go over to the next year."""
    for title, unit, due, result in rows:
        common = dict(title=title, year=town.year, kind="task", unit=town.units[unit], assigned_on=assigned, due_on=town.on(*due))
        if title in carried:
            town.add("task", state="carried", reason=result, carried_on=town.on(12, 25), **common)
        else:
            town.add("task", state="done", submitted_on=common["due_on"], result=result, evidence=[town.paper("任务完成佐证清单", "逐项列明任务、完成情况和佐证材料的存放处，附目录。")],
                     done_on=town.after(common["due_on"], 3), **common)
