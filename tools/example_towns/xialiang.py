"""下良镇 2023: enforcement, tags, legal service and the mediators of 24 villages."""
import datetime

from . import acts, files
from .town import Town
from .xialiang_items import ITEMS, LOOKED_AT, SUITED


def enforcement(town, who):
    """55 powers, 12 officers, 10 trainings, 24 tagged villages, 90 inspections of 300 items, 22 service visits."""
    list_text = town.paper("下良镇综合行政执法事项清单")
    disclosure = town.add("disclosure", state="published", title="下良镇综合行政执法事项清单", category="lists", formed_on=town.on(2, 16), text=list_text, reviewed_text=list_text, asked_by=who["office"],
                          conclusion="public", reviewed_by=who["secrecy"], reviewed_on=town.on(2, 20), published_on=town.on(2, 23), url="https://xialiang.example.com/items")
    items, item_named = {}, {}
    number = 0
    for field, (law, titles) in ITEMS.items():
        for title in titles:
            number += 1
            items.setdefault(field, []).append(town.add("enforcement_item", code=f"XL{number:03d}", name=f"对{title}的处罚", field=field, key_=field in ("safety", "environment") or None, basis=law,
                                                        power="grant", valid_from=town.on(1, 10), published_in=disclosure))
            item_named[title] = items[field][-1]
    assert number == 55
    officers = []
    for i in range(12):
        post = town.post("综合行政执法队队员", "综合行政执法队", lawyer=True if i == 0 else None, since="2022-11-01")
        officers.append(town.add("officer", post=post, full_time=True, joined_on="2022-11-15", passed_on=town.on(1, 13), certificate_no=f"示例{i + 1:04d}", certified_from=town.on(2, 6), certified_to="2028-02-05",
                                 lawyer=True if i == 0 else None))
    for i, (day, title, field, mode) in enumerate([
            ((2, 17), "行政处罚法和文书", ["other"], ["class"]), ((3, 15), "住建领域执法要点", ["housing"], ["class"]), ((4, 19), "农业执法要点", ["agriculture"], ["class", "online"]), ((5, 17), "自然资源执法要点", ["land"], ["class"]),
            ((6, 14), "证据和询问", ["other"], ["class", "practice"]), ((7, 12), "安全生产检查", ["safety"], ["online"]), ((8, 16), "秸秆和油烟", ["environment"], ["online"]), ((9, 13), "河道巡查", ["water"], ["class"]),
            ((10, 18), "住建领域案例", ["housing"], ["class", "online"]), ((11, 15), "农机和检疫", ["agriculture"], ["class"])]):
        present = officers if i in (0, 4) else sorted(town.rng.sample(officers, 9))
        town.add("training", held_on=town.on(*day), title=title, audience="officers", mode=mode, field=field, attendees=present, people=len(present))
    for name, kind, amount, day in [("执法服务站点", "base", None, (1, 18)), ("执法记录仪十二台", "gear", "21600.00", (2, 1)), ("执法巡查电动车两辆", "gear", "13800.00", (3, 6))]:
        town.add("resource", name=name, kind=kind, purpose="enforcement", amount=amount, provided_on=town.on(*day))
    objects = []
    for i, village in enumerate(town.villages):
        kind, name = [("site", "农资经销点"), ("enterprise", "石料堆场"), ("site", "农家乐"), ("enterprise", "养殖场"), ("site", "便民超市"), ("village", "公共场所")][i % 6]
        objects.append((town.add("regulated_object", name=f"{town.names[village]}{name}", kind=kind, village=village, risk=["low", "middle", "low"][i % 3], tagged_on=town.on(2, 13 + i % 10)), village, kind, name))
    fields = list(LOOKED_AT)
    seen = []
    days = town.spread(90, (2, 27), (12, 22))
    for i, (day, checks) in enumerate(zip(days, town.share(300, 90, 2))):
        kind = "joint" if i % 11 == 5 else "patrol" if i % 3 == 2 else "check"
        target, village, _, place = objects[i % 24]
        suited = SUITED[place if kind != "patrol" else "河道和村道"]
        lines = []
        for k in range(checks):
            field = fields[(i + k) % len(fields)]
            town.pick(*items[field]), town.pick(*LOOKED_AT[field])  # what else is drawn stays as it is
            title, what = suited[(i // 9 + k) % len(suited)]
            line = {"item": item_named[title], "what": what, "found": "ok"}
            if k == 0 and i % 9 == 4:
                line.update(found="fault", fix_by=town.after(day, 10))
                if i < 85:  # the last one is still open: its object keeps a yellow tag
                    line["fixed_on"] = town.after(day, 6)
            lines.append(line)
        formal = kind != "patrol"
        record = town.paper(f"行政检查记录（{place if formal else '日常巡查'}）", f"执法人员出示证件，逐项记明检查事项和结果，被检查人签名；全程记录。{files.SHARED}")
        seen.append((i, day, town.add("inspection", state="closed", inspected_on=day, kind=kind, object=target if formal else None, place=None if formal else "河道和村道", village=village, mode="plan" if formal else None,
                 merged=True if formal and checks >= 3 else None, departments=[town.units["应急管理站"], town.units["自然资源所"]] if kind == "joint" else None, approved_by=who["deputy"] if formal else None,
                 approved_on=town.after(day, 0) if formal else None, officers=sorted(town.rng.sample(officers, 2)), checks=lines, record=record, feedback_on=town.after(day, 2))))
    companies = [o for o in objects if o[2] == "enterprise"]
    for i, day in enumerate(town.spread(22, (3, 1), (12, 15))):
        target, village, _, place = companies[i % len(companies)]
        title, what = SUITED[place][i % len(SUITED[place])]
        town.add("inspection", state="closed", inspected_on=day, kind="service", object=target, village=village, officers=sorted(town.rng.sample(officers, 2)),
                 checks=[{"item": item_named[title], "what": f"指导：{what}", "found": "ok"}], feedback_on=town.after(day, 1))
    cases(town, who, item_named, {key: (i, day) for i, day, key in seen}, officers)
    town.rows["inspection"].sort(key=lambda row: row["inspected_on"])
    for month, day, matter, called in [(3, 21, "河道倾倒渣土，挖机不在现场", ["自然资源所", "派出所"]), (5, 10, "餐饮店油烟投诉，油烟检测需县里到场", ["市场监督管理所", "应急管理站"]), (6, 28, "农资店经营无标签农药", ["市场监督管理所", "农业综合服务中心"]),
                                       (8, 23, "山坡切坡建房，有塌方危险", ["自然资源所", "应急管理站"]), (10, 25, "夜间运料车超载压坏乡道", ["派出所"]), (11, 22, "病死畜禽丢弃路边", ["农业综合服务中心", "派出所"])]:
        on = town.on(month, day)
        village = town.pick(*town.villages)
        town.add("whistle", state="solved", called_at=f"{on}T09:10", matter=matter, village=village, departments=[town.units[name] for name in called], result="当场查处并划定责任，后续由主管站所跟进",
                 solved_on=town.after(on, 3), parts={"arrival": [{"department": town.units[name], "arrived_at": f"{on}T09:{40 + 7 * k}"} for k, name in enumerate(called)]})
    for name, kind, topic, day, words, effect in [
            ("一支队伍管执法", "mechanism", "enforcement_team", (1, 12), "把站所零散的执法岗位并入一支队伍，统一排班、统一文书、统一装备", "改革后的执法岗位不再由站所兼着"),
            ("进一次门、管多项事", "method", "inspection", (3, 1), "出发前汇总各站所的检查事项，合成一张检查单，一次问完、一次反馈", None),
            ("红黄绿挂牌执法", "method", "tag", (2, 13), "有严重问题未改的挂红牌，有问题未改的挂黄牌，改完即摘，牌子跟着事走", None),
            ("执法协作和信息共享", "mechanism", "collaboration", (4, 10), "与派出所、法庭约定移送和回告的时限，重复检查的名单互相通报", None),
            ("行政执法三项制度", "mechanism", "supervision", (3, 20), "执法信息按期公示，检查全程记录，重大执法决定送司法所审核", None)]:
        town.add("method", name=name, kind=kind, topic=topic, started_on=town.on(*day), words=words, effect=effect, author=who["enforcement"])


def cases(town, who, item_named, seen, officers):
    """Four cases: one to the archive with everything the law asks, one without a penalty, one on the spot, one still open in December."""
    by_number = {i: (key, day) for key, (i, day) in seen.items()}
    found = {row["@key"]: row for row in town.rows["inspection"]}

    # The yard of 12 June: uncovered heaps, a second time, near the houses. Reviewed, discussed, decided, served, published, closed.
    key, day = by_number[31]
    title = "堆放物料未覆盖"
    case = files.Case(town, who, item_named[title], title, "organisation", "某石料经销部（示例）", "经查，当事人在堆场露天堆放易产生扬尘的石料约三百立方米，未采取覆盖措施，堆场紧邻村民住宅；上年曾因同样行为被责令改正。",
                      found[key]["officers"], town.after(day, 2), day, found[key]["checks"][0]["fixed_on"], "inspection", key)
    case.fields.update(complex=True, social_effect=True)
    case.evidence((day, "site", "现场检查笔录"), (town.after(day, 3), "party", "询问笔录"), (town.after(day, 4), "documentary", "营业执照和上年责令改正通知书复制件"))
    case.correction(day, found[key]["checks"][0]["fix_by"], found[key]["checks"][0]["fixed_on"])
    told = town.after(day, 16)
    case.notice(told, ["fine"], "20000.00", "堆放物料未覆盖，曾被责令改正又再犯，拟处罚款二万元；依据大气污染防治法第一百一十七条。")
    case.defence(town.after(told, 2), "当事人称已全部覆盖并硬化进场道路，经复核属实，建议从轻。")
    sent = town.after(told, 4)
    reviewed = town.after(sent, 3)
    held = town.after(reviewed, 1)
    decided = town.after(held, 1)
    served = town.after(decided, 2)
    paid = town.after(served, 5)
    public = case.paper("处罚决定公示文本", "当事人名称和处罚内容，个人信息已隐去。")
    case.discussion(held, [who["deputy"], who["enforcement"], who["head"]])
    case.decided(decided, "penalise", served, town.after(paid, 4), classes=["fine"], fine="12000.00", public_text=public, public_on=town.after(decided, 4),
                 url="https://xialiang.example.com/penalties/1", paid_on=paid, performed_on=paid)
    yard = case.keep("closed")
    acts.review(town, {**who, "office": who["enforcement"]}, yard, f"{title}案处罚决定", "enforcement", case.paper("处罚决定送审稿"), sent, reviewed)
    town.add("release", state="concluded", subject=yard, text=public, asked_by=who["office"], conclusion="masked", ground="隐去个人信息", concluded_on=town.after(decided, 3), reviewed_by=who["secrecy"])

    # The shop of 13 March: a first time, put right at once; no penalty.
    key, day = by_number[4]
    title = "占用堵塞疏散通道"
    case = files.Case(town, who, item_named[title], title, "organisation", "某便民超市（示例）", "经查，当事人在后门疏散通道堆放货物，当场清走一部分，期限内全部清空；此前没有同类记录。", found[key]["officers"],
                      town.after(day, 2), day, found[key]["checks"][0]["fixed_on"], "inspection", key)
    case.evidence((day, "site", "现场检查笔录"), (town.after(day, 3), "party", "询问笔录"), (town.after(day, 6), "site", "复查笔录"))
    case.correction(day, found[key]["checks"][0]["fix_by"], found[key]["checks"][0]["fixed_on"])
    decided = town.after(day, 12)
    case.decided(decided, "first_none", town.after(decided, 2), town.after(decided, 6))
    case.keep("closed")

    # On the road at harvest: a hundred yuan on the spot.
    day = town.on(10, 11)
    title = "在公路上打场晒粮"
    pair = sorted(officers[2:4])
    paper = town.paper(f"{title}案当场处罚决定书")
    town.add("penalty", state="closed", procedure="simple", item=item_named[title], source_kind="other", party_kind="person", party=town.someone(), facts="巡查发现当事人在乡道上摊晒玉米约四十平方米，占去半幅路面，当场收起。",
             act_ended_on=day, discovered_on=day, filed_on=day, officers=pair, decided_on=day, outcome="penalise", classes=["fine"], fine="100.00", decision_paper=paper, party_present=True, service="direct",
             served_on=day, receipt_paper=town.paper(f"{title}案送达回证"), reported_on=town.after(day, 1), paid_on=town.after(day, 2), performed_on=town.after(day, 2), closed_on=town.after(day, 5),
             parts={"evidence": [{"taken_on": day, "kind": "site", "officers": pair, "paper": town.paper(f"{title}案现场笔录")}],
                    "notice": [{"served_on": day, "content": "当场口头告知拟处罚款一百元的事实、理由和依据。", "days": 0, "paper": town.paper(f"{title}案当场告知记录")}],
                    "defence": [{"made_on": day, "kind": "waiver", "paper": town.paper(f"{title}案陈述申辩记录")}],
                    "correction": [{"ordered_on": day, "correct_by": day, "corrected_on": day, "paper": town.paper(f"{title}案责令改正记录")}]})

    # The yard of 7 December: not put right by the day given; the notice was served, the days for a defence still run.
    key, day = by_number[85]
    title = "未经批准取水"
    case = files.Case(town, who, item_named[title], "水碾沟石料堆场" + title, "organisation", "某石料堆场（示例）", "经查，当事人从河道抽水冲洗石料，不能提供取水许可。", found[key]["officers"], town.after(day, 2), day,
                      None, "inspection", key)
    case.evidence((day, "site", "现场检查笔录"), (town.after(day, 4), "party", "询问笔录"))
    case.correction(day, found[key]["checks"][0]["fix_by"])
    case.notice(town.on(12, 27), ["fine"], "20000.00", "未经批准擅自取水，逾期未停止，拟处罚款二万元；依据水法第六十九条。")
    case.keep("noticed")
    town.rows["penalty"].sort(key=lambda row: row["filed_on"])  # numbers follow the days


def publicity(town, who):
    brand = town.add("method", name="“乡村振兴，法治同行”", kind="brand", topic="publicity", started_on=town.on(2, 8), words="跟着农时和集日到村里讲法，先答问再发资料", author=who["justice"])
    subjects = [("constitution", "宪法"), ("civil_code", "民法典"), ("security", "国家安全"), ("cult", "反邪教"), ("crime", "反有组织犯罪"), ("fraud", "反诈骗"), ("drugs", "禁毒"), ("rural", "乡村振兴")]
    nodes = {"04": ("security", "security_day", "国家安全日"), "05": ("civil_code", "civil_month", "民法典宣传月"), "06": ("drugs", "drug_day", "禁毒日"), "12": ("constitution", "constitution_week", "宪法宣传周")}
    copies = town.share(20000, 40, 200, 50)
    for i, day in enumerate(town.spread(40, (1, 10), (12, 20))):
        topic, words = subjects[i % 8]
        node = None
        if i % 2 == 0 and day[5:7] in nodes:
            topic, node, words = nodes[day[5:7]]
        lecture = i % 4 == 1
        venue = "village" if lecture or i % 3 == 0 else ["market", "school", "enterprise"][i % 3]
        village = town.villages[i * 7 % 24]
        town.add("publicity_event", held_on=day, title=f"{words}{'宣讲' if lecture else '宣传'}{'进' + town.names[village] if venue == 'village' else ''}", topics=[topic], node=node, campaign=brand if topic == "rural" or i % 5 == 3 else None,
                 form="lecture" if lecture else ["consult", "board"][i % 2], venue=venue, villages=[village] if venue == "village" else None, by=["counsel"] if lecture else ["volunteer", "aware"],
                 people=town.pick(60, 85, 110, 140), organiser=town.units["司法所"], materials=[{"kind": "leaflet", "title": "法治宣传资料", "copies": copies[i]}])
    for i, village in enumerate(town.villages):
        for k in range(5):
            town.add("law_aware_person", name=town.person(), village=village, origin=["member", "cadre", "women", "grid", "group"][k], leader=True if k == 0 else None, recognised_on=town.on(5 + i % 2, 8 + i % 12),
                     certificate=True, badge=True)
    for name, host, people in [("下良镇普法志愿服务队", "镇司法所", 26), ("巾帼普法队", "镇妇联", 18), ("青年普法队", "镇团委", 15)]:
        town.add("volunteer_team", name=name, host=host, formed_on=town.on(3, 3), people=people)


def mediation(town, who):
    committee = town.add("mediation_committee", name="下良镇人民调解委员会", level="town", founded_on="2010-04-01", members=5, women=1)
    chiefs = [town.add("mediator", name=town.person(), level="town", full_time=True if i == 0 else None, committee=committee, appointed_on="2021-04-01", trained_on="2021-05-12") for i in range(3)]
    at_village = {}
    for village in town.villages:
        own = town.add("mediation_committee", name=f"{town.names[village]}人民调解委员会", level="village", village=village, founded_on="2010-04-01", elected_on="2021-03-20", members=3, women=1)
        at_village[village] = (own, town.add("mediator", name=town.person(), level="village", village=village, committee=own, appointed_on="2021-04-01", trained_on="2021-05-12"))
    rounds = []
    for i, day in enumerate(town.spread(24, (1, 9), (12, 15))):
        way = ["village", "town", "superior"][i % 3]
        rounds.append((day, town.add("screening", held_on=day, way=way, villages=town.some_villages(4) if way != "superior" else None, people=town.pick(4, 6, 8)), way))
    kinds = ["neighbour"] * 6 + ["land"] * 4 + ["marriage"] * 3 + ["contract"] * 2 + ["wages", "house", "compensation", "traffic"]
    for i, day in enumerate(town.spread(42, (1, 16), (12, 8))):
        village = town.villages[i * 5 % 24]
        own, mediator = at_village[village]
        heavy = i % 14 == 7
        before = [r for r in rounds if r[0] <= day] or rounds[:1]
        found = max(day, before[-1][0])
        accepted = town.after(found, 1)
        meeting = town.after(accepted, 2)
        done = town.after(meeting, 2 if heavy else 0)
        kind = "land" if heavy else town.pick(*kinds)
        chiefs_met = {"consultation": [{"held_on": town.after(meeting, 1), "present": ["commissioner", "court", "police", "justice"], "view": "先定放水时段，再议补偿，协议写明执行的人。"}]} if heavy else {}
        town.add("dispute", found_on=found, origin="referred" if before[-1][2] == "superior" else "screening", round=before[-1][1], kind=kind, village=village, many=True if heavy else None,
                 **files.mediated(town, kind, village, committee if heavy else own, [chiefs[0], mediator] if heavy else [mediator], accepted, meeting, written=heavy or i % 6 == 2, done=done,
                                  confirmed=i == 20, **chiefs_met))
    village = town.villages[5]
    files.under_mediation(town, "land", village, *(at_village[village][0], [at_village[village][1]]), town.on(12, 21), origin="visit")
    for name, kind, topic, day, words, effect in [
            ("三个三工作法", "method", "dispute", (2, 6), "村干部与网格员自查、下乡干部与站所排查、上级交办三条途径汇总，按红黄绿分派，难的由政法委员召集法庭、派出所、司法所会商", None),
            ("枫桥经验促转型", "mechanism", "mediation", (3, 13), "把化解纠纷和项目进村一起安排，用地、用工的约定先由调解员看一遍", None),
            ("站所村联动", "mechanism", "leadership", (1, 20), "站所包村、网格员报事、法律明白人传话，每月把没办完的事在一张表上过一遍", None)]:
        town.add("method", name=name, kind=kind, topic=topic, started_on=town.on(*day), words=words, effect=effect, author=who["deputy"])
    for i, day in enumerate(town.spread(6, (2, 7), (10, 10))):
        accepted = town.after(day, 4)
        files.petition(town, who["deputy"], i, day, accepted, town.later(accepted, 26 + i), ["visit", "transferred", "net"][i % 3], ["support", "explain"][i % 2], "fair")
    day = town.on(12, 21)  # told to the petitioner, not yet decided how it is handled
    town.add("petition", state="registered", received_on=day, channel="letter", contactable=True, people=1, person=town.someone(), claim="反映灌溉渠清淤土堆在路边，请求清运。", kind="claim", told_on=town.after(day, 4))


def services(town, who):
    lawyers = [town.add("counsel", name=town.person(), firm="山西某律师事务所", serves="village", villages=town.villages[i::3], engaged_on="2023-01-03", ends_on="2024-12-31") for i in range(3)]
    shifts = []
    for i in range(50):
        day = town.workday(datetime.date(2023, 1, 4) + datetime.timedelta(days=7 * i)).isoformat()
        shifts.append((day, town.add("duty_shift", held_on=day, counsel=lawyers[i % 3], minutes=180)))
    persons = town.share(400, 280)
    for i, count in enumerate(persons):
        day, shift = shifts[i * 50 // 280]
        town.add("legal_service_visit", held_on=day, kind=["consult", "consult", "consult", "draft", "mediate", "aid"][i % 6], channel="counter", persons=count, village=town.pick(*town.villages), first=who["justice"], shift=shift,
                 satisfied=True)
    for day, special, matter in [((2, 14), "migrant", "追索劳务报酬"), ((4, 11), "old", "追索赡养费"), ((6, 13), "women", "离婚财产分割"), ((8, 15), "disabled", "交通事故人身损害赔偿"),
                                 ((10, 17), "migrant", "工伤待遇"), ((12, 5), "minor", "追索抚养费")]:
        day = town.on(*day)
        town.add("legal_aid_referral", received_on=day, applicant=town.someone(), matter=matter, special=special, passed_on=town.after(day, 1), arrived_on=town.after(day, 2), decided_on=town.after(day, 5), approved=True, assigned_on=town.after(day, 6))
    for name, day, words, effect in [("首问负责", (1, 9), "第一个接待的人记下姓名以外的问题和去向，问题没有着落不交班", "来访的事在登记本上都能查到去向"),
                                     ("免费法律服务", (1, 16), "咨询、代书和初审转交都不收费，老人、残疾人由网格员陪着来", None)]:
        town.add("method", name=name, kind="mechanism", topic="legal_service", started_on=town.on(*day), words=words, effect=effect, author=who["justice"])
    for i, village in enumerate(town.villages):
        town.add("grid", name=f"{town.names[village]}网格", village=village, set_on=town.on(1, 5), workers=1 + i % 2)
    for day in town.spread(12, (1, 18), (12, 18)):
        town.add("care_activity", held_on=day, kind="help", times=1, reached=town.pick(3, 4, 5))
    for day in town.spread(18, (1, 12), (12, 22)):
        town.add("care_activity", held_on=day, kind="visit", times=1)
    town.rows["care_activity"].sort(key=lambda row: row["held_on"])
    return lawyers


def make(tree):
    town = Town("140423107", "下良镇", 2023, tree,
                ["党政办公室", "司法所", "综合行政执法队", "社会治安综合治理中心", "经济发展办公室", "农业综合服务中心", "应急管理站", "派出所", "自然资源所", "市场监督管理所", "便民服务中心"],
                outline="thematic", style="exact", document_number="下政发〔2024〕5号", addressee="襄垣县人民政府", signer="周示例", date="2024-01-16")
    web = "https://xialiang.example.com"
    who = {"party": town.post("镇党委书记", main=True), "head": town.post("镇党委副书记、镇长", main=True), "deputy": town.post("镇党委委员、政法委员"),
           "office": town.post("党政办公室主任", "党政办公室"), "justice": town.post("司法所所长", "司法所", lawyer=True), "secrecy": town.post("党政办公室保密员", "党政办公室"),
           "enforcement": town.post("综合行政执法队队长", "综合行政执法队")}
    members = [who["head"], who["deputy"], town.post("副镇长"), town.post("镇人大主席"), town.post("镇纪委书记")]

    # Leadership and study
    town.add("group", name="下良镇法治政府建设工作领导组", doc_no="下发〔2023〕5号", set_up_on=town.on(1, 31),
             members=[{"who": who["party"], "duty": "head"}, {"who": who["head"], "duty": "head"}, {"who": who["deputy"], "duty": "deputy"}, {"who": who["justice"], "duty": "member"}, {"who": who["enforcement"], "duty": "member"}])
    for month, day, form, text in [(1, 31, "party", "领导组组成和实施方案"), (4, 20, "group", "执法事项承接的人员和装备"), (7, 20, "party", "挂牌执法向各村延伸"), (10, 26, "group", "纠纷三色分派和会商")]:
        town.add("meeting", held_on=town.on(month, day), form=form, topics=["law"], people=town.pick(10, 11, 12), text=text)
    town.add("meeting", held_on=town.on(6, 8), form="party", topics=["decision"], people=11, text="灌溉渠修复方案")
    scheme = town.add("issued_document", title="《下良镇法治政府建设实施方案（2021—2025年）》", kind="scheme", topic="leadership", doc_no="下政发〔2023〕8号", issued_on=town.on(2, 7), ends_on="2025-12-31")
    for title, kind, topic, number, day, ends in [
            ("《下良镇“八五”普法工作规划》", "publicity", "publicity", "下政发〔2023〕9号", (2, 10), "2025-12-31"), ("《2023年党政班子学法计划》", "study", "study", "下政发〔2023〕11号", (2, 15), None),
            ("《下良镇法治政府建设任务分解表》", "task", "task", "下政发〔2023〕12号", (2, 17), None), ("《下良镇党委议事决策规则》", "rule", "major_decision", "下发〔2023〕13号", (3, 9), None),
            ("《下良镇重大决策论证公示督查制度》", "rule", "major_decision", "下政发〔2023〕18号", (3, 28), None)]:
        town.add("issued_document", title=title, kind=kind, topic=topic, doc_no=number, issued_on=town.on(*day), ends_on=ends)
    town.add("superior_document", title="《法治政府建设实施纲要（2021－2025年）》", issuer="中共中央、国务院", received_on=town.on(1, 6), response=scheme)
    acts.tasks(town, [
        ("完成执法事项承接", "综合行政执法队", (3, 31), "事项清单公布，站点和装备到位"), ("执法人员全部取证", "综合行政执法队", (2, 28), "队员全部通过考试"), ("挂牌执法到村", "综合行政执法队", (6, 30), "各村均已挂牌"),
        ("村级法律顾问到位", "司法所", (1, 31), "每村均有律师联系"), ("法律明白人认定", "司法所", (6, 30), "证书和徽章发放到人"), ("排查途径并表", "社会治安综合治理中心", (3, 31), "三条途径共用一张登记表"),
        ("律师每周值班", "司法所", (12, 20), "值班登记完整"), ("合法性审查前置", "党政办公室", (4, 28), "未审查的不上会"), ("执法案例汇编", "综合行政执法队", (11, 30), "办结案例偏少，转入下年")], town.on(2, 17), carried=("执法案例汇编",))
    for day, texts in [((2, 22), ["xi", "constitution"]), ((4, 26), ["civil_code"]), ((6, 21), ["xi", "penalty"]), ((8, 23), ["decision"]), ((11, 8), ["constitution", "first_person"])]:
        town.add("study_session", held_on=town.on(*day), body="leaders", kind="law", texts=texts, people=town.pick(10, 11))
    for day, title in [((3, 29), "民法典与村级合同"), ((7, 26), "行政处罚文书和证据"), ((10, 25), "行政复议法修订要点")]:
        town.add("training", held_on=town.on(*day), title=title, audience="cadres", mode=["class"], people=town.pick(36, 40))

    # Decision, document, counsel
    counsel = town.add("counsel", name=town.person(), firm="山西某律师事务所", serves="government", engaged_on="2023-01-03", ends_on="2024-12-31")
    acts.decision(town, who, counsel, "下良镇灌溉渠修复方案", "project", town.on(3, 15), "先修漏水最重的两段，留出夏灌放水的时间，渠边的树木移栽。", "农业综合服务中心", members, web, technical=True, project=True,
                  listening=("visit", 38), opinions=(15, 10), assessor="社会治安综合治理中心", evaluated=town.on(11, 21))
    acts.normative(town, who, counsel, "下良镇集体建设用地租赁管理办法", town.on(4, 4), "经济发展办公室", web, "2028-12-31")
    files.info_request(town, who, "net", town.on(5, 10), "灌溉渠修复的投资概算", "下良镇灌溉渠修复投资概算", corrected=(town.on(5, 15), town.on(5, 29), town.on(5, 24)))
    services(town, who)
    enforcement(town, who)
    mediation(town, who)
    acts.zero(town, who, ["lost"], ["ledger", "county"], "与县社区矫正机构和安置帮教部门核对，无此情形。")
    publicity(town, who)

    # The first responsible persons
    for day, person, title, kind, text, result, notable in [
            ((1, 31), "party", "镇党委书记", "deploy", "任领导组组长，把实施方案分解到站所", None, None),
            ((4, 20), "head", "镇长", "ask", "到执法站点看承接情况，逐项问清文书和装备缺什么", "缺的记录仪当月补齐", True),
            ((5, 24), "head", "镇长", "coordinate", "召集执法队、应急站和自然资源所合并检查事项", "同一家企业一次查完", True),
            ((7, 20), "party", "镇党委书记", "deploy", "部署挂牌执法延伸到各村", None, None),
            ((9, 6), "party", "镇党委书记", "supervise", "督办三条排查途径并表，要求重复登记的合成一条", "月底起各村和站所共用一张表", True),
            ((12, 13), "head", "镇长", "supervise", "抽看执法卷宗，退回两份送达日期不清的文书", None, None)]:
        town.add("leadership_act", held_on=town.on(*day), who=who[person], title=title, kind=kind, text=text, result=result, notable=notable)
    town.add("highlight", happened_on=town.on(9, 8), topic="dispute", matter="两村为夏灌放水先后争执", act="会商时请水利员现场测流，按田亩排出放水时段", chosen=True, result="两村签了协议，协议贴在闸房", author=who["deputy"])
    acts.plan(town, who, [
        (("运用法律解决问题的能力不够", "站所遇到合同和用地争议，多是先办后问", "培训按法律讲，没有按事情讲"),
         ("加强党对法治工作的领导", "党委每季度听一次法治任务的进展，站所办难事前先问法律顾问", "党政办公室", "12-20")),
        (("法治专门力量不足", "司法所人少，法律明白人刚认定，会讲的不多", "没有给新认定的人安排上手的机会"),
         ("带出法律明白人", "每村每季度由律师带法律明白人接一次咨询，讲一堂短课", "司法所", "11-29")),
        (("法治乡村建设不均衡", "村里找律师主要靠镇上值班，到村的次数不一样", "村级服务没有排班"),
         ("深化法治乡村建设", "完善一村一法律顾问，按村排出上门日程，村规民约先送审查", "司法所", "06-28")),
        (("执法规范化仍需提升", "改革后的执法队承接事项多，有的事项还没有办过", "文书和案例积累少"),
         ("深化综合执法改革", "重点领域按月排查，没有办过的事项逐项编写指引，汇编执法案例", "综合行政执法队", "10-31"))])
    return town
