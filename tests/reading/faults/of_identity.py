"""Faults of identity: whose report it is."""

from .fault import Put, fault, pick
from .of_substance import insert, talking
from .town import NAMES

WHO = ("identity.",)


def other_name(report, rng):
    return rng.choice([n for n in NAMES if n != report.town.name and n[0] not in report.town.name])


@fault("other_place", "identity.other_place", also=WHO)
def other_place(report, rng):
    town = report.town
    found = [(l, p) for l, p in report.pieces() if town.place in p.text
             and l.role in ("body", "h2", "h3", "lead")]
    found = pick(rng, found)
    if not found:
        return None
    line, piece = found
    piece.text = piece.text.replace(town.place, other_name(report, rng) + town.kind, 1)
    return Put(line)


@fault("other_place: a sentence of elsewhere", "identity.other_place", also=WHO)
def other_place_sentence(report, rng):
    town = report.town
    line = pick(rng, talking(report))
    other = other_name(report, rng) + town.kind
    insert(line, rng.choice([f"{other}坚持问题导向，建立执法联席会议制度。", f"{other}干部群众的法治意识得到增强。",
                             f"{other}党政主要负责人带头学法用法。"]), rng)
    return Put(line)


@fault("town_kind", "identity.town_kind", "identity.other_place", also=WHO)
def town_kind(report, rng):
    town = report.town
    wrong = rng.choice([k for k in ("镇", "乡", "街道") if k != town.kind])
    if rng.random() < 0.5:
        found = pick(rng, [(l, p) for l, p in report.pieces() if town.place in p.text
                           and l.role in ("body", "h2", "h3", "lead")])
        if not found:
            return None
        line, piece = found
        piece.text = piece.text.replace(town.place, town.name + wrong, 1)
        return Put(line)
    line = pick(rng, talking(report))
    insert(line, rng.choice([f"我{wrong}干部职工依法办事的自觉性进一步增强。", f"全{wrong}上下形成了办事依法、遇事找法的氛围。",
                             f"为我{wrong}经济社会发展提供法治保障。"]), rng)
    return Put(line)


@fault("issuer_differs", "identity.issuer_differs", "identity.other_place", "identity.town_kind", also=WHO)
def issuer_differs(report, rng):
    town = report.town
    line = report.first("signature")
    if not line:
        return None
    other = other_name(report, rng)
    tail = "街道办事处" if town.street else f"{town.kind}人民政府"
    line.pieces[0].text = rng.choice([
        other + tail, other + tail,
        f"中共{town.place}委员会" if not town.street else f"中共{town.place}工作委员会",
        town.name + ("乡" if town.kind != "乡" else "镇") + "人民政府"])
    return Put(line, [report.first("title")])


@fault("department_subject", "identity.department_subject", also=WHO)
def department_subject(report, rng):
    line = pick(rng, talking(report))
    insert(line, rng.choice(["我局高度重视执法队伍建设，定期开展业务培训。", "我局严格落实执法责任制。",
                             "全局干部职工的法治素养得到提高。", "我县法治政府建设工作稳步推进，我局主动担当作为。",
                             "本局将行政执法信息及时向社会公开。"]), rng)
    return Put(line)


@fault("template_subject", "identity.template_subject", also=WHO)
def template_subject(report, rng):
    line = pick(rng, talking(report))
    insert(line, rng.choice(["我镇街坚持依法决策，主动接受群众监督。", "我乡镇（街道）严格落实执法责任制。",
                             "本镇（街道）将学法情况纳入年度考核。", "我镇（街）定期分析研判社会矛盾。",
                             "我乡（镇）建立了法律顾问列席会议制度。"]), rng)
    return Put(line)


@fault("several_places", "identity.several_places", "identity.other_place",
       also=WHO + ("structure.title_issuer", "structure.no_signature", "structure.closing_unsigned"))
def several_places(report, rng):
    """Neither title nor signature names the town, and the text speaks as two of them."""
    town = report.town
    found = [(l, p) for l, p in report.pieces() if town.place in p.text and l.role in ("body", "h2", "h3")]
    if len(found) < 2:
        return None
    report.first("title").pieces[0].text = f"{town.year}年度法治政府建设情况报告"
    report.drop(report.find("signature", "issuer", "number"))
    other = other_name(report, rng) + town.kind
    for line, piece in found[::2]:
        piece.text = piece.text.replace(town.place, other)
    return Put()
