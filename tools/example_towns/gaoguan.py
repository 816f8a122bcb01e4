"""高观镇 2023: the seed with the most figures: disputes, receptions, study, safety."""
from . import acts, files
from .town import Town


def mediators(town, places):
    """A committee of the town and one in every village, with those who mediate; drawn apart from everything else."""
    chief = town.add("mediation_committee", name="高观镇人民调解委员会", level="town", founded_on="2011-06-01", members=5, women=2)
    chiefs = [town.add("mediator", name=town.someone(), level="town", full_time=True if i < 2 else None, committee=chief, appointed_on="2021-03-01", trained_on="2021-03-24") for i in range(3)]
    at_place = {}
    for place in places:
        own = town.add("mediation_committee", name=f"{town.names[place]}人民调解委员会", level="village", village=place, founded_on="2011-06-01", elected_on="2021-02-25", members=3, women=1)
        at_place[place] = (own, town.add("mediator", name=town.someone(), level="village", village=place, committee=own, appointed_on="2021-03-01", trained_on="2021-03-25"))
    return chief, chiefs, at_place


def disputes(town):
    """219 found, 216 settled, 3 under way; 25 of them brought to the villagers' voice. Every fourth that was found by screening
    goes to a committee and is mediated, the others are settled on the spot."""
    places = town.villages + town.communities
    chief, chiefs, at_place = mediators(town, places)
    sessions = []
    days = town.spread(9, (2, 8), (12, 8))
    for day, visitors in zip(days, town.share(25, len(days))):
        sessions.append((town.add("reception", held_on=day, kind="voice", village=town.pick(*places), visitors=visitors, matters=visitors), day, visitors))
    town.rows["reception"].sort(key=lambda row: row["held_on"])
    kinds = ["neighbour"] * 9 + ["marriage"] * 5 + ["land"] * 5 + ["house"] * 4 + ["contract"] * 3 + ["wages"] * 2 + ["compensation"] * 3 + ["traffic"] * 2 + ["consumer", "business", "other"]
    found = [("voice", day, reception) for reception, day, n in sessions for _ in range(n)]
    screened = town.spread(194, (1, 3), (12, 26), workdays=False)
    found += [("grid" if town.rng.random() < 0.45 else "screening", day, None) for day in screened]
    found.sort(key=lambda item: item[1])
    pending = [i for i in range(len(found) - 20, len(found)) if found[i][0] != "voice"][-9::3]
    assert len(pending) == 3
    for i, (origin, day, reception) in enumerate(found):
        row = dict(found_on=day, origin=origin, reception=reception, kind=town.pick(*kinds), village=town.pick(*places))
        own, mediator = at_place[row["village"]]
        if i == pending[0]:
            files.under_mediation(town, row["kind"], row["village"], own, [mediator], day, origin=origin)
        elif i in pending:
            town.add("dispute", state="found", **row)
        elif origin != "voice" and i % 4 == 2 and day < "2023-12-08":
            town.pick(0, 0, 0, 1, 1, 2)  # the days of the others stay as they are
            accepted = town.after(day, 1)
            hard = i % 24 == 2
            row.update(files.mediated(town, row["kind"], row["village"], chief if hard else own, [chiefs[i % 3], mediator] if hard else [mediator], accepted,
                                      town.after(accepted, town.extra.choice((1, 1, 2, 3))), written=i % 12 == 2, begun="own" if i % 8 == 2 else "application", confirmed=i % 96 == 2))
            town.add("dispute", **row)
        else:
            done = day if origin == "voice" else min(town.later(day, town.pick(0, 0, 0, 1, 1, 2)), "2023-12-29")
            town.add("dispute", state="settled", concluded_on=max(done, day), result="settled", **row)


def safety(town, who):
    for day, form, text in [((1, 12), "party", "春节前后隐患排查和值守"), ((4, 13), "topic", "汛期前地质灾害点巡查"), ((7, 6), "topic", "高温汛期施工和用电安全"), ((10, 12), "party", "冬春防火和道路结冰应对")]:
        town.add("meeting", held_on=town.on(*day), form=form, topics=["safety"], people=town.pick(18, 21, 24), text=text)
    for day, kinds, place, people in [((3, 17), ["fire"], "高观小学", 130), ((5, 12), ["quake", "fire"], "高观社区广场", 85), ((6, 20), ["fire"], "农家乐集中片", 40),
                                      ((9, 19), ["quake"], "高观初级中学", 160), ((11, 9), ["fire"], "便民服务中心", 52)]:
        town.add("drill", held_on=town.on(*day), kinds=kinds, place=place, people=people)
    for i, day in enumerate(town.spread(24, (1, 9), (12, 20))):
        field, place, faults = [("project", "在建工地", ["临边防护缺失"]), ("danger", "烟花爆竹零售点", ["灭火器过期"]), ("road", "村道急弯", ["警示牌破损"]), ("fire", "农家乐", ["安全出口堆物"]),
                                ("building", "自建房", ["瓶装气与灶台同室"]), ("school", "学校食堂", [])][i % 6]
        hazards = [{"what": what, "serious": False, "fix_by": town.after(day, 10), "fixed_on": town.after(day, town.pick(2, 4, 7))} for what in faults] if i % 4 != 3 else None
        town.add("safety_inspection", held_on=day, field=field, place=place, village=town.pick(*town.villages), certified=True, hazards=hazards or None)
    banners, slogans, leaflets = town.share(19, 5, 2), town.share(25, 5, 3), [300, 180, 260, 220, 240]
    for i, (day, title, node, form, venue) in enumerate([
            ((3, 23), "安全生产进工地", None, "consult", "enterprise"), ((5, 11), "防灾减灾日宣传", "disaster_day", "board", "market"), ((6, 15), "安全生产月咨询", "safety_month", "consult", "market"),
            ((9, 21), "农忙用电和农机安全", None, "consult", "village"), ((11, 8), "消防日宣传", "fire_day", "board", "estate")]):
        town.add("publicity_event", held_on=town.on(*day), title=title, topics=["safety"], node=node, form=form, venue=venue, by=["volunteer"], people=town.pick(80, 110, 140),
                 villages=town.some_villages(2) if venue == "village" else None, organiser=town.units["应急管理岗"],
                 materials=[{"kind": "banner", "copies": banners[i]}, {"kind": "slogan", "copies": slogans[i]}, {"kind": "leaflet", "title": "安全生产宣传资料", "copies": leaflets[i]}])
    town.add("method", name="平安建设责任制", kind="mechanism", topic="safety", started_on=town.on(1, 16), author=who["office"],
             words="把重点项目、危化品和道路交通分到站所包片，查到的隐患当场开单、到期复看", effect="包片单按季对账")
    town.add("method", name="安全生产逢会必讲", kind="mechanism", topic="safety", started_on=town.on(2, 1), author=who["office"], words="党委会和村社干部会先讲一件身边的隐患，再议其他事项")


def publicity(town, who):
    code_books = [120, 150, 260, 180, 90, 200, 140, 110, 220, 130]
    booklets = [260, 240, 380, 300, 160, 340, 240, 220, 400, 260]
    assert sum(code_books) == 1600 and sum(booklets) == 2800
    rows = [((2, 22), "开春赶场送法", ["civil_code"], None, "consult", "market", ["aware", "volunteer"]), ((3, 15), "消费维权赶场咨询", ["consumer"], "consumer_day", "consult", "market", ["volunteer"]),
            ((5, 9), "民法典宣传月启动", ["civil_code"], "civil_month", "consult", "market", ["leader", "counsel"]), ((5, 25), "民法典院坝课", ["civil_code"], "civil_month", "lecture", "village", ["counsel"]),
            ((6, 7), "民营企业用工普法", ["labour"], None, "lecture", "enterprise", ["counsel"]), ((6, 26), "禁毒宣传日", ["drugs"], "drug_day", "consult", "market", ["leader", "volunteer"]),
            ((8, 24), "反诈骗院坝课", ["fraud"], None, "case", "village", ["volunteer"]), ((10, 18), "反邪教警示教育", ["cult"], None, "case", "village", ["officer"]),
            ((12, 4), "宪法宣传周启动", ["constitution"], "constitution_week", "consult", "market", ["leader", "counsel"]), ((12, 7), "宪法进学校", ["constitution"], "constitution_week", "lecture", "school", ["counsel"])]
    for i, (day, title, topics, node, form, venue, by) in enumerate(rows):
        goods = [{"kind": "code_book", "title": "《民法典》《宪法》宣传手册", "copies": code_books[i]}, {"kind": "booklet", "copies": booklets[i]}]
        if i % 3 == 0:
            goods.append({"kind": "van", "title": "流动回收垃圾宣传车巡回", "copies": 2})
        if i % 3 == 1:
            goods += [{"kind": "screen", "title": "露天大屏播放", "copies": 6}, {"kind": "post", "title": "公众号推送", "copies": 1}]
        if i % 3 == 2:
            goods.append({"kind": "poster", "copies": 12})
        town.add("publicity_event", held_on=town.on(*day), title=title, topics=topics, node=node, form=form, venue=venue, by=by, people=town.pick(90, 120, 160, 210),
                 villages=town.some_villages(2) if venue == "village" else None, organiser=town.units["司法所"], materials=goods)
    for unit, law in [("司法所", "《中华人民共和国民法典》"), ("派出所", "《中华人民共和国禁毒法》"), ("应急管理岗", "《中华人民共和国安全生产法》"), ("综合行政执法大队", "《中华人民共和国行政处罚法》"),
                      ("农业服务中心", "《中华人民共和国土地管理法》")]:
        town.add("publicity_duty", office=town.units[unit], law_name=law, audience="村（社区）居民", way="consult", listed_on=town.on(2, 16), due_on=town.on(12, 20), done_on=town.on(12, 8))
    for i in range(22):
        proposed = town.on(3 if i < 12 else 8, 3 + i % 12)
        town.add("model_household", state="recognised", household=town.person() + "户", village=(town.villages + town.communities)[i % 11], proposed_on=proposed,
                 checked_on=town.after(proposed, 12), recognised_on=town.after(proposed, 40), plaque=True)
    town.add("method", name="点题送法", kind="mechanism", topic="law_aware", started_on=town.on(3, 6), author=who["office"],
             words="先由示范户收集邻里想问的事，再按题目请法律顾问到院坝作答", effect="答不上的带回，书面回复到户")


def make(tree):
    town = Town("500229107", "高观镇", 2023, tree,
                ["党政办公室", "司法所", "平安建设办公室", "综合行政执法大队", "应急管理岗", "农业服务中心", "社区事务服务中心", "派出所", "规划建设岗", "财政办公室"],
                outline="work_summary", style="exact", document_number="高观府发〔2024〕2号", addressee="城口县人民政府", signer="陈示例", date="2024-01-12")
    web = "https://gaoguan.example.com"
    who = {"party": town.post("镇党委书记", main=True), "head": town.post("镇党委副书记、镇长", main=True), "deputy": town.post("镇党委委员、政法委员"),
           "office": town.post("党政办公室主任", "党政办公室"), "justice": town.post("司法所所长", "司法所", lawyer=True), "secrecy": town.post("党政办公室保密员", "党政办公室")}
    members = [who["head"], who["deputy"], town.post("副镇长"), town.post("镇人大主席"), town.post("镇纪委书记")]

    # Leadership and study
    overall = town.add("issued_document", title="《高观镇2023年工作计划》", kind="overall", topic="leadership", doc_no="高观府发〔2023〕1号", issued_on=town.on(1, 13))
    plan = town.add("issued_document", title="《高观镇2023年度普法计划》", kind="publicity", topic="publicity", doc_no="高观府发〔2023〕11号", issued_on=town.on(2, 15))
    town.add("superior_document", title="《2023年度城口县普法依法治理工作要点》", issuer="城口县普法主管机关", received_on=town.on(2, 3), response=plan)
    town.add("superior_document", title="《城口县2023年法治政府建设工作安排》", issuer="城口县法治政府建设主管机关", received_on=town.on(1, 10), response=overall)
    town.add("honour", name="“平安法治领域改革最佳实践案例”", work="四子工作法", kind="case", level="county", body="城口县", awarded_on=town.on(11, 16), outcome="won")
    for day, body, kind, texts, people in [
            ((2, 9), "party_group", "law", ["xi"], 11), ((6, 8), "party_group", "law", ["constitution"], 12), ((10, 26), "party_group", "law", ["xi", "first_person"], 12),
            ((3, 10), "branch", "law", ["civil_code"], 28), ((5, 19), "branch", "law", ["petition"], 26), ((7, 14), "staff", "law", ["penalty"], 39), ((9, 8), "staff", "law", ["safety"], 41),
            ((11, 10), "online", "law", ["constitution"], 43), ((4, 20), "leaders", "law", ["decision", "first_person"], 10), ((8, 17), "leaders", "law", ["petition"], 9)]:
        town.add("study_session", held_on=town.on(*day), body=body, kind=kind, texts=texts, people=people)
    town.add("exam", held_on=town.on(9, 22), kind="theory", should=43, took=43, passed=43)
    town.add("exam", held_on=town.on(9, 26), kind="theory", should=51, took=51, passed=51)
    for day, people in [((5, 30), 36), ((10, 31), 33)]:
        town.add("court_observation", held_on=town.on(*day), online=True, people=people)

    # Decisions and counsel
    counsel = town.add("counsel", name=town.person(), firm="重庆某律师事务所", serves="government", engaged_on="2023-01-04", ends_on="2024-12-31")
    for share in (town.villages[:5] + town.communities, town.villages[5:]):
        town.add("counsel", name=town.person(), firm="重庆某律师事务所", serves="village", villages=share, engaged_on="2023-01-04", ends_on="2024-12-31")
    acts.decision(town, who, counsel, "高观镇场镇农贸市场改造方案", "project", town.on(2, 21), "市场棚顶老化、占道经营多，拟分区搬迁、边改造边营业。", "规划建设岗", members, web,
                  technical=False, project=True, listening=("seminar", 22), opinions=(13, 9), assessor="平安建设办公室", evaluated=town.on(11, 14))
    for title, kind, host, day, amount, issues in [("农贸市场改造施工", "build", "规划建设岗", (7, 11), "680000.00", 4), ("场镇保洁服务", "service", "社区事务服务中心", (3, 7), "192000.00", 1),
                                                   ("宣传车辆运维", "service", "党政办公室", (5, 16), "26000.00", 0)]:
        acts.contract(town, who, counsel, title, kind, host, town.on(*day), amount, issues)
    acts.contract_in_review(town, who, counsel, "场镇公厕改造", "build", "规划建设岗", town.on(12, 25), "118000.00")

    # Grids, partners, methods
    for i, boards in enumerate(town.share(33, 23)):
        place = (town.villages + town.communities)[i % 11]
        town.add("grid", name=f"{town.names[place]}第{i // 11 + 1}网格", village=place, set_on=town.on(1, 9), boards=boards)
    places = town.villages + town.communities
    for share in (places[:4], places[4:8], places[8:]):
        town.add("village_partner", post=town.post("联系村检察官", since="2023-01-01"), kind="prosecutor", villages=share, from_on=town.on(1, 11))
    for place in places:
        town.add("village_partner", post=town.post("驻村辅警", "派出所", since="2023-01-01"), kind="police", villages=[place], from_on=town.on(1, 11))
    for name, kind, topic, day, words, effect in [
            ("四子工作法", "method", "grid", (1, 18), "由党委牵头、村社和网格一起办事，每件事写明谁来办、何时回话", "当年列为县级改革案例"),
            ("一体化治理智治平台", "platform", "grid", (2, 7), "网格员用渝快政上报事项，站所线上接单，办完由报事人评价", "一般事项不再靠打电话催办"),
            ("网格化+", "mechanism", "grid", (3, 2), "把基层党建、社会治理和群众说事放进网格，按“一长三员”分工，网格长每月在村里碰一次头", None),
            ("四治融合", "method", "dispute", (4, 6), "以党建引领、乡风文明、社会治理为抓手，能劝的请乡贤先劝，要断的请调解员来断，事后由网格员回看", None)]:
        town.add("method", name=name, kind=kind, topic=topic, started_on=town.on(*day), words=words, effect=effect, author=who["office"])

    # Disputes, receptions, petitions
    disputes(town)
    leaders = [who["party"], who["head"], who["deputy"], members[2], members[3]]
    days = town.spread(46, (1, 5), (12, 26))
    for i, (day, visitors) in enumerate(zip(days, town.share(362, 46, 3))):
        town.add("reception", held_on=day, kind="leader", leader=leaders[i % 5], village=town.pick(*places), visitors=visitors, matters=max(1, visitors // 3))
    for i, day in enumerate(town.spread(8, (2, 1), (10, 20))):
        accepted = town.after(day, 5)
        replied = town.later(accepted, 24 + i)
        files.petition(town, who["deputy"], i, day, accepted, replied, ["visit", "net", "phone", "transferred"][i % 4], ["support", "explain"][i % 2], ["pleased", "fair"][i % 2], review=i == 3)
    day = town.on(6, 8)
    town.add("petition", state="routed", reason="属于劳动争议，书面告知向劳动人事争议仲裁机构申请仲裁", received_on=day, channel="visit", contactable=True, people=1, person=town.someone(),
             claim="反映工地拖欠工钱，请求镇政府裁决。", kind="claim", route="statutory", told_on=town.after(day, 4), handler=who["deputy"], interested=False)
    day = town.on(12, 12)
    accepted = town.after(day, 5)
    town.add("petition", state="accepted", received_on=day, channel="net", contactable=True, people=1, person=town.someone(), claim="反映场镇公交站台漏雨，请求维修。", kind="claim", route="petition",
             told_on=accepted, accepted_on=accepted, handler=who["deputy"], interested=False)
    acts.zero(town, who, ["major_petition"], ["ledger", "county"], "与县信访主管部门核对，无重大信访事项。")
    acts.zero(town, who, ["trouble"], ["ledger", "police"], "与派出所核对，无肇事肇祸事件。")

    # Services in trust, safety, publicity
    for kind, n in (("assess", 5), ("meeting", 16), ("visit", 45)):
        for day in town.spread(n, (1, 6), (12, 22)):
            town.add("care_activity", held_on=day, kind=kind, times=1)
    town.rows["care_activity"].sort(key=lambda row: row["held_on"])
    safety(town, who)
    publicity(town, who)

    # The first responsible persons
    for day, person, title, kind, text, result, notable in [
            ((1, 13), "party", "镇党委书记", "deploy", "主持研究年度计划，把法治建设写进镇的总体安排", None, None),
            ((3, 2), "head", "镇长", "ask", "到村里看网格公示牌，问网格员报事以后多久有回音", "接单时限随后写进平台规则", True),
            ((5, 9), "head", "镇长", "deploy", "带队赶场讲民法典，把群众问得最多的彩礼和借款记回来", "两个题目排进后面的院坝课", True),
            ((7, 13), "party", "镇党委书记", "supervise", "查看平台上没有接单的事项，当场问到站所", "接单改为当日完成，过时的由办公室提醒", True),
            ((10, 16), "party", "镇党委书记", "supervise", "约谈隐患复看不到位的两个包片站所", None, None), ((12, 4), "head", "镇长", "coordinate", "召集司法所、学校和派出所商定宪法宣传周分工", None, None)]:
        town.add("leadership_act", held_on=town.on(*day), who=who[person], title=title, kind=kind, text=text, result=result, notable=notable)
    town.add("highlight", happened_on=town.on(8, 18), topic="reception", matter="两户为地边界争了半年", act="书记接访后同村社干部到地里丈量，按承包档案重新栽桩", chosen=True,
             result="双方在丈量图上签字，秋收各收各的", author=who["office"])
    acts.plan(town, who, [
        (("执法人员学法不够", "全年站所学法只有两次涉及执法，执法案例没有列入学习", "学法题目由办公室统一定，没有征求执法人员意见"),
         ("加强执法人员培训管理", "持证人员每季度学一次案卷，增加职业道德课，未取证的不单独执法", "综合行政执法大队", "12-20")),
        (("监督评估没有成形", "任务布置以后靠会议催办，办得如何没有统一的检查口径", "线索、反馈、评估分在几个站所，没有一张总表"),
         ("建立沟通反馈和评估机制", "把线索排查、结果反馈和评估并成一张表，按月通报办理情况", "平安建设办公室", "04-30")),
        (("普法形式比较单一", "活动多在场镇和赶场日，边远村社和外出务工人员很少听到", "没有按村排日程，也没有线上栏目"),
         ("改进普法方式", "增加普法经费，添置宣传设备，边远村社每年至少到一次，给外出务工人员开设线上答问", "司法所", "10-31")),
        (("法律顾问参与面窄", "顾问主要看决策和合同，制度文件和执法疑难很少送去", "送哪些事项没有写明"),
         ("写明送顾问审核的事项", "把重大决策、重大合同、重大执法和制度文件列入送审范围，年底统计送审情况", "党政办公室", "03-29"))])
    return town
