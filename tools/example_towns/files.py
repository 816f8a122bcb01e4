"""Whole files of single matters: mediations with their papers, petitions, requests for information, penalties from the filing to the archive.

Papers of one kind are shared by the matters of a town, so that the folder stays small; each says that it is a sample.
"""
SHARED = "同类事项共用本示例文本。"

DISPUTES = {
    "neighbour": ("邻里", ["两户因院墙滴水和排水沟走向发生争执", "因通道堆放柴草影响通行发生争执", "因栽树遮光和树枝过界发生争执"]),
    "marriage": ("婚姻家庭", ["夫妻因家务开支和照看老人发生争执", "兄弟因赡养费分担意见不一", "因彩礼返还数额意见不一"]),
    "land": ("山林土地", ["两户对承包地界桩位置各执一词", "因夏灌放水先后发生争执", "因田埂加宽占用邻田发生争执"]),
    "house": ("房屋宅基地", ["因翻建房屋滴檐越界发生争执", "因宅基地四至记载不清发生争执"]),
    "contract": ("合同", ["因土地流转租金支付时间发生争执", "因农机作业费用结算发生争执"]),
    "wages": ("劳动争议", ["因临时用工的工钱结算发生争执"]),
    "compensation": ("损害赔偿", ["因牲畜啃食青苗的赔偿数额发生争执", "因施工碰坏围墙的修复发生争执"]),
    "traffic": ("道路交通事故", ["两车村道剐蹭，因修车费用发生争执"]),
    "consumer": ("消费", ["因农资质量和退换发生争执"]),
    "business": ("生产经营", ["两家商户因摊位位置发生争执"]),
    "other": ("其他", ["因公用机井的维修分摊发生争执"]),
}


def parties(town, village):
    """Both sides, under masked names; nobody is meant."""
    return [{"name": town.someone(), "address": f"{town.names[village]}（示例）"} for _ in range(2)]


def mediated(town, kind, village, committee, mediators, accepted, held, written, visit=12, done=None, begun="own", confirmed=False, **parts):
    """What a mediation by a committee leaves behind, from the acceptance to the visit. `held`: the session; `done`: the agreement."""
    label, facts = DISPUTES[kind]
    done = done or held
    visited = town.later(done, visit)
    record = town.paper(f"人民调解笔录（{label}）", f"调解员告知权利义务，听取双方陈述，释明法律规定，劝导协商，双方自愿达成协议。{SHARED}")
    seen = town.paper("人民调解回访记录", f"到户询问协议履行情况，双方均无异议。{SHARED}")
    fields = dict(
        committee=committee, mediators=mediators, accepted_on=accepted, begun_by=begun, refused=False, parties=parties(town, village), facts=town.extra.choice(facts) + "，经排查登记后自愿接受调解。",
        concluded_on=done, result="written" if written else "oral", effective_on=done,
        agreement=town.paper(f"人民调解协议书（{label}）", f"双方当事人、争议事项、各自责任、协议内容和履行期限；双方签名，调解员签名并盖调委会印章。{SHARED}") if written else None,
        parts={"session": [{"held_on": held, "place": f"{town.names[village]}调解室", "record": record}], **parts,
               "visit": [{"visited_on": visited, "performed": "full", "paper": seen}]})
    fields.update(terms=f"双方就{label}的争议各让一步，按调解现场核对的结果处理，互不再追究。", performance="能当场履行的当场履行；其余十五日内办完，由网格员见证。")
    if written:
        fields.update(responsibility="双方事前都没有核对清楚，各自承担因此多出的费用。")
    if confirmed:
        asked = town.later(done, 10)
        fields.update(confirm_asked_on=asked, confirmed_on=town.later(asked, 9))
    # The dossier is filed once the agreement was seen performed.
    fields["state"] = "closed" if visited <= f"{town.year}-12-25" else "settled"
    return fields


def under_mediation(town, kind, village, committee, mediators, found, **fields):
    """A dispute in hand at the end of the year: accepted, one session held, no agreement yet."""
    label, facts = DISPUTES[kind]
    accepted = town.after(found, 1)
    record = town.paper(f"人民调解笔录（{label}，第一次）", f"双方陈述各自主张，约定补交材料后再调。{SHARED}")
    return town.add("dispute", state="accepted", found_on=found, kind=kind, village=village, committee=committee, mediators=mediators, accepted_on=accepted, begun_by="application",
                    refused=False, parties=parties(town, village), facts=facts[0] + "，一方申请调解，另一方同意。",
                    parts={"session": [{"held_on": town.after(accepted, 2), "place": f"{town.names[village]}调解室", "record": record}]}, **fields)


CLAIMS = ["反映村内排水沟淤堵，请求清理", "反映机耕道路面破损，请求修补", "请求核实低保待遇的审核进度", "反映养殖气味扰民，请求处理", "请求说明土地流转租金的发放时间", "反映饮用水水压不足，请求处理",
          "请求协调通村客车停靠点", "反映路灯损坏，请求维修"]


def petition(town, handler, i, received, accepted, replied, channel, view, satisfied, review=False):
    """A petition in the petition procedure: told and accepted, replied to, ended once nobody can ask for more."""
    parts = None
    ended = town.later(replied, 34)
    if review:
        asked = town.later(replied, 12)
        decided = town.later(asked, 20)
        parts = {"review": [{"stage": "review", "asked_on": asked, "decided_on": decided, "upheld": True}]}
        ended = town.later(decided, 34)
    over = ended <= f"{town.year}-12-29"
    town.add("petition", state="final" if over else "replied", received_on=received, channel=channel, contactable=True, people=1, person=town.someone(), claim=CLAIMS[i % len(CLAIMS)] + "。",
             kind="claim", route="petition", told_on=accepted, accepted_on=accepted, handler=handler, interested=False, replied_on=replied, view=view, satisfied=satisfied,
             ended_on=ended if over else None, parts=parts)


def info_request(town, who, channel, received, wanted, text_title, corrected=None, days=9, open_=False):
    """A request for information: judged before release by a second person, answered; or still within its twenty days."""
    fields = dict(channel=channel, applicant=town.someone(), contact="示例地址和电话", description=f"申请公开{wanted}。", received_on=received)
    if open_:
        town.add("info_request", state="received", **fields)
        return
    start = received
    if corrected:
        told, until, start = corrected
        fields.update(correct_told_on=told, correct_until=until, corrected_on=start)
    text = town.paper(text_title, f"可以公开的{wanted}。")
    town.add("info_request", state="answered", handled_by=who["office"], conclusion="public", reviewed_text=text, reviewed_by=who["secrecy"], reviewed_on=town.after(start, days - 3),
             answered_on=town.after(start, days), answer="open", answer_text=text, answer_paper=town.paper(f"政府信息公开申请答复书（{wanted}）", "予以公开，随附文本；不服的救济途径和期限已经写明。"), **fields)


class Case:
    """A penalty case being put together, on what an inspection found."""

    def __init__(self, town, who, item, title, party_kind, party, facts, officers, filed, discovered, ended, source, inspection=None):
        self.town, self.who, self.title, self.officers = town, who, title, officers
        self.parts = {}
        self.fields = dict(procedure="general", item=item, source_kind=source, inspection=inspection, party_kind=party_kind, party=party, facts=facts, act_ended_on=ended,
                           discovered_on=discovered, filed_on=filed, officers=officers)

    def paper(self, name, text=""):
        return self.town.paper(f"{self.title}案{name}", text)

    def evidence(self, *rows):
        self.parts["evidence"] = [{"taken_on": day, "kind": kind, "officers": self.officers, "paper": self.paper(name)} for day, kind, name in rows]

    def correction(self, ordered, by, done=None):
        row = {"ordered_on": ordered, "correct_by": by, "corrected_on": done, "paper": self.paper("责令改正通知书")}
        self.parts["correction"] = [{name: value for name, value in row.items() if value}]

    def notice(self, served, proposed, fine, content):
        self.fields.update(proposed=proposed, proposed_fine=fine)
        self.parts["notice"] = [{"served_on": served, "content": content, "hearing_right": False, "days": 5, "paper": self.paper("行政处罚事先告知书"), "receipt": self.paper("事先告知书送达回证")}]

    def defence(self, made, recheck):
        self.parts["defence"] = [{"made_on": made, "kind": "statement", "recheck": recheck, "paper": self.paper("陈述申辩笔录")}]

    def discussion(self, held, members):
        self.parts["discussion"] = [{"held_on": held, "opinions": [{"member": member, "opinion": "agree"} for member in members], "result": "pass", "record": self.paper("负责人集体讨论笔录")}]

    def decided(self, on, outcome, served, closed, **fields):
        self.fields.update(decided_on=on, outcome=outcome, decision_paper=self.paper("决定书"), service="direct", served_on=served, receipt_paper=self.paper("送达回证"), closed_on=closed, **fields)

    def keep(self, state):
        return self.town.add("penalty", state=state, parts=self.parts or None, **self.fields)
