#!/usr/bin/env python3
"""Procedures from plan to file: procedures.py YIFA SOURCE_TREE."""
import datetime
import json
import pathlib
import subprocess
import zipfile

from town import TOWN, YIFA, Town, check, run, sound


def today():
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()


def people(town):
    def add(ledger, *fields):
        return town.ok("add", ledger, "--org", TOWN, *fields)["record"]

    officers = []
    for n in "12":
        post = add("post", f"name=甲{n}", "title=执法队员", "from=2022-01-01")
        officers.append(add("officer", f"post={post}", "joined_on=2022-01-01", f"certificate_no=A{n}", "certified_from=2022-01-01",
                            "certified_to=2025-12-31"))
    item = add("enforcement_item", "code=X1", "name=某事项", "basis=某条例", "power=grant", "valid_from=2020-01-01")
    return officers, item


def penalty(folder):
    """A penalty from filing to closing: its file is complete, its documents are filled, names stay inside."""
    town = Town(folder)
    officers, item = people(town)
    for name, words in (("party", "张某强"), ("facts", "某日在某地焚烧秸秆"), ("content", "拟罚款五百元"), ("recheck", "不采纳"), ("paper", "笔录")):
        (folder / name).write_text(words, encoding="utf-8")
    case = town.ok("add", "penalty", "--org", TOWN, "procedure=general", "source_kind=report", "party_kind=person", "party=@party", "facts=@facts",
                   "filed_on=2024-09-20", "officers=" + ",".join(officers), f"item={item}", "act_ended_on=2024-09-18",
                   "discovered_on=2024-09-18")["record"]
    check("a file that was only opened lacks the papers of no later step", town.ok("dossier", case)["lacks"], [])
    steps = (("evidence.open", "taken_on=2024-09-20", "kind=site", "officers=" + ",".join(officers), "paper=@paper"),
             ("correction.open", "ordered_on=2024-09-20", "corrected_on=2024-09-20", "paper=@paper"),
             ("notice.open", "served_on=2024-09-25", "days=3", "content=@content", "paper=@paper", "receipt=@paper"),
             ("notify", "proposed=fine", "proposed_fine=500"),
             ("defence.open", "made_on=2024-09-27", "kind=statement", "recheck=@recheck", "paper=@paper"))
    for step in steps:
        town.ok("act", case, *step)
    decide = ["act", case, "decide", "decided_on=2024-10-08", "outcome=penalise", "classes=fine", "decision_paper=@paper"]
    code, answer = town.call(*decide, "fine=600")
    check("heavier after the defence is asked a reason for", (code, answer["error"]["problems"][0]["source"]), (3, "行政处罚法 第四十五条"))
    town.ok(*decide, "fine=500")
    for step in (("serve", "served_on=2024-10-16", "service=direct", "receipt_paper=@paper"), ("perform", "performed_on=2024-10-20", "paid_on=2024-10-20"),
                 ("close", "closed_on=2024-10-21")):
        town.ok("act", case, *step)
    file = town.ok("dossier", case)
    check("nothing lacks", file["lacks"], [])
    check("the paper and the form are both in it", [each["status"] for each in file["contents"] if each["name"] == "行政处罚决定书"], ["present", "filled"])
    town.ok("dossier", case, "-o", "file.docx")
    town.ok("dossier", case, "-o", "file.html")
    with zipfile.ZipFile(folder / "file.docx") as package:
        words = package.read("word/document.xml").decode()
    check("names stay inside", "张某强" in words or "张某强" in (folder / "file.html").read_text(), False)
    town.ok("document", case, "decision", "--personal", "-o", "decision.txt")
    decision = (folder / "decision.txt").read_text(encoding="utf-8")
    check("the decision names the party to those who handle it", [word in decision for word in ("张某强", "500元", "2024年10月8日", "高观罚决〔2024〕1号")],
          [True] * 4)
    reading = [each["event"]["action"] for each in town.ok("show", case, "--history")["history"]]
    check("and the reading is kept", "read personal" in reading, True)
    code, answer = town.call("document", case, "no_such")
    check("an unknown document", (code, "decision" in answer["error"]["message"]), (5, True))
    code, answer = town.call("document", case, "spot_decision")
    check("a document for other cases", code, 4)
    # What would undo a lawful step is refused; so is taking the ground away from under it.
    notice = [each for each in town.ok("show", case)["parts"] if each["part"] == "notice"][0]["id"]
    code, answer = town.call("act", case, "notice.withdraw", "--part", notice, "--reason", "录错")
    check("the notice of a decided case cannot be withdrawn", (code, answer["error"]["problems"][0]["source"]), (4, "行政处罚法 第六十二条"))
    sound(town, "a closed case")


def strict(folder):
    """The strict profile forbids what the national one expects."""
    (folder / "national").mkdir()
    (folder / "strict").mkdir()
    outcome = []
    for profile in ("national", "strict"):
        town = Town(folder / profile)
        settings = pathlib.Path(town.data, "yifa.yaml")
        settings.write_text(settings.read_text().replace("profile: national", f"profile: {profile}"))
        officers, item = people(town)
        case = town.ok("add", "penalty", "--org", TOWN, "procedure=simple", "source_kind=inspection", "party_kind=person", "filed_on=2024-03-05",
                       "officers=" + ",".join(officers), f"item={item}")["record"]
        code, answer = town.call("act", case, "punish_on_spot", "decided_on=2024-03-05", "outcome=penalise", "classes=fine", "fine=201",
                                 "served_on=2024-03-05", "--reason", "情况特殊")
        outcome.append((code, [p["source"] for p in (answer.get("error") or answer).get("problems", answer.get("warnings", []))]))
        sound(town, profile)
    check("201 yuan on the spot", outcome, [(0, ["行政处罚法 第五十一条"]), (4, ["行政处罚法 第五十一条"])])
    settings.write_text(settings.read_text().replace("profile: strict", "profile: stern"))
    code, answer = town.call("list", "penalty", "--org", TOWN)
    check("a profile that there is not", (code, "strict" in answer["error"]["message"]), (3, True))
    code, answer = town.call("init", str(folder / "other"), "--profile", "stern", bare=True)
    check("makes nothing", (code, (folder / "other").exists()), (3, False))


def plans(folder):
    """What the law would require, before anything begins."""
    def plan(*words):
        done = subprocess.run([YIFA, "--json", "plan", *words], capture_output=True, text=True, cwd=folder)
        return done.returncode, done.stdout
    code, out = plan("penalty", "--from", "2024-09-20")
    made = json.loads(out)
    limits = {each["rule"]: each for each in made["limits"]}
    check("ninety days from filing", (code, limits["PEN.DECIDE"]["day"], limits["PEN.DECIDE"]["assumed"]), (0, "2024-12-19", False))
    check("service follows the latest decision", (limits["PEN.SERVE"]["day"], limits["PEN.SERVE"]["assumed"]), ("2024-12-30", True))
    check("what starts from something else has no day", limits["CRIME.DECIDE"]["day"], None)
    decide = [each for each in made["steps"] if each["step"] == "decide"][0]
    check("what forbids the decision", sorted({each["source"] for each in decide["demands"] if each["level"] == "block"}),
          ["行政处罚法 第二十四条", "行政处罚法 第五十七条", "行政处罚法 第五十八条", "行政处罚法 第六十二条"])
    check("the old law is planned by its day", json.loads(plan("reconsideration", "--from", "2023-05-01")[1])["edition"], "2018-01-01")
    for file in ("plan.docx", "plan.html", "plan.txt"):
        code, out = plan("dispute", "--from", "2024-09-20", "-o", file)
        check(file, (code, (folder / file).stat().st_size > 500), (0, True))
    code, out = plan("dispute", "--from", "2024-09-20", "-o", "plan.pdf")
    check("no other form", (code, (folder / "plan.pdf").exists()), (3, False))
    check("by its Chinese name", json.loads(plan("行政处罚", "--from", "2024-09-20")[1])["ledger"], "penalty")
    code, out = plan("penaltie")
    check("an unknown procedure", (code, "penalty" in json.loads(out)["error"]["message"]), (5, True))


def due(folder):
    """What is due comes from an index that follows the records; whose it is; duties that come round; law changes are counted again."""
    town = Town(folder)
    day = lambda n: (today() + datetime.timedelta(days=n)).isoformat()  # noqa: E731
    mine = town.ok("--as", "li", "add", "petition", "--org", TOWN, f"received_on={day(-14)}", "channel=visit", "contactable=true")["record"]
    other = town.ok("--as", "wang", "add", "petition", "--org", TOWN, f"received_on={day(-20)}", "channel=visit", "contactable=true")["record"]

    def waiting(*words):
        return [(each["record"], each["rule"], each["state"]) for each in town.ok("due", *words) if "record" in each]

    check("the most pressing first", waiting("--org", TOWN), [(other, "PET.NOTIFY", "overdue"), (mine, "PET.NOTIFY", "running")])
    check("what waits for one person", waiting("--as", "li"), [(mine, "PET.NOTIFY", "running")])
    check("cut", len(waiting("--org", TOWN, "--limit", "1")), 1)
    rhythms = {each["rule"]: each for each in town.ok("due", "--org", TOWN) if each["state"] == "recurs"}
    check("a duty that was never done", rhythms["DRILL.TOWN"]["last"], None)
    town.ok("add", "drill", "--org", TOWN, f"held_on={day(-100)}", "kinds=accident", "--reason", "x")
    check("once done it is not due for two years", "DRILL.TOWN" in {each["rule"] for each in town.ok("due", "--org", TOWN)}, False)
    town.ok("withdraw", other, "--reason", "重复登记")
    check("what is withdrawn waits no more", waiting(), [(mine, "PET.NOTIFY", "running")])
    sound(town, "due")
    # The county shortens the office's time: what runs is counted again when the directory is next opened.
    pathlib.Path(town.data, "catalog.d", "county.yaml").write_text(
        "overlay: county\nedition: 2015-01-01\nlaws: {某县规定: {name: {zh: 某县规定, en: County rules}}}\n"
        "deadlines: {PET.NOTIFY: {within: 10 days, source: 某县规定}}\n", encoding="utf-8")
    check("a changed law is counted again", waiting(), [(mine, "PET.NOTIFY", "overdue")])
    sound(town, "a changed catalog")


run(penalty, strict, plans, due)
