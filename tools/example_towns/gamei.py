"""嘎美乡 2024: publicity by topic, brand and village; four confirmed zeros."""
from . import acts
from .town import Town


def publicity(town, who):
    """52 events on five topics, 47 of the brand, 9 on the street: 108."""
    brand = town.add("method", name="“嘎美普法行”", kind="brand", topic="publicity", started_on=town.on(1, 8), words="到村居用藏汉双语讲身边事", author=who["justice"])

    def event(day, title, topic, form, venue, by, node=None, campaign=None, villages=None, leaflets=None):
        town.add("publicity_event", held_on=day, title=title, topics=[topic], node=node, campaign=campaign, form=form, venue=venue, villages=villages, by=by, people=town.pick(24, 32, 40, 55, 68),
                 organiser=town.units["司法所"], materials=[{"kind": "leaflet", "title": "双语宣传单", "copies": leaflets}] if leaflets else None)

    topics = [("consumer", 6, (3, 11), (3, 29), "消费者权益保护法宣传", "consumer_day"), ("security", 14, (4, 8), (5, 17), "国家安全教育宣传", "security_day"), ("drugs", 11, (6, 10), (7, 5), "禁毒宣传日宣传", "drug_day"),
              ("constitution", 5, (12, 2), (12, 13), "宪法宣传", "constitution_week"), ("civil_code", 5, (5, 6), (5, 31), "民法典宣传", "civil_month"), ("general_law", 2, (8, 5), (9, 20), "法律法规政策宣传", None),
              ("cult", 4, (7, 8), (10, 30), "防邪教宣传", None), ("fraud", 5, (2, 19), (11, 22), "防诈骗宣传", None)]
    for topic, n, first, last, title, node in topics:
        for i, day in enumerate(town.spread(n, first, last)):
            venue = ["office", "school", "market", "village"][i % 4]
            event(day, title, topic, "board" if venue == "market" else "lecture" if i % 6 == 0 else "consult", venue, [town.pick("volunteer", "volunteer", "aware", "officer")], node=node, leaflets=town.pick(20, 30, 40),
                  villages=town.some_villages(1) if venue == "village" else None)
    subjects = ["rural", "family", "environment", "traffic"]
    for i, day in enumerate(town.spread(47, (1, 10), (12, 20))):
        village = town.villages[i % 18]
        micro = i < 18
        event(day, f"嘎美普法行进{town.names[village]}", subjects[i % 4], "micro" if micro else "consult", "village", ["resident", "committee"] if i % 2 == 0 or i >= 18 else ["resident"],
              campaign=brand, villages=[village], leaflets=town.pick(15, 20, 25))
    for i, day in enumerate(town.spread(9, (2, 26), (11, 29))):
        event(day, "法治宣传一条街集中宣传", ["labour", "land", "petition"][i % 3], "board", "street", ["volunteer"], leaflets=40)
    town.rows["publicity_event"].sort(key=lambda row: row["held_on"])


def make(tree):
    town = Town("540626209", "嘎美乡", 2024, tree,
                ["党政综合办公室", "司法所", "综合执法队", "社会治理和应急管理办公室", "经济发展办公室", "农牧综合服务中心", "便民服务中心", "派出所", "财政所"],
                outline="four_part", style="exact", document_number="嘎政发〔2025〕4号", addressee="索县人民政府", signer="扎示例", date="2025-01-10")
    web = "https://gamei.example.com"
    since = "2022-07-01"
    who = {"party": town.post("乡党委书记", main=True, since=since), "head": town.post("乡党委副书记、乡长", main=True, since=since), "deputy": town.post("乡党委委员、政法委员", since=since),
           "office": town.post("党政综合办公室主任", "党政综合办公室", since=since), "justice": town.post("司法所所长", "司法所", lawyer=True, since=since),
           "secrecy": town.post("党政综合办公室保密员", "党政综合办公室", since=since)}
    members = [who["head"], who["deputy"], town.post("副乡长", since=since), town.post("乡人大主席", since=since), town.post("乡纪委书记", since=since)]

    # Leadership and study
    for month, day, form, text in [(1, 18, "party", "年度法治建设工作要点"), (4, 11, "joint", "合法性审查制度和送审范围"), (7, 11, "party", "上半年进展和规范性文件清理"), (11, 14, "joint", "宪法宣传周和年度考试安排")]:
        town.add("meeting", held_on=town.on(month, day), form=form, topics=["law"], people=town.pick(9, 10, 11), text=text)
    town.add("meeting", held_on=town.on(5, 21), form="party", topics=["decision"], people=9, text="牧道硬化项目实施方案")
    overall = town.add("issued_document", title="《嘎美乡2024年经济和社会发展工作安排》", kind="overall", topic="leadership", doc_no="嘎政发〔2024〕3号", issued_on=town.on(1, 16))
    points = town.add("issued_document", title="《嘎美乡2024年度法治建设工作要点》", kind="year", topic="leadership", doc_no="嘎委发〔2024〕9号", issued_on=town.on(2, 20))
    for title, kind, topic, number, day in [
            ("《嘎美乡2024年法治宣传教育工作计划》", "publicity", "publicity", "嘎政发〔2024〕11号", (3, 4)), ("《嘎美乡重大行政决策合法性审查制度》", "rule", "legality_review", "嘎政发〔2024〕18号", (4, 22)),
            ("《行政执法公示制》", "rule", "supervision", "嘎政发〔2024〕21号", (5, 13)), ("《行政执法过错责任追究制》", "rule", "supervision", "嘎政发〔2024〕22号", (5, 13)),
            ("《嘎美乡全面清理行政规范性文件清理工作方案》", "scheme", "normative_document", "嘎政发〔2024〕27号", (7, 15)), ("《嘎美乡重大事项集体讨论决定规则》", "rule", "major_decision", "嘎委发〔2024〕16号", (4, 25))]:
        town.add("issued_document", title=title, kind=kind, topic=topic, doc_no=number, issued_on=town.on(*day))
    town.add("superior_document", title="《索县2024年全面依法治县工作要点》", issuer="中共索县委员会全面依法治县委员会", received_on=town.on(2, 6), response=points)
    town.add("superior_document", title="《索县2024年经济社会发展安排》", issuer="索县人民政府", received_on=town.on(1, 9), response=overall)
    for day, body, texts, people in [((2, 28), "leaders", ["xi"], 9), ((5, 15), "leaders", ["xi", "civil_code"], 10), ((8, 21), "leaders", ["decision"], 9), ((11, 20), "leaders", ["xi", "constitution"], 10),
                                     ((3, 20), "staff", ["xi"], 38), ((9, 11), "staff", ["penalty", "reconsideration"], 36)]:
        town.add("study_session", held_on=town.on(*day), body=body, kind="law", texts=texts, people=people)
    for day, title in [((4, 17), "执法知识更新"), ((10, 23), "民法典和行政复议法讲座")]:
        town.add("training", held_on=town.on(*day), title=title, audience="cadres", mode=["class"], people=town.pick(35, 37))
    town.add("exam", held_on=town.on(11, 26), kind="use", should=41, took=41, passed=41)
    town.add("exam", held_on=town.on(12, 5), kind="constitution", should=33, took=33, passed=33)
    town.add("satisfaction_survey", held_on=town.on(11, 28), subject="justice", asked=90, pleased=84)

    # Decision, clean-up, supervision
    counsel = town.add("counsel", name=town.person(), firm="西藏某律师事务所", serves="government", engaged_on="2024-01-02", ends_on="2025-12-31")
    acts.decision(town, who, counsel, "嘎美乡牧道硬化项目实施方案", "project", town.on(3, 5), "先硬化坡陡和易滑的两段，避开转场时节施工，弃土不入河道。", "经济发展办公室", members, web,
                  technical=True, project=True, listening=("visit", 29), opinions=(11, 8), assessor="社会治理和应急管理办公室")
    acts.begun_decision(town, who, "嘎美乡畜产品交易点建设方案", "project", town.on(11, 5), town.on(12, 11), "设在岔路口空地，摊位向各村牧户开放，不限定收购方。", "农牧综合服务中心", ("visit", 21),
                        economic=True, competition=town.on(12, 4))
    town.add("method", name="决策先过三道关", kind="mechanism", topic="legality_review", started_on=town.on(4, 22), author=who["office"],
             words="对送审事项先看由谁审查、审什么、按什么程序审，再交法律顾问，执行中的法律问题随时送问", effect="送审登记与会议议题一一对应")
    town.add("method", name="执法公示和过错追究", kind="mechanism", topic="supervision", started_on=town.on(5, 13), author=who["office"],
             words="公示执法主体、依据和结果，执法权限写到岗位，办错的按过错追究")
    town.add("method", name="法律服务实体平台", kind="platform", topic="legal_service", started_on=town.on(2, 26), author=who["justice"],
             words="乡政府、司法所和村（居）都设接待点，能答的当场答，需要援助的帮助备齐材料转到县里")
    on = town.on(9, 5)
    acts.published_list(town, who, "document_cleanup", "嘎美乡规范性文件清理结果", on, f"{web}/cleanup", name="2024年行政规范性文件全面清理", theme="periodic", finished_on=on,
                        items=[{"title": title, "result": result} for title, result in [("嘎美乡草场纠纷处理办法", "amend"), ("嘎美乡村级公益林管护办法", "keep"), ("嘎美乡冬春值守补助办法", "repeal"), ("嘎美乡环境卫生管理办法", "keep")]])
    on = town.on(9, 12)
    acts.published_list(town, who, "document_cleanup", "嘎美乡涉及民法典的规范性文件清理结果", on, f"{web}/cleanup-civil-code", name="民法典涉及规范性文件清理", theme="civil_code", finished_on=on,
                        items=[{"title": "嘎美乡草场租赁登记办法", "result": "amend"}, {"title": "嘎美乡村民借用公物办法", "result": "lapse"}])
    town.add("supervision", held_on=town.on(10, 29), kind="inspect", by="own", notes="对照公示制核对执法主体、依据和文书样式")
    acts.zero(town, who, ["decision_mass", "illegal_mass"], ["ledger", "police", "villages"], "与派出所和各村核对，无此类事件。")
    acts.zero(town, who, ["litigation", "reconsideration"], ["ledger", "court", "county"], "与县人民法院、县司法局核对，无以本乡为被告或者被申请人的案件。")

    # Publicity, mediators, services
    publicity(town, who)
    for unit, law in [("司法所", "《中华人民共和国宪法》"), ("派出所", "《中华人民共和国禁毒法》"), ("综合执法队", "《中华人民共和国草原法》"), ("农牧综合服务中心", "《中华人民共和国动物防疫法》")]:
        town.add("publicity_duty", office=town.units[unit], law_name=law, audience="农牧民", way="consult", listed_on=town.on(3, 4), due_on=town.on(12, 20), done_on=town.on(12, 13))
    committee = town.add("mediation_committee", name="嘎美乡人民调解委员会", level="town", founded_on="2012-05-01", members=5, women=2)
    for i in range(5):
        town.add("mediator", name=town.person(), level="town", full_time=True if i < 2 else None, committee=committee, appointed_on="2023-03-01", trained_on="2023-04-10")
    for village in town.villages:
        for i in range(2):
            town.add("law_aware_person", name=town.person(), village=village, origin=["cadre", "member"][i], leader=True if i == 0 else None, recognised_on="2022-09-15", certificate=True, badge=True)
    for day in [(4, 24), (9, 25)]:
        town.add("training", held_on=town.on(*day), title="村级法律明白人和法治带头人培训", audience="aware", mode=["class"], people=36)
    for day in town.spread(36, (1, 9), (12, 24)):
        town.add("legal_service_visit", held_on=day, kind=town.pick("consult", "consult", "draft", "mediate"), channel=town.pick("counter", "village", "phone"), persons=town.pick(1, 1, 2), village=town.pick(*town.villages),
                 first=who["justice"])
    for day, special, matter in [((4, 9), "migrant", "追索劳务报酬"), ((7, 16), "women", "离婚后子女抚养"), ((10, 15), "old", "追索赡养费")]:
        day = town.on(*day)
        town.add("legal_aid_referral", received_on=day, applicant=town.someone(), matter=matter, special=special, passed_on=town.after(day, 1), arrived_on=town.after(day, 3), decided_on=town.after(day, 6), approved=True, assigned_on=town.after(day, 7))
    day = town.on(12, 25)  # still with the county when the year ends
    town.add("legal_aid_referral", received_on=day, applicant=town.someone(), matter="交通事故人身损害赔偿", special="disabled", passed_on=town.after(day, 1), arrived_on=town.after(day, 3))

    # The first responsible persons
    for day, person, title, kind, text, result, notable in [
            ((1, 18), "party", "乡党委书记", "deploy", "主持党委会定下年度工作要点和分工", None, None),
            ((4, 11), "head", "乡长", "ask", "听取送审情况，问清哪些事项没有经过审查", "送审范围写进审查制度", True),
            ((6, 13), "head", "乡长", "research", "到两个村看牧道现场，听牧户说转场的时间", "施工避开了转场时节", True),
            ((9, 12), "party", "乡党委书记", "supervise", "督办规范性文件清理，与法律不一致的逐件处理", "清理结果已经公布", True),
            ((12, 2), "party", "乡党委书记", "deploy", "部署宪法宣传周和宪法知识测试", None, None)]:
        town.add("leadership_act", held_on=town.on(*day), who=who[person], title=title, kind=kind, text=text, result=result, notable=notable)
    acts.plan(town, who, [
        (("专职力量不足", "司法所人员兼着值班和下村，业务生疏的事项要等县里答复", "编制少，进村路远，培训多在县上"),
         ("完善干部学法和考核", "每季度一次法治讲座，学法和依法办事情况作为考核任用的依据", "党政综合办公室", "12-20")),
        (("普法不够均衡", "个别单位当作任务来办，活动后没有记录", "普法计划没有写到单位和月份"),
         ("按单位和月份排普法日程", "结合节点逐月安排，面向农牧民开展咨询解答，办完登记受众和问题", "司法所", "11-30")),
        (("普法质量还需提高", "进村场次多，讲的内容相近，听后会不会用没有问过", "点多面广，题目由人少的司法所临时定"),
         ("先问后讲、讲后回访", "进村前由村里报题目，讲完一个月内回访听众，答错多的题目再讲一次", "司法所", "10-31")),
        (("决策中的法律服务偏后", "法律顾问多在方案成形后才看到材料", "没有写明什么时候送法律顾问"),
         ("把法律顾问用到决策全过程", "对重大工程、经济项目和投资先作法律风险评估，再论证、审查、讨论，执行中的问题及时送问", "社会治理和应急管理办公室", "06-30"))])
    return town
