"""商家镇 2023: a report of words; its two figures are a zero and a full coverage."""
from . import acts, files
from .town import Town


def make(tree):
    town = Town("370306104", "商家镇", 2023, tree,
                ["党政办公室", "司法所", "综合行政执法办公室", "社会治安综合治理服务中心", "经济发展办公室", "乡村规划建设监督管理办公室", "农业综合服务中心", "应急管理办公室",
                 "派出所", "市场监督管理所", "财政所", "便民服务中心"],
                outline="four_part", style="exact", document_number="商政发〔2024〕3号", addressee="周村区人民政府", signer="孙示例", date="2024-01-18")
    web = "https://shangjia.example.com"
    who = {"party": town.post("镇党委书记", main=True), "head": town.post("镇党委副书记、镇长", main=True), "deputy": town.post("镇党委委员、政法委员"),
           "office": town.post("党政办公室主任", "党政办公室"), "justice": town.post("司法所所长", "司法所", lawyer=True),
           "secrecy": town.post("党政办公室保密员", "党政办公室"), "enforcement": town.post("综合行政执法办公室主任", "综合行政执法办公室")}
    members = [who["head"], who["deputy"], town.post("副镇长"), town.post("镇人大主席"), who["enforcement"]]

    # Leadership
    for month, day, form in [(1, 17, "party"), (4, 12, "team"), (7, 13, "party"), (10, 19, "team")]:
        town.add("meeting", held_on=town.on(month, day), form=form, topics=["law"], people=town.pick(9, 10, 11),
                 text={1: "年度工作计划和重点任务清单", 4: "合法性审查的范围和送审时限", 7: "上半年任务清单落实情况", 10: "年底前补齐的事项和述法安排"}[month])
    for month, topic in [(3, "decision"), (6, "peace"), (9, "decision")]:
        town.add("meeting", held_on=town.on(month, 21), form="party", topics=[topic], people=10,
                 text={3: "集中供水管网改造方案", 6: "治安防控和校园周边巡逻", 9: "农产品冷链仓选址方案"}[month])
    for title, kind, topic, number, day, ends in [
            ("《商家镇2023年法治政府建设工作计划》", "year", "leadership", "商政发〔2023〕6号", (1, 31), None),
            ("《商家镇法治政府建设重点任务清单》", "task", "task", "商政发〔2023〕7号", (2, 3), None),
            ("《商家镇党政主要负责人法治建设职责清单》", "duty", "first_person", "商发〔2023〕4号", (2, 8), None),
            ("《商家镇机关职能和岗位职责分工》", "duty", "leadership", "商政发〔2023〕9号", (2, 21), None),
            ("《商家镇“八五”普法责任清单（2023年）》", "publicity", "publicity", "商普法办〔2023〕1号", (3, 1), None),
            ("《商家镇合法性审查工作流程》", "rule", "legality_review", "商政发〔2023〕14号", (4, 18), None),
            ("《商家镇党委会议事规则》", "rule", "major_decision", "商发〔2023〕11号", (5, 16), None)]:
        town.add("issued_document", title=title, kind=kind, topic=topic, doc_no=number, issued_on=town.on(*day), ends_on=ends)
    acts.tasks(town, [
        ("建立合法性审查台账", "司法所", (5, 31), "台账建成，送审事项逐件登记"),
        ("完成规范性文件清理", "司法所", (8, 31), "清理结果已公布"),
        ("排定机关学法日程", "党政办公室", (3, 31), "学法日程随周计划印发"),
        ("校准站所岗位职责", "党政办公室", (4, 28), "职责分工印发并上墙"),
        ("开展执法普法", "综合行政执法办公室", (11, 30), "执法检查同步讲法，留有记录"),
        ("压缩便民事项材料", "便民服务中心", (9, 28), "可共享的材料不再要求提交"),
        ("在人流密集处普法", "司法所", (12, 15), "学校、小区、集市均已到过"),
        ("组织群众满意度测评", "党政办公室", (12, 20), "测评结果提交班子会")], town.on(2, 6))
    town.add("satisfaction_survey", held_on=town.on(12, 18), subject="government", asked=150, pleased=141)
    town.add("honour", name="法治政府建设示范镇", work="合法性审查全流程登记", kind="demo", level="county", body="中共周村区委全面依法治区委员会办公室",
             awarded_on=town.on(9, 12), outcome="applied")
    for name, topic, day, words, effect in [
            ("一件事一次办", "leadership", (3, 9), "把开办小店、申请宅基地等事项的材料并成一张单子，由便民服务中心统一收件", "缺件当场一次说清"),
            ("站所派单", "leadership", (4, 3), "按职责分工把法治任务派到站所，交办、答复和逾期都记在同一张单上", None),
            ("校园周边联巡", "dispute", (3, 20), "派出所、综治中心和学校按放学时段分段值守，发现争执当场劝开", None),
            ("执法审查报备", "supervision", (5, 8), "出动前核对依据，办结后核对文书，卷宗按月交司法所抽看", None),
            ("送审先编号", "legality_review", (4, 20), "送审事项先编号再流转，未附审查意见的不上会、不用印", None)]:
        town.add("method", name=name, kind="mechanism", topic=topic, started_on=town.on(*day), words=words, effect=effect, author=who["office"])

    # Study
    for i, (day, body, kind, texts, people) in enumerate([
            ((2, 15), "party_group", "law", ["xi"], 12), ((5, 17), "party_group", "law", ["xi", "constitution"], 12),
            ((8, 16), "party_group", "law", ["xi", "decision"], 11), ((11, 15), "party_group", "law", ["xi", "first_person"], 12),
            ((3, 8), "leaders", "law", ["xi", "first_person"], 10), ((6, 14), "leaders", "law", ["decision", "openness"], 10), ((9, 13), "leaders", "law", ["reconsideration"], 9),
            ((3, 22), "department", "law", ["penalty"], 14), ((7, 19), "department", "law", ["penalty", "safety"], 13), ((10, 25), "department", "law", ["petition"], 15),
            ((4, 19), "staff", "integrity", None, 46), ((7, 26), "staff", "integrity", None, 44), ((10, 18), "staff", "integrity", None, 47),
            ((5, 24), "branch", "discipline", ["discipline"], 31), ((9, 20), "branch", "discipline", ["discipline"], 29)]):
        town.add("study_session", held_on=town.on(*day), body=body, kind=kind, texts=texts, people=people, lecturer="法律顾问" if i in (7, 8) else None)
    for day, title in [((4, 26), "行政合同签订中的常见风险"), ((9, 27), "行政复议法修改要点和案例")]:
        town.add("training", held_on=town.on(*day), title=title, audience="cadres", mode=["class"], people=town.pick(38, 41, 43))

    # Decisions, documents, reviews
    counsel = town.add("counsel", name=town.person(), firm="山东某律师事务所", serves="government", engaged_on="2023-01-09", ends_on="2025-01-08")
    water, cold = "商家镇村级集中供水管网改造方案", "商家镇农产品冷链仓选址方案"
    directory = acts.directory(town, who, "2023-01-03", "2023-01-05", "2023-01-10", [(water, "农业综合服务中心", "2023-06-30"), (cold, "经济发展办公室", "2023-11-30")], web)
    acts.decision(town, who, counsel, water, "project", town.on(1, 12), "旧管网漏损较多，拟分两期更换主管和入户管，施工期按片区轮流供水。",
                  "农业综合服务中心", members, web, technical=True, project=True, listening=("seminar", 26), opinions=(17, 11), assessor="社会治安综合治理服务中心",
                  evaluated=town.on(11, 8), directory=directory)
    acts.decision(town, who, counsel, cold, "project", town.on(6, 20), "在三处备选地块中比选，避开村庄上风向和学校，运输车辆不穿村。",
                  "经济发展办公室", members, web, technical=True, project=True, listening=("visit", 34), opinions=(9, 6), assessor="应急管理办公室", directory=directory)
    acts.begun_decision(town, who, "商家镇老年助餐点布局方案", "policy", town.on(11, 14), town.on(12, 12), "按村庄人口和现有幸福院分布设点，送餐到户的先试两个村。", "便民服务中心", ("visit", 18))
    acts.normative(town, who, counsel, "商家镇村级小型工程管理办法", town.on(3, 14), "乡村规划建设监督管理办公室", web, "2028-12-31")
    acts.published_list(town, who, "document_cleanup", "商家镇规范性文件清理结果", town.on(8, 9), f"{web}/cleanup", name="2023年规范性文件清理", theme="periodic",
                        finished_on=town.on(8, 9), items=[{"title": title, "result": result} for title, result in [
                            ("商家镇集体资产出租管理规定", "keep"), ("商家镇道路养护考核办法", "keep"), ("商家镇秸秆禁烧奖惩办法", "repeal"), ("商家镇集市管理办法", "amend"),
                            ("商家镇村务公开实施细则", "keep"), ("商家镇小型水利设施管护办法", "lapse")]])
    for i, (title, kind, host, day, amount, issues) in enumerate([
            ("便民服务大厅物业服务", "service", "便民服务中心", (2, 14), "86000.00", 0), ("供水管网改造监理", "build", "农业综合服务中心", (5, 9), "148000.00", 3),
            ("镇区道路清扫保洁", "service", "乡村规划建设监督管理办公室", (6, 6), "320000.00", 2), ("办公设备采购", "buy", "财政所", (8, 22), "47600.00", 0),
            ("冷链仓地块测绘", "service", "经济发展办公室", (10, 11), "39000.00", 1), ("普法宣传品制作", "buy", "司法所", (11, 7), "18500.00", 0)]):
        acts.contract(town, who, counsel, title, kind, host, town.on(*day), amount, issues)
    acts.contract_in_review(town, who, counsel, "镇区路灯维护", "service", "乡村规划建设监督管理办公室", town.on(12, 26), "54000.00")
    for village, day in zip(town.some_villages(3), [(5, 18), (6, 15), (9, 14)]):
        acts.village_rule(town, who, counsel, village, town.on(*day))
    files.info_request(town, who, "net", town.on(9, 6), "供水管网改造的停水安排", "商家镇供水管网改造分片停水安排")
    acts.zero(town, who, ["decision_trouble"], ["ledger", "police", "villages"], "两件重大行政决策公布以后，未接到由此引起的纠纷和舆情。")
    town.add("supervision", held_on=town.on(11, 22), kind="inspect", by="own", notes="抽看检查记录，要求文书日期与现场一致")

    # Publicity
    for unit, law in [("综合行政执法办公室", "《中华人民共和国行政处罚法》"), ("司法所", "《中华人民共和国民法典》"), ("派出所", "《中华人民共和国治安管理处罚法》"),
                      ("应急管理办公室", "《中华人民共和国安全生产法》"), ("市场监督管理所", "《中华人民共和国消费者权益保护法》"), ("农业综合服务中心", "《中华人民共和国农产品质量安全法》")]:
        town.add("publicity_duty", office=town.units[unit], law_name=law, audience="村民和经营户", way="consult", listed_on=town.on(3, 1), due_on=town.on(12, 15),
                 done_on=town.on(12, 4))
    materials = lambda books, leaflets: [{"kind": "booklet", "title": "法律问答小册子", "copies": books}, {"kind": "leaflet", "copies": leaflets}]
    for title, day, topics, node, form, venue, place, by, people, goods in [
            ("开学法治课", (2, 24), ["traffic"], None, "lecture", "school", "范阳中学", ["counsel"], 160, materials(120, 160)),
            ("集市消费维权咨询", (3, 15), ["consumer"], "consumer_day", "consult", "market", "商家大集", ["counsel", "volunteer"], 140, materials(90, 200)),
            ("国家安全教育日宣传", (4, 14), ["security"], "security_day", "board", "estate", "文昌嘉苑", ["volunteer"], 120, materials(80, 150)),
            ("执法现场讲安全生产法", (4, 27), ["safety"], None, "case", "enterprise", "沿街商户", ["officer"], 36, None),
            ("民法典宣传月进集市", (5, 12), ["civil_code"], "civil_month", "consult", "market", "商家大集", ["counsel", "volunteer"], 180, materials(150, 260)),
            ("民法典宣传月进小区", (5, 23), ["civil_code"], "civil_month", "consult", "estate", "文昌嘉苑", ["counsel"], 110, materials(100, 120)),
            ("执法现场讲市容和占道", (6, 8), ["other"], None, "case", "market", "商家大集", ["officer"], 42, None),
            ("安全生产月进村", (6, 16), ["safety"], "safety_month", "board", "village", None, ["volunteer"], 95, [{"kind": "booklet", "title": "安全用电用气小册子", "copies": 60}]),
            ("禁毒宣传进学校", (6, 26), ["drugs"], "drug_day", "lecture", "school", "范阳中学", ["officer"], 210, materials(150, 210)),
            ("执法现场讲燃气安全", (8, 10), ["safety"], None, "case", "enterprise", "餐饮门店", ["officer"], 28, None),
            ("反诈骗进集市", (9, 5), ["fraud"], None, "consult", "market", "商家大集", ["officer", "volunteer"], 150, materials(80, 240)),
            ("执法现场讲秸秆禁烧", (10, 10), ["environment"], None, "case", "village", None, ["officer"], 33, None),
            ("国家宪法日宣传", (12, 4), ["constitution"], "constitution_week", "consult", "market", "商家大集", ["counsel", "volunteer"], 200, materials(140, 260)),
            ("宪法进校园", (12, 6), ["constitution"], "constitution_week", "lecture", "school", "范阳中学", ["counsel"], 180, materials(120, 180))]:
        town.add("publicity_event", held_on=town.on(*day), title=title, topics=topics, node=node, form=form, venue=venue, place=place, by=by, people=people,
                 villages=town.some_villages(2) if venue == "village" else None, organiser=town.units["综合行政执法办公室" if "officer" in by and form == "case" else "司法所"],
                 materials=goods)

    # The first responsible persons
    for day, person, title, kind, text, result, notable in [
            ((1, 17), "party", "镇党委书记", "deploy", "主持党委会研究法治政府建设，把任务清单排到站所和月份", None, None),
            ((3, 14), "head", "镇长", "research", "到农业综合服务中心查看供水方案的起草，要求把轮流供水的时段写进方案", "方案按片区列出停水时段后公开征求意见", True),
            ((4, 20), "head", "镇长", "supervise", "查看送审登记，退回一件没有附依据的合同", "该合同补齐材料后重新送审", None),
            ((7, 13), "party", "镇党委书记", "ask", "听取上半年任务清单的进展，逐项问到责任站所", "落后的一项在八月补上", True),
            ((9, 15), "head", "镇长", "coordinate", "召集执法、市场监管和应急三家商定集市检查的分工", "同一摊点不再由几家分头上门", True),
            ((12, 21), "party", "镇党委书记", "deploy", "安排年终述法和下年普法清单", None, None)]:
        town.add("leadership_act", held_on=town.on(*day), who=who[person], title=title, kind=kind, text=text, result=result, notable=notable)
    for person, form in [("party", "meeting"), ("head", "meeting"), ("deputy", "written")]:
        town.add("law_report", who=who[person], form=form, reported_on=town.on(12, 27), comment="述法内容与台账一致")
    town.add("highlight", happened_on=town.on(3, 20), topic="major_decision", matter="供水管网改造要分片停水，养殖户担心影响牲畜饮水", chosen=True,
             act="方案按养殖户的意见把停水改在夜间，并备了送水车", result="施工期间没有因停水发生争执", author=who["office"])
    acts.plan(town, who, [
        (("理论学习不够系统", "机关学法多随会议安排，站所自学没有记录", "学法日程没有排到站所，学完也没有检查"),
         ("排定站所学法日程", "每季度安排一次站所学法，年底抽查学习记录", "党政办公室", "03-29")),
        (("培训方式偏于讲授", "全年干部培训以集中听课为主，没有安排案例演练", "课程由讲师自定，没有先问执法人员缺什么"),
         ("按案例组织执法培训", "先收集执法中的疑难问题，再请区司法局按案卷讲解，并安排一次实操", "综合行政执法办公室", "09-30")),
        (("普法还有盲区", "商事主体只在检查时听到讲法，没有专门安排", "年度普法清单按部门列，没有按对象列"),
         ("把商户列为普法对象", "在普法清单中单列商户，每季度到沿街门店讲一次", "司法所", "11-29")),
        (("亮点做法没有沉淀", "送审登记等做法停留在口头，外镇来问时拿不出文本", "做法由个人经手，没有整理成制度"),
         ("整理示范创建材料", "把合法性审查登记和执法报备的做法写成制度，按示范创建标准自查一遍", "党政办公室", "06-28"))])
    return town
