"""What a good report says of each part of the year's work: own sentences, no two of them alike."""

from .report import Piece
from .town import percent, split


def plain(text):
    return Piece(text)


def of(rng, *makers):
    """One of several wordings."""
    return rng.choice(makers)()


def rate(text, num, den, rate_text, **terms):
    return Piece(text, "rate", {"num": num, "den": den, "rate": rate_text}, terms)


def organisation(t):
    r = t.rng
    n = r.randint(3, 6)
    k = r.randint(2, n - 1)
    plan = f"《{t.place}{t.year}年度法治政府建设工作要点》"
    out = [of(r,
              lambda: plain(f"{t.party}、{t.office}把法治政府建设摆在全局工作的重要位置，与经济社会发展同部署、同推进、同考核。"),
              lambda: plain(f"{t.place}坚持把党的领导贯穿法治政府建设全过程，建立主要领导牵头抓总、分管领导具体负责、各站所协同推进的工作机制。"),
              lambda: plain(f"坚持高位推动，由党政主要负责人担任法治建设领导小组组长，{t.party}对法治建设的领导进一步加强。"))]
    out.append(of(r,
                  lambda: plain(f"年初印发{plan}，把年度任务分解为{r.randint(18, 42)}项具体措施，逐项明确责任单位和完成时限。"),
                  lambda: plain(f"研究制定{plan}，列出重点任务{r.randint(12, 30)}项，每项任务都有牵头领导、责任站所和时间表。"),
                  lambda: plain(f"对照上级考核细则，制定{plan}，明确工作任务{r.randint(15, 36)}项，实行台账管理、对账销号。")))
    s = f"{n}次"
    out.append(of(r,
                  lambda: Piece(f"全年召开法治建设专题会议{s}，其中听取专项汇报{k}次、研究具体问题{n - k}次。", "sum",
                                {"whole": s, "a": f"{k}次", "b": f"{n - k}次"}, {"whole": n, "a": k, "b": n - k, "unit": "次"}),
                  lambda: Piece(f"{t.party}全年专题研究法治建设工作{s}，其中党委会议{k}次、政府常务会议{n - k}次。".replace("党委会议", "党工委会议" if t.street else "党委会议").replace("政府常务会议", "主任办公会议" if t.street else "政府办公会议"), "sum",
                                {"whole": s, "a": f"{k}次", "b": f"{n - k}次"}, {"whole": n, "a": k, "b": n - k, "unit": "次"})))
    return out


def frequency(t):
    r = t.rng
    word, count = r.choice([("每季度", 4), ("每月", 12), ("每半年", 2), ("每两个月", 6)])
    what = r.choice(["矛盾纠纷分析研判会", "法治建设工作例会", "行政执法案件会商会"])
    return Piece(f"坚持{word}召开一次{what}，全年共召开{count}次。", "frequency",
                 {"count": f"共召开{count}次"}, {"count": count})


def study(t):
    r = t.rng
    total = r.randint(14, 30)
    a, b, c = split(r, total, 3, 2)
    people = r.randint(62, 148)
    passed = people - r.choice([0, 0, 1, 2, 3])
    value = percent(passed, people)
    out = [of(r,
              lambda: plain(f"制定年度学法计划，把习近平法治思想列为{t.party}理论学习中心组学习、会前学法和干部教育培训的必学内容。"),
              lambda: plain("落实领导干部应知应会法律法规清单制度，推动领导干部带头学法、依法决策、依法办事。"),
              lambda: plain("完善领导干部学法用法制度，将宪法、民法典、行政处罚法等列入年度必学书目。"))]
    out.append(Piece(
        of(r,
           lambda: f"全年组织集中学法{total}次，其中会前学法{a}次、中心组专题学法{b}次、法治讲座{c}次。",
           lambda: f"{t.year}年共开展学法活动{total}次，其中会前学法{a}次、集体学法{b}次、专题辅导{c}次。",
           lambda: f"全年安排领导班子学法{total}次，包括会前学法{a}次、专题学习{b}次和旁听庭审{c}次。"),
        "sum", {"whole": f"{total}次", "a": f"{a}次", "b": f"{b}次", "c": f"{c}次"},
        {"whole": total, "a": a, "b": b, "c": c, "unit": "次"}))
    rest = people - passed
    tail = f"，未通过的{rest}人已完成补考" if rest else ""
    out.append(rate(
        of(r,
           lambda: f"年度学法考试应考{people}人，合格{passed}人，合格率{value}{tail}。",
           lambda: f"国家工作人员学法用法考试参考{people}人，合格{passed}人，合格率为{value}{tail}。"),
        f"合格{passed}人", f"{people}人", value, n=passed, d=people, unit="人"))
    return out


def decision(t):
    r = t.rng
    n = r.randint(3, 7)
    total = r.randint(24, 96)
    a, b, c = split(r, total, 3, 2)
    out = [of(r,
              lambda: plain("严格执行重大行政决策程序，公众参与、专家论证、风险评估、合法性审查和集体讨论决定一项不漏。"),
              lambda: plain("修订重大行政决策工作规则，明确决策事项范围和责任追究办法，决策过程全程留痕、立卷归档。"),
              lambda: plain("把合法性审查作为重大决策、合同签订、文件印发的前置程序，未经审查或者审查不合格的不提交会议讨论。"))]
    out.append(of(r,
                  lambda: Piece(f"全年作出重大行政决策{n}项，均履行了法定程序并按期归档。", "count", {"count": f"{n}项"}, {"n": n, "unit": "项"}),
                  lambda: Piece(f"年内列入目录的重大行政决策事项{n}项，均已按程序完成审议。", "count", {"count": f"{n}项"}, {"n": n, "unit": "项"})))
    out.append(Piece(
        of(r,
           lambda: f"全年合法性审查各类文件{total}件，其中合同{a}件、行政决定{b}件、{t.covenant}{c}件。",
           lambda: f"司法所全年开展合法性审查{total}件，其中合同协议{a}件、涉法事务{b}件、制度文件{c}件。"),
        "sum", {"whole": f"{total}件", "a": f"{a}件", "b": f"{b}件", "c": f"{c}件"},
        {"whole": total, "a": a, "b": b, "c": c, "unit": "件"}))
    return out


def adviser(t):
    r = t.rng
    x = r.randint(1, 3)
    y = r.randint(9, 48)
    visits = t.villages * r.choice([2, 4, 6])
    return [
        of(r,
           lambda: plain(f"聘请{x}名执业律师担任{t.office}法律顾问，全年出具法律意见书{y}份。"),
           lambda: plain(f"{t.office}与律师事务所续签法律顾问合同，{x}名律师参与重要事务研究，提出书面法律意见{y}条。")),
        of(r,
           lambda: Piece(f"辖区{t.villages}{t.units}均与律师签订法律顾问协议，律师全年到村服务{visits}次。".replace("到村", "到社区" if t.street else "到村"), "villages",
                         {"villages": f"{t.villages}{t.units}"}, {"n": t.villages}),
           lambda: Piece(f"为{t.villages}{t.units}配备法律顾问，全年提供上门服务{visits}次。", "villages",
                         {"villages": f"{t.villages}{t.units}"}, {"n": t.villages}))]


def enforcement(t):
    r = t.rng
    staff = r.randint(9, 26)
    licensed = staff - r.choice([0, 1, 2, 3])
    value = percent(licensed, staff)
    rest = staff - licensed
    tail = f"，其余{rest}名正在参加资格培训" if rest else ""
    checks = r.randint(46, 230)
    found = r.randint(20, 90)
    fixed = found - r.choice([0, 1, 2])
    left = found - fixed
    end = f"，另有{left}个正在限期整改" if left else ""
    cases = r.randint(6, 28)
    a, b = split(r, cases, 2, 2)
    out = [of(r,
              lambda: plain("全面落实行政执法公示、执法全过程记录、重大执法决定法制审核制度，做到执法有据、程序合法、裁量得当。"),
              lambda: plain("围绕自然资源、城乡建设、应急管理等领域承接的执法事项，编制执法流程图和文书范本，统一执法标准。"),
              lambda: plain("推行柔性执法和说理式文书，落实涉企行政检查备案管理，减少对市场主体正常经营的干扰。"))]
    out.append(rate(f"综合行政执法队伍现有人员{staff}名，持有行政执法证{licensed}名，持证率{value}{tail}。",
                    f"持有行政执法证{licensed}名", f"人员{staff}名", value, n=licensed, d=staff, unit="名"))
    out.append(rate(
        of(r,
           lambda: f"全年开展执法检查{checks}次，发现问题{found}个，督促整改{fixed}个，整改率{percent(fixed, found)}{end}。",
           lambda: f"组织日常巡查和联合检查{checks}次，排查隐患{found}个，完成整改{fixed}个，整改率达{percent(fixed, found)}{end}。"),
        f"整改{fixed}个", f"{found}个", percent(fixed, found), n=fixed, d=found, unit="个"))
    out.append(Piece(f"办理行政处罚案件{cases}件，其中简易程序案件{a}件、普通程序案件{b}件，均在法定期限内办结。", "sum",
                     {"whole": f"{cases}件", "a": f"{a}件", "b": f"{b}件"},
                     {"whole": cases, "a": a, "b": b, "unit": "件"}))
    return out


def supervision(t):
    r = t.rng
    n = r.randint(8, 30)
    bad = r.randint(2, 7)
    days = r.choice([3, 4, 5])
    return [of(r,
               lambda: plain(f"健全行政执法监督机制，组织执法案卷自查，抽查案卷{n}卷，指出瑕疵{bad}处，已逐一补正。"),
               lambda: plain(f"开展执法案卷评查，评查案卷{n}卷，发现文书不规范问题{bad}个，均已改正。")),
            of(r,
               lambda: plain(f"安排执法人员参加业务培训{days}期，重点学习行政处罚法、行政强制法和裁量基准。"),
               lambda: plain(f"举办执法业务讲评会{days}次，以案卷为教材讲程序、讲证据、讲文书。"))]


def publicity(t):
    r = t.rng
    total = r.randint(28, 90)
    a, b, c = split(r, total, 3, 4)
    sheets = r.randint(12, 96) * 100
    people = r.randint(20, 88) * 100
    out = [of(r,
              lambda: plain("制定普法责任清单，落实“谁执法谁普法”责任制，推动普法融入执法、调解和服务全过程。"),
              lambda: plain("抓住民法典宣传月、宪法宣传周等节点，综合运用文艺演出、以案释法、网络直播等形式开展普法。"),
              lambda: plain("坚持线上线下同步发力，在集市、学校、企业设立普法点，用群众听得懂的语言讲解法律知识。"))]
    out.append(Piece(
        of(r,
           lambda: f"全年开展法治宣传活动{total}场，其中进乡村{a}场、进校园{b}场、进企业{c}场。".replace("进乡村", "进社区" if t.street else "进乡村"),
           lambda: f"共举办普法活动{total}场，其中集中宣传{a}场、法治讲座{b}场、院坝会{c}场。".replace("院坝会", "楼栋会" if t.street else "院坝会")),
        "sum", {"whole": f"{total}场", "a": f"{a}场", "b": f"{b}场", "c": f"{c}场"},
        {"whole": total, "a": a, "b": b, "c": c, "unit": "场"}))
    out.append(of(r,
                  lambda: Piece(f"发放宣传资料{sheets}余份，现场接受群众咨询{people}余人次。", "approx",
                                {"approx": f"{sheets}余份", "other": f"{people}余人次"}, {"n": sheets, "unit": "份"}),
                  lambda: Piece(f"派发普法读本和折页{sheets}余份，受教育群众{people}余人次。", "approx",
                                {"approx": f"{sheets}余份", "other": f"{people}余人次"}, {"n": sheets, "unit": "份"})))
    return out


def aware(t):
    r = t.rng
    per = r.choice([2, 3, 4])
    total = per * t.villages
    n = r.randint(2, 5)
    return [of(r,
               lambda: plain(f"培育“法律明白人”{total}名，平均每个{t.unit}有{per}名，举办专题培训{n}期。"),
               lambda: plain(f"组织“法律明白人”轮训{n}期，参训{total}名，结业后颁发证书。")),
            of(r,
               lambda: plain(f"新建法治文化阵地{r.randint(2, 6)}处，累计评选学法用法示范户{r.randint(21, 66)}户。"),
               lambda: plain(f"创建民主法治示范点{r.randint(2, 5)}个，更新法治宣传栏{r.randint(12, 48)}块。"))]


def disputes(t):
    r = t.rng
    d = r.randint(86, 268)
    done = d - r.randint(1, 6)
    value = percent(done, d)
    total = r.randint(11, 40)
    out = [of(r,
              lambda: plain("坚持和发展新时代“枫桥经验”，完善网格排查、分级调处、跟踪回访的闭环机制，把矛盾解决在基层。"),
              lambda: plain("发挥综治中心作用，整合司法所、派出所、人民法庭力量，实行矛盾纠纷一个口子受理、分流办理。"),
              lambda: plain("健全人民调解、行政调解、司法调解联动机制，努力做到小事不出村、大事不出镇、矛盾不上交。".replace("村、大事不出镇", {"镇": "村、大事不出镇", "乡": "村、大事不出乡", "街道": "社区、大事不出街道"}[t.kind])))]
    out.append(rate(
        of(r,
           lambda: f"全年排查矛盾纠纷{d}件，化解{done}件，化解率{value}，其余{d - done}件正在调处。",
           lambda: f"各级调委会全年受理矛盾纠纷{d}件，调解成功{done}件，调解成功率{value}，未达成协议的{d - done}件已引导通过诉讼解决。"),
        f"{done}件", f"{d}件", value, n=done, d=d, unit="件"))
    out.append(of(r,
                  lambda: Piece(f"现有人民调解员{total + t.villages}名，其中专职{t.villages}名、兼职{total}名。", "sum",
                        {"whole": f"{total + t.villages}名", "a": f"{t.villages}名", "b": f"{total}名"},
                        {"whole": total + t.villages, "a": t.villages, "b": total, "unit": "名"}),
                  lambda: plain(f"组织人民调解员业务培训{r.randint(2, 5)}场，参训{total + t.villages}人次。")))
    return out


def petition(t):
    r = t.rng
    n = r.randint(24, 110)
    done = n - r.randint(0, 4)
    value = percent(done, n)
    left = n - done
    tail = f"，余下{left}件在规定期限内办理" if left else ""
    return [of(r,
               lambda: plain(f"领导干部全年接待来访群众{r.randint(30, 160)}人次，对重点信访事项实行领导包案。"),
               lambda: plain(f"落实领导干部接访下访制度，全年接访{r.randint(30, 160)}人次，面对面听取诉求。")),
            rate(of(r,
                    lambda: f"全年受理群众信访事项{n}件，按期办结{done}件，按期办结率{value}{tail}。",
                    lambda: f"承办政务服务便民热线工单{n}件，按时办结{done}件，办结率{value}{tail}。"),
                 f"办结{done}件", f"{n}件", value, n=done, d=n, unit="件"),
            plain(of(r,
                     lambda: "全年未发生因行政决策不当引发的群体性事件。",
                     lambda: "全年无行政复议被撤销案件，无行政诉讼败诉案件。"))]


def openness(t):
    r = t.rng
    n = r.randint(90, 380)
    a, b, c = split(r, n, 3, 10)
    k = r.randint(2, 12)
    return [Piece(f"全年主动公开政府信息{n}条，其中政策文件{a}条、财政信息{b}条、民生信息{c}条。", "sum",
                  {"whole": f"{n}条", "a": f"{a}条", "b": f"{b}条", "c": f"{c}条"},
                  {"whole": n, "a": a, "b": b, "c": c, "unit": "条"}),
            of(r,
               lambda: Piece(f"收到政府信息公开申请{k}件，均在法定期限内答复。", "count", {"count": f"{k}件"}, {"n": k, "unit": "件"}),
               lambda: Piece(f"办理依申请公开事项{k}件，均按期答复申请人。", "count", {"count": f"{k}件"}, {"n": k, "unit": "件"}))]


def service(t):
    r = t.rng
    items = r.randint(64, 150)
    windows = r.randint(4, 9)
    return [of(r,
               lambda: plain(f"便民服务中心进驻事项{items}项，设置综合窗口{windows}个，实行首问负责和一次性告知。"),
               lambda: plain(f"梳理公布政务服务事项{items}项，开设综合窗口{windows}个，推行帮办代办。")),
            of(r,
               lambda: plain(f"全年办理各类业务{r.randint(31, 98) * 100}余件，网上办理{r.randint(9, 30) * 100}余件。"),
               lambda: plain(f"帮办代办队伍为老年人、残疾人上门服务{r.randint(40, 190)}次。"))]


def legal_service(t):
    r = t.rng
    return [of(r,
               lambda: plain(f"公共法律服务工作站接待群众{r.randint(18, 62) * 10}余人次，代写法律文书{r.randint(8, 36)}份。"),
               lambda: plain(f"公共法律服务工作站全年解答法律咨询{r.randint(18, 62) * 10}余人次，引导申请法律援助{r.randint(4, 22)}件。")),
            of(r,
               lambda: plain(f"联合律师事务所为{r.randint(6, 20)}家企业开展法治体检，提示经营风险{r.randint(20, 60)}条。"),
               lambda: plain(f"为农民工追讨工资提供法律帮助{r.randint(3, 15)}件，涉及{r.randint(20, 80)}人。"))]


def normative(t):
    r = t.rng
    n = r.randint(5, 14)
    a, b = split(r, n, 2, 1)
    return [Piece(f"开展行政规范性文件清理，清理文件{n}件，其中继续有效{a}件、予以废止{b}件，清理结果已向社会公布。", "sum",
                  {"whole": f"{n}件", "a": f"{a}件", "b": f"{b}件"}, {"whole": n, "a": a, "b": b, "unit": "件"}),
            plain(of(r,
                     lambda: "规范性文件的起草、审核、公布、备案均按规定程序办理，做到有件必备、有错必纠。",
                     lambda: "建立文件印发前审核登记制度，防止以一般文件设定减损群众权利的内容。"))]
