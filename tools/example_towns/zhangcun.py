"""张村镇 2023: mediators, screening rounds and mediations; study by the party group."""
from . import acts, files
from .town import Town


def make(tree):
    town = Town("411381109", "张村镇", 2023, tree,
                ["党政办公室", "司法所", "综合行政执法大队", "平安建设办公室", "经济发展办公室", "乡村建设服务中心", "农业农村服务中心", "派出所", "自然资源所", "纪检监察办公室", "便民服务中心"],
                outline="responsible_first", style="exact", document_number="张政〔2024〕25号", addressee="邓州市人民政府", signer="李示例", date="2024-03-08")
    web = "https://zhangcun.example.com"
    who = {"party": town.post("镇党委书记", main=True), "head": town.post("镇党委副书记、镇长", main=True), "deputy": town.post("镇党委委员、政法委员"),
           "office": town.post("党政办公室主任", "党政办公室"), "justice": town.post("司法所所长", "司法所", lawyer=True),
           "secrecy": town.post("党政办公室保密员", "党政办公室"), "enforcement": town.post("综合行政执法大队队长", "综合行政执法大队")}
    members = [who["head"], who["deputy"], town.post("副镇长"), town.post("镇人大主席"), town.post("镇纪委书记", "纪检监察办公室")]

    # Leadership
    for name, number, day in [("张村镇法治政府建设工作领导小组", "张文〔2023〕8号", (2, 9)), ("张村镇《民法典》宣传小组", "张文〔2023〕19号", (4, 25))]:
        town.add("group", name=name, doc_no=number, set_up_on=town.on(*day),
                 members=[{"who": who["party"], "duty": "head"}, {"who": who["head"], "duty": "head"}, {"who": who["deputy"], "duty": "deputy"},
                          {"who": who["justice"], "duty": "member"}, {"who": who["enforcement"], "duty": "member"}])
    for month, day, form, text in [(2, 9, "party", "领导小组组成和年度计划"), (5, 18, "team", "示范创建的具体举措"), (8, 10, "party", "权责清单两单融合"), (11, 9, "group", "全年任务落实和述法安排")]:
        town.add("meeting", held_on=town.on(month, day), form=form, topics=["law"], people=town.pick(10, 12, 13), text=text)
    town.add("meeting", held_on=town.on(3, 2), form="topic", topics=["central"], people=26, text="把法治任务和项目建设、乡村建设排在同一张进度表上")
    for title, kind, topic, number, day in [
            ("《张村镇2023年经济社会发展工作计划》", "overall", "leadership", "张政〔2023〕2号", (1, 30)), ("《张村镇2023年法治建设年度计划》", "year", "leadership", "张政〔2023〕9号", (2, 14)),
            ("《张村镇领导干部集体学法制度》", "rule", "study", "张政〔2023〕12号", (2, 27)), ("《2023年张村镇领导干部及公务员学法计划》", "study", "study", "张政〔2023〕13号", (2, 28)),
            ("《张村镇领导干部述法制度》", "rule", "first_person", "张政〔2023〕14号", (3, 6)), ("《张村镇2023年普法规划》", "publicity", "publicity", "张政〔2023〕17号", (3, 20)),
            ("《张村镇行政执法责任制实施办法》", "rule", "supervision", "张政〔2023〕26号", (5, 22))]:
        town.add("issued_document", title=title, kind=kind, topic=topic, doc_no=number, issued_on=town.on(*day))
    town.add("honour", name="法治政府建设示范乡镇", work="村级调解与法律服务", kind="demo", level="city", body="中共邓州市委全面依法治市委员会办公室", awarded_on=town.on(6, 15), outcome="applied")
    town.add("method", name="考察先看学法", kind="mechanism", topic="leadership", started_on=town.on(4, 3), author=who["office"],
             words="干部考察时先核学法记录和依法办事情况，材料不齐的补齐再议")
    town.add("method", name="一村一张服务表", kind="mechanism", topic="counsel", started_on=town.on(3, 13), author=who["office"],
             words="把法律顾问、调解员和法律明白人的电话印在一张表上，贴到村部和集中居住点", effect="村民按表找人，答不了的由司法所接着办")

    # Study
    for i, (day, body, kind, texts, people) in enumerate([
            ((2, 21), "party_group", "law", ["licence"], 13), ((5, 23), "party_group", "law", ["civil_code"], 13), ((8, 22), "party_group", "law", ["decision"], 12), ((11, 21), "party_group", "law", ["constitution"], 13),
            ((3, 16), "staff", "integrity", ["discipline"], 62), ((6, 13), "staff", "integrity", ["discipline"], 58), ((9, 14), "staff", "integrity", ["discipline"], 64), ((12, 7), "staff", "integrity", ["discipline"], 60),
            ((4, 13), "leaders", "law", ["licence"], 11), ((7, 20), "leaders", "law", ["civil_code"], 11), ((10, 24), "leaders", "law", ["first_person"], 10)]):
        town.add("study_session", held_on=town.on(*day), body=body, kind=kind, texts=texts, people=people)

    # Decision and lists
    counsel = town.add("counsel", name=town.person(), firm="河南某律师事务所", serves="government", engaged_on="2023-01-03", ends_on="2024-12-31")
    for i in range(3):
        town.add("counsel", name=town.person(), firm="河南某律师事务所", serves="village", villages=town.villages[i::3], engaged_on="2023-01-03", ends_on="2024-12-31")
    acts.decision(town, who, counsel, "张村镇农村生活污水治理项目实施方案", "project", town.on(4, 6), "按村庄连片程度分三种方式处理，先建管网后接户，池体避开水源井。", "乡村建设服务中心", members, web,
                  technical=True, project=True, listening=("visit", 41), opinions=(21, 14), assessor="平安建设办公室", evaluated=town.on(12, 5))
    acts.begun_decision(town, who, "张村镇集镇停车和农贸摊位布局方案", "policy", town.on(11, 20), town.on(12, 14), "按集日和平日分时划区，让出学校和卫生院门口。", "乡村建设服务中心", ("seminar", 24))
    files.info_request(town, who, "post", town.on(10, 11), "污水治理项目的施工公告", "张村镇污水治理项目施工公告")
    files.info_request(town, who, "desk", town.on(12, 20), "村级公益事业奖补的分配结果", "", open_=True)
    basis = "国务院部门规章和省定清单"
    power = [("宅基地建房审批", "乡村建设服务中心"), ("乡村建设规划许可", "乡村建设服务中心"), ("农村土地承包合同管理", "农业农村服务中心"), ("临时救助审核", "便民服务中心"), ("最低生活保障初审", "便民服务中心"),
             ("特困供养初审", "便民服务中心"), ("生育登记", "便民服务中心"), ("林木采伐审核", "农业农村服务中心"), ("违法建设查处", "综合行政执法大队"), ("占道经营查处", "综合行政执法大队"),
             ("土地权属争议调解", "自然资源所"), ("公共设施移动审核", "乡村建设服务中心")]
    duty = [("法治宣传教育", "司法所"), ("人民调解指导", "司法所"), ("法律援助初审转交", "司法所"), ("矛盾纠纷排查", "平安建设办公室"), ("安全生产巡查", "经济发展办公室"), ("耕地保护巡查", "自然资源所"),
            ("村务公开监督", "纪检监察办公室"), ("防汛抗旱组织", "农业农村服务中心"), ("动物防疫组织", "农业农村服务中心"), ("政府信息公开", "党政办公室"), ("信访事项办理", "平安建设办公室"),
            ("统计调查组织", "经济发展办公室"), ("档案管理", "党政办公室"), ("防灾避险转移", "平安建设办公室")]
    for name, kind, items in [("张村镇权力清单", "power", power), ("张村镇责任清单", "duty", duty)]:
        adopted = town.on(8, 15)
        acts.published_list(town, who, "power_list", name, adopted, f"{web}/lists/{kind}", name=name, list=kind, adopted_on=adopted,
                            items=[{"item": item, "basis": basis, "unit": town.units[unit]} for item, unit in items])
    town.add("method", name="两单融合", kind="mechanism", topic="power", started_on=town.on(8, 10), author=who["office"],
             words="把权力清单和责任清单逐项对起来，一项权力写明一项责任和承办站所", effect="清单在门户网站公开，变动的事项随时改")

    town.add("method", name="执法责任到岗", kind="mechanism", topic="supervision", started_on=town.on(5, 22), author=who["office"],
             words="把执法权限、流程和追责写到岗位，办错的按岗位倒查")

    # Mediators, rounds, mediations
    places = town.villages + town.communities
    town_committee = town.add("mediation_committee", name="张村镇人民调解委员会", level="town", founded_on="2011-03-01", members=5, women=1)
    committees = {place: town.add("mediation_committee", name=f"{town.names[place]}人民调解委员会", level="village", village=place, founded_on="2011-03-01", elected_on="2021-03-10", members=3, women=1)
                  for place in places}
    for i in range(5):
        town.add("mediator", name=town.person(), level="town", full_time=i < 2 or None, committee=town_committee, appointed_on="2021-03-15", trained_on="2021-04-20")
    at_village = {}
    for place in places:
        at_village[place] = [town.add("mediator", name=town.person(), level="village", village=place, committee=committees[place], appointed_on="2021-03-15", trained_on="2021-04-21") for _ in range(2)]
    for place in town.villages:
        for i in range(5):
            town.add("law_aware_person", name=town.person(), village=place, origin=["cadre", "member", "women", "mediator", "group"][i], leader=True if i == 0 else None, recognised_on="2022-06-15",
                     certificate=True, badge=True)
    kinds = ["neighbour"] * 8 + ["marriage"] * 5 + ["land"] * 5 + ["house"] * 4 + ["contract"] * 3 + ["compensation"] * 3 + ["traffic"] * 2
    for i, day in enumerate(town.spread(73, (1, 5), (12, 15))):  # a written agreement in every fourth, two of them confirmed by the court
        place = places[i % len(places)]
        pair = at_village[place]
        round_key = town.add("screening", held_on=day, way="village", villages=[place], people=town.pick(2, 3, 4))
        accepted = town.after(day, 1)
        held = town.after(accepted, town.pick(1, 2, 4))
        kind = town.pick(*kinds)
        town.add("dispute", found_on=day, origin="screening", round=round_key, kind=kind, village=place,
                 **files.mediated(town, kind, place, committees[place], pair[:1 + i % 2], accepted, held, written=i % 4 == 1, confirmed=i in (21, 45)))
    town.add("training", held_on=town.on(3, 28), title="人民调解文书和回访", audience="mediators", mode=["class"], people=57)
    for day in town.spread(110, (1, 5), (12, 25)):
        town.add("legal_service_visit", held_on=day, kind="consult", channel=town.pick("counter", "counter", "phone", "village"), persons=1, village=town.pick(*places), first=who["justice"])

    # Publicity
    brand = town.add("method", name="“乡村振兴，法治同行”", kind="brand", topic="publicity", started_on=town.on(3, 7), words="按村里的农事和集日安排普法，先问后讲", author=who["justice"])
    for day, title, topics, node, form, venue, by, campaign, people in [
            ((3, 7), "乡村振兴，法治同行启动", ["rural"], None, "consult", "market", ["counsel", "volunteer"], brand, 160), ((3, 23), "防范电信诈骗进村", ["fraud"], None, "consult", "village", ["volunteer"], None, 90),
            ((4, 14), "国家安全日宣传", ["security"], "security_day", "board", "market", ["volunteer"], None, 130), ((4, 27), "土地流转合同讲座", ["rural", "land"], None, "lecture", "village", ["counsel"], brand, 70),
            ((5, 10), "民法典与生活同行进村", ["civil_code"], "civil_month", "lecture", "village", ["counsel"], None, 85), ((5, 17), "民法典与生活同行进校", ["civil_code"], "civil_month", "lecture", "school", ["counsel"], None, 180),
            ((5, 26), "民法典集市咨询", ["civil_code"], "civil_month", "consult", "market", ["counsel", "aware"], None, 150), ((6, 27), "禁毒宣传", ["drugs"], "drug_day", "board", "market", ["officer"], None, 120),
            ((7, 18), "防范电信诈骗进校", ["fraud"], None, "lecture", "school", ["officer"], None, 150), ((8, 16), "村干部合同课", ["rural"], None, "lecture", "village", ["counsel"], brand, 48),
            ((9, 12), "防范电信诈骗赶集", ["fraud"], None, "consult", "market", ["officer", "volunteer"], None, 140), ((10, 17), "农资维权咨询", ["consumer"], None, "consult", "market", ["volunteer"], brand, 110),
            ((11, 15), "婚姻家庭讲座", ["family", "civil_code"], None, "lecture", "village", ["aware"], None, 66), ((12, 4), "国家宪法日宣传", ["constitution"], "constitution_week", "consult", "market", ["counsel", "volunteer"], None, 170)]:
        town.add("publicity_event", held_on=town.on(*day), title=title, topics=topics, node=node, campaign=campaign, form=form, venue=venue, by=by, people=people,
                 villages=town.some_villages(2) if venue == "village" else None, organiser=town.units["司法所"])
    for unit, law in [("司法所", "《中华人民共和国民法典》"), ("派出所", "《中华人民共和国反电信网络诈骗法》"), ("综合行政执法大队", "《中华人民共和国行政处罚法》"), ("自然资源所", "《中华人民共和国土地管理法》"),
                      ("平安建设办公室", "《信访工作条例》")]:
        town.add("publicity_duty", office=town.units[unit], law_name=law, audience="村（社区）居民", way="consult", listed_on=town.on(3, 20), due_on=town.on(12, 20), done_on=town.on(12, 12))

    # The first responsible persons
    for day, person, title, kind, text, result, notable in [
            ((2, 9), "party", "镇党委书记", "deploy", "任领导小组组长，主持定下年度计划和各站所分工", None, None),
            ((3, 13), "head", "镇长", "coordinate", "召集司法所和法律顾问按村排班", "服务表当月贴到各村村部", True),
            ((5, 22), "head", "镇长", "ask", "查看执法责任制文稿，问清每个岗位管什么、错了怎么追", "岗位责任写进办法", True),
            ((8, 10), "party", "镇党委书记", "supervise", "督办权责清单融合，对不上的事项逐项退回站所核实", "两张清单同日公开", True),
            ((9, 20), "head", "镇长", "supervise", "过一遍调解回访记录，要求回访写明是否履行", None, None), ((11, 9), "party", "镇党委书记", "deploy", "部署班子成员年终述法", None, None)]:
        town.add("leadership_act", held_on=town.on(*day), who=who[person], title=title, kind=kind, text=text, result=result, notable=notable)
    for person, form in [("party", "meeting"), ("head", "meeting"), ("deputy", "meeting")]:
        town.add("law_report", who=who[person], form=form, reported_on=town.on(12, 26))
    acts.plan(town, who, [
        (("执法和法律知识不均衡", "站所之间学法次数差得多，执法人员多由其他岗位转来", "学法计划按会议排，没有按岗位排"),
         ("检查述法和学法制度执行", "年终述法前先核各人学法记录，述法后逐人点评", "党政办公室", "12-25")),
        (("重大决策程序还不够完善", "污水项目以外的重大事项没有列入目录，公众从哪里提意见不清楚", "年初没有编制决策目录"),
         ("编制决策目录并公开提意见渠道", "年初公布重大行政决策目录，按规定公示、听证，在网站和村部设提意见的地方，合法性审查没有通过的不提交讨论", "党政办公室", "03-31")),
        (("执法程序不够规范", "抽看检查记录，有的没有写明告知事项", "文书样式没有统一，检查完没人核对"),
         ("组织执法实践演练", "按检查、取证、告知三步各练一次，练完当场核对文书", "综合行政执法大队", "09-30")),
        (("基层执法经验不足", "执法范围宽、专业性强，队员兼着站所工作", "编制分散，没有固定的执法岗位"),
         ("落实执法人员专职", "执法队员不再兼任其他站所岗位，新进人员跟班三个月", "综合行政执法大队", "06-30"))])
    return town
