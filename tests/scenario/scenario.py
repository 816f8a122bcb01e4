#!/usr/bin/env python3
"""Scenarios through the command line: scenario.py YIFA SOURCE_TREE. Each works in a directory of its own."""
import datetime
import json
import pathlib
import subprocess

from town import TOWN, YIFA, Town, check, run, sound


def add_dispute(town, day, *more):
    return town.ok("add", "dispute", "--org", TOWN, f"found_on={day}", "kind=neighbour", "origin=screening", *more)


def records(folder):
    town = Town(folder)
    first = add_dispute(town, "2023年3月5日", "--client-key", "k1")
    again = add_dispute(town, "2023年3月5日", "--client-key", "k1")
    check("the same client key is the same record", (again["record"], again["repeated"]), (first["record"], True))
    code, answer = town.call("add", "dispute", "--org", TOWN, "found_on=2023-03-06", "kind=land", "origin=grid", "--client-key", "k1")
    check("a client key used for another request", (code, answer["error"]["code"]), (6, "stale"))
    code, answer = town.call("add", "dispute", "--org", TOWN, "found_on=2023-02-30", "kind=nothing", "colour=red", "fund_on=1")
    check("invalid input", code, 3)
    check("every fault at once", sorted(p["where"] for p in answer["error"]["problems"]), ["colour", "found_on", "fund_on", "kind", "origin"])
    check("nothing was written", town.figure("disputes_found")["value"], 1)
    code, answer = town.call("add", "dispute")
    check("arguments not understood", (code, answer["error"]["code"]), (2, "usage"))
    code, answer = town.call("act", first["record"], "close")
    check("a step out of order is refused", (code, answer["error"]["code"]), (4, "refused"))
    code, answer = town.call("act", first["record"], "settle", "result=written")
    check("a step that asks for more", (code, [p["where"] for p in answer["error"]["problems"]]), (3, ["concluded_on"]))
    code, answer = town.call("act", first["record"], "settle", "result=written", "concluded_on=2023-03-20")
    check("what the law expects is asked a reason for", (code, [(p["where"], p["source"]) for p in answer["error"]["problems"]]),
          (3, [("session", "人民调解法 第二十七条"), ("agreement", "人民调解法 第二十九条")]))
    passed = town.ok("act", first["record"], "settle", "result=written", "concluded_on=2023-03-20", "--reason", "笔录另册保存")
    check("and goes on with it", [w["where"] for w in passed["warnings"]], ["session", "agreement"])
    event = town.ok("show", first["record"], "--history")["history"][-1]["event"]
    check("which is kept", (event["warned"], event["reason"]), (["dispute.settle.recorded", "dispute.settle.agreement_kept"], "笔录另册保存"))
    check("settled", town.figure("disputes_found_settled")["value"], 1)
    code, answer = town.call("correct", first["record"], "kind=land", "--version", "1")
    check("an old version is stale", code, 6)
    town.ok("correct", first["record"], "found_on=2022-12-30")
    check("a correction moves the figure", (town.figure("disputes_found")["value"], town.figure("disputes_found", "2022")["value"]), (None, 1))
    history = town.ok("show", first["record"], "--history")["history"]
    check("old and new values stay", (history[-1]["event"]["was"], history[-1]["event"]["set"]), ({"found_on": "2023-03-05"}, {"found_on": "2022-12-30"}))
    code, _ = town.call("withdraw", first["record"], "--reason", "")
    check("a withdrawal needs a reason", code, 3)
    town.ok("withdraw", first["record"], "--reason", "重复")
    check("withdrawn counts nowhere", town.figure("disputes_found", "2022")["status"], "no_record")
    code, answer = town.call("correct", first["record"], "kind=land")
    check("withdrawn stays withdrawn", code, 4)
    sound(town, "records")


def personal(folder):
    town = Town(folder)
    parties = folder / "p.json"
    parties.write_text(json.dumps([{"name": "赵某某", "phone": "13800001234"}]), encoding="utf-8")
    code, _ = town.call("add", "dispute", "--org", TOWN, "found_on=2023-03-05", "kind=neighbour", "origin=screening", "facts=为水渠")
    check("personal fields stay off the command line", code, 3)
    made = add_dispute(town, "2023-03-05", f"parties=@{parties}")
    shown = town.ok("show", made["record"])
    check("not shown unasked", "parties" in shown["fields"], False)
    shown = town.ok("show", made["record"], "--personal")
    check("shown to the handler", shown["fields"]["parties"][0]["name"], "赵某某")
    listed = town.ok("list", "dispute", "--org", TOWN)
    check("never in a list", "赵某某" in json.dumps(listed, ensure_ascii=False), False)
    check("never found", town.ok("search", "赵某某"), [])
    raw = b"".join(p.read_bytes() for p in pathlib.Path(town.data).rglob("*") if p.is_file())
    check("nowhere in the clear", "赵某某".encode() in raw or b"13800001234" in raw, False)
    town.ok("forget", made["record"])
    code, _ = town.call("show", made["record"], "--personal")
    check("forgotten", code, 5)
    check("the record still counts", town.figure("disputes_found")["value"], 1)
    sound(town, "forgetting")


def lost_key(folder):
    town = Town(folder)
    parties = folder / "p.json"
    parties.write_text(json.dumps([{"name": "赵某某"}]), encoding="utf-8")
    made = add_dispute(town, "2023-03-05", f"parties=@{parties}")
    recovery = town.made["recovery_key"]
    code, _ = town.call("recover-key", text=recovery)
    check("a key that is there is not written over", code, 6)
    pathlib.Path(town.made["key_file"]).rename(folder / "lost.key")
    check("without its key nothing personal is told", town.call("show", made["record"], "--personal")[0] != 0, True)
    last = "0" if recovery[-1] != "0" else "1"
    check("a slip of the pen", town.call("recover-key", text=recovery[:-1] + last)[0], 3)
    other_folder = folder / "other"
    other_folder.mkdir()
    check("another town's recovery key", town.call("recover-key", text=Town(other_folder).made["recovery_key"])[0], 3)
    check("nothing was written", pathlib.Path(town.made["key_file"]).exists(), False)
    check("the recovery key, as somebody would type it", town.ok("recover-key", text=recovery.lower().replace("-", " ") + "\n")["records"], 1)
    shown = town.ok("show", made["record"], "--personal")
    check("what was sealed is there again", shown["fields"]["parties"][0]["name"], "赵某某")
    sound(town, "a lost key")


def alike_by_name(folder):
    town = Town(folder)
    names = {}
    for name in ("甲某", "乙某"):
        names[name] = folder / f"{name}.txt"
        names[name].write_text(name, encoding="utf-8")

    def person(name, day="2023-01-01"):
        return town.ok("add", "law_aware_person", "--org", TOWN, f"recognised_on={day}", f"name=@{names[name]}", "village=500229107200")

    def warned(receipt):
        return len(receipt["warnings"])

    first, other = person("甲某"), person("乙某")
    check("another person of the village is not alike", (warned(first), warned(other)), (0, 0))
    check("the same person is, though no name can be read", warned(person("甲某", "2023-02-01")), 1)
    town.ok("backup", str(folder / "b.yifa"))
    town.ok("forget", other["record"])
    check("what is forgotten is like nobody", warned(person("乙某", "2023-03-01")), 0)
    restored = str(folder / "restored")
    town.ok("restore", str(folder / "b.yifa"), restored)
    done = subprocess.run([YIFA, "--json", "--data", restored, "show", other["record"], "--personal"], capture_output=True, text=True)
    check("and stays forgotten when an older backup comes back", done.returncode, 5)
    done = subprocess.run([YIFA, "--json", "--data", restored, "show", first["record"], "--personal"], capture_output=True, text=True)
    check("what was not is there", json.loads(done.stdout)["fields"]["name"], "甲某")
    code = subprocess.run([YIFA, "--json", "--data", restored, "verify"], capture_output=True).returncode
    check("verify after the restore", code, 0)
    sound(town, "forgetting and restoring")


def gates(folder):
    town = Town(folder)
    made = town.ok("add", "dispute", "--org", TOWN, "found_on=2023-03-05", "kind=neighbour", "origin=visit", "refused=true")
    steps = [t for t in town.ok("catalog", "show", "dispute")["transitions"] if any(g["level"] == "block" for g in t.get("gates", []))]
    check("some step is forbidden to a dispute whose party refuses", [t["id"] for t in steps], ["accept", "settle"])
    [settle] = [step for step in town.ok("next", made["record"])["steps"] if step["step"] == "settle"]
    check("what is still asked for is not also told as lacking", ([p["where"] for p in settle["missing"]], settle["expected"]), (["concluded_on", "result"], []))
    code, answer = town.call("act", made["record"], "accept", "accepted_on=2023-03-06", "--reason", "尽快化解")
    check("no reason helps against the statute", (code, answer["error"]["code"], [p["source"] for p in answer["error"]["problems"]]),
          (4, "refused", ["人民调解法 第十七条"]))
    check("and nothing happened", town.ok("show", made["record"])["state"], "found")
    sound(town, "refusals")


def penalty(folder):
    """From the case to the decision: each refusal names its article, and no penalty is decided without notice and defence."""
    town = Town(folder)

    def add(ledger, *fields):
        return town.ok("add", ledger, "--org", TOWN, *fields)

    def refusal(*words):
        code, answer = town.call(*words)
        return code, [p.get("source", "") for p in (answer or {}).get("error", {}).get("problems", [])]

    for n, until in (("1", "2025-12-31"), ("2", "2024-02-29")):
        add("post", f"name=甲{n}", "title=执法队员", "from=2022-01-01")
        add("officer", f"post=2022-{n}", "joined_on=2022-01-01", f"certificate_no=A{n}", "certified_from=2022-01-01", f"certified_to={until}")
    for code, until in (("X1", ""), ("X2", "2022-12-31")):
        add("enforcement_item", f"code={code}", f"name=事项{code}", "basis=某条例", "power=grant", "valid_from=2020-01-01", f"valid_to={until}")
    case = ["add", "penalty", "--org", TOWN, "procedure=general", "source_kind=report", "party_kind=organisation", "filed_on=2024-02-20",
            "officers=2022-1,2022-2"]
    check("an item that is not in force", refusal(*case, "item=2020-2"), (4, ["行政处罚法 第二十四条"]))
    made = town.ok(*case, "item=2020-1")["record"]
    witness = ["act", made, "evidence.open", "kind=witness"]
    alone = [*witness, "taken_on=2024-02-21", "officers=2022-1", "--reason", "法律另有规定"]
    check("a ground that the article lists", town.ok(*alone, "--exempt", "two_officers=law")["warnings"], [])
    event = town.ok("show", made, "--history")["history"][-1]["event"]
    check("is kept", (event["exempt"], event["reason"]), ({"penalty.evidence.two_officers": "law"}, "法律另有规定"))
    check("one that it does not", refusal(*alone, "--exempt", "two_officers=busy"), (3, ["行政处罚法 第四十二条"]))
    two = [*witness, "taken_on=2024-02-21", "officers=2022-1,2022-2", "--reason", "x"]
    check("a gate that this step does not have", refusal(*two, "--exempt", "three_officers=law"), (3, [""]))
    check("one officer", refusal(*witness, "taken_on=2024-02-21", "officers=2022-1"), (4, ["行政处罚法 第四十二条"]))
    check("two, one with a certificate that ran out the day before", refusal(*witness, "taken_on=2024-03-01", "officers=2022-1,2022-2"),
          (4, ["行政处罚法 第四十二条"]))
    town.ok(*witness, "taken_on=2024-02-29", "officers=2022-1,2022-2")
    ahead = {step["step"]: step for step in town.ok("next", made)["steps"]}
    check("what is ahead", ([p["where"] for p in ahead["notify"]["expected"]], ahead["notify"]["forbidden"]), (["notice"], []))
    town.ok("act", made, "notify", "proposed=fine", "proposed_fine=100", "--reason", "当面告知")
    decide = ["act", made, "decide", "decided_on=2024-03-20", "classes=fine", "fine=100", "--reason", "情况紧急"]
    check("a penalty without notice and defence", refusal(*decide, "outcome=penalise"), (4, ["行政处罚法 第六十二条", "行政处罚法 第六十二条"]))
    check("is no gate for one that spares", town.ok("act", made, "decide", "decided_on=2024-03-20", "outcome=light_none", "--reason", "轻微")["state"],
          "decided")
    limits = {each["rule"]: each for each in town.ok("next", made)["limits"]}
    check("the ninety days are shown kept", (limits["PEN.DECIDE"]["due"], limits["PEN.DECIDE"]["state"]), ("2024-05-20", "met"))
    waiting = {each["rule"] for each in town.ok("due", "--org", TOWN, "--within", "30d")}
    check("what is met is not due", "PEN.DECIDE" in waiting, False)
    sound(town, "a penalty")


def extension(folder):
    """A lawful extension is granted before the due day, once, with a reason; both days are kept and nothing is overdue."""
    town = Town(folder)
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()

    def day(n):
        return (today + datetime.timedelta(days=n)).isoformat()

    def limit(record, rule):
        [one] = [each for each in town.ok("next", record)["limits"] if each["rule"] == rule]
        return one

    made = town.ok("add", "petition", "--org", TOWN, f"received_on={day(-60)}", "channel=visit", "contactable=true")["record"]
    town.ok("act", made, "accept", f"accepted_on={day(-58)}", "route=petition", "--reason", "经办人另定")
    check("sixty days", (limit(made, "PET.FINISH")["due"], limit(made, "PET.FINISH")["state"]), (day(2), "running"))
    code, answer = town.call("extend", made, "PET.FINISH")
    check("an extension needs a reason", (code, answer["error"]["problems"][0]["where"]), (3, "reason"))
    code, answer = town.call("extend", made, "PET.FINISH", "--by", "31", "--reason", "情况复杂")
    check("no more than the law gives", (code, answer["error"]["problems"][0]["source"]), (3, "信访工作条例 第三十四条"))
    code, answer = town.call("extend", made, "PET.NOTIFY", "--reason", "忙")
    check("none where the article gives none", (code, answer["error"]["code"]), (4, "refused"))
    granted = town.ok("extend", made, "PET.FINISH", "--reason", "情况复杂", "--client-key", "x")
    check("the party is to be told", [w["where"] for w in granted["warnings"]], ["told"])
    check("the same key is the same grant", town.ok("extend", made, "PET.FINISH", "--reason", "情况复杂", "--client-key", "x")["repeated"], True)
    kept = limit(made, "PET.FINISH")
    check("both days are kept", (kept["unextended"], kept["due"], kept["state"]), (day(2), day(32), "running"))
    code, answer = town.call("extend", made, "PET.FINISH", "--reason", "还不够")
    check("once", (code, answer["error"]["code"]), (4, "refused"))
    due = {each["rule"] for each in town.ok("due", "--org", TOWN, "--within", "20d")}
    check("not due within twenty days any more", "PET.FINISH" in due, False)
    late = town.ok("add", "petition", "--org", TOWN, f"received_on={day(-90)}", "channel=visit", "contactable=true")["record"]
    town.ok("act", late, "accept", f"accepted_on={day(-80)}", "route=petition", "--reason", "经办人另定")
    check("too late is overdue", (limit(late, "PET.FINISH")["state"], limit(late, "PET.FINISH")["days_left"]), ("overdue", -20))
    code, answer = town.call("extend", late, "PET.FINISH", "--reason", "情况复杂")
    check("and not to be extended any more", (code, answer["error"]["code"]), (4, "refused"))
    sound(town, "extensions")


def zero(folder):
    town = Town(folder)
    check("no record is not nought", (town.figure("suits")["status"], town.figure("suits")["value"]), ("no_record", None))


def imports(folder):
    town = Town(folder)
    good = folder / "good.csv"
    good.write_bytes("排查日期,途径,参加排查人员\n2023年3月5日,村干部与网格员自查,１２\n2023.4.6,town,\"1,200\"\n".encode("gb18030"))
    code, answer = town.call("import", str(good), "--ledger", "screening", "--org", TOWN, "--dry-run")
    check("a dry run writes nothing", (code, answer and answer["rows"], town.figure("screenings")["status"]), (0, 2, "no_record"))
    done = town.ok("import", str(good), "--ledger", "screening", "--org", TOWN)
    check("imported", (done["taken"], town.figure("screenings")["value"]), (2, 2))
    again = town.ok("import", str(good), "--ledger", "screening", "--org", TOWN)
    check("the same file is the same records", (again["repeated"], town.figure("screenings")["value"]), (2, 2))
    bad = folder / "bad.csv"
    bad.write_text("held_on,way\n2023-05-01,town\n2023-13-01,nowhere\n", encoding="utf-8")
    code, answer = town.call("import", str(bad), "--ledger", "screening", "--org", TOWN)
    cells = sorted(p["where"] for p in answer["error"]["problems"])
    check("bad cells are addressed, nothing imported", (code, cells, town.figure("screenings")["value"]), (3, ["bad.csv!A3", "bad.csv!B3"], 2))
    taken = town.ok("import", str(bad), "--ledger", "screening", "--org", TOWN, "--accept-good")
    check("good rows taken", (taken["taken"], taken["rejected"], town.figure("screenings")["value"]), (1, 1, 3))
    check("the reject file is there", pathlib.Path(taken["reject_file"]).exists(), True)
    town.ok("undo", done["batch"])
    check("undone", town.figure("screenings")["value"], 1)
    back = town.ok("import", str(good), "--ledger", "screening", "--org", TOWN)
    check("what was undone can be taken again", (back["taken"], town.figure("screenings")["value"]), (2, 3))
    again = town.ok("import", str(good), "--ledger", "screening", "--org", TOWN)
    check("and then is there", (again["repeated"], again["batch"]), (2, None))
    resaved = folder / "resaved.csv"
    resaved.write_text("held_on,way,people\n2023-03-05,village,12\n2023-09-09,village,3\n", encoding="utf-8")
    notes = town.ok("import", str(resaved), "--ledger", "screening", "--org", TOWN, "--dry-run")["notes"]
    check("a row that reads like a record is told", [note.split(":")[0] for note in notes], ["resaved.csv!2"])
    half = folder / "half.csv"
    half.write_text("held_on,way\n2023-05-01,nowhere\n", encoding="utf-8")
    code, answer = town.call("import", str(half), "--ledger", "screening", "--org", TOWN)
    check("only the bad cell is told", [p["where"] for p in answer["error"]["problems"]], ["half.csv!B2"])
    code, _ = town.call("import", str(folder / "none.csv"), "--ledger", "screening", "--org", TOWN)
    check("no such file", code, 5)
    sound(town, "imports")


def keys(folder):
    town = Town(folder)
    rounds = folder / "rounds.csv"
    rounds.write_text("记录键,排查日期\ns1,2023-03-01\ns2,2023-03-02\n", encoding="utf-8")
    town.ok("import", str(rounds), "--ledger", "screening", "--org", TOWN)
    found = folder / "found.csv"
    found.write_text("发现日期,类别,来源,排查轮次\n2023-03-03,neighbour,screening,s2\n", encoding="utf-8")
    town.ok("import", str(found), "--ledger", "dispute", "--org", TOWN)
    [record] = town.ok("list", "dispute", "--org", TOWN)
    [screening] = town.ok("list", "screening", "--org", TOWN, "--where", "held_on=2023-03-02")
    check("a key of an earlier import is a link", record["fields"]["round"], screening["id"])
    rounds.write_text("记录键,排查日期\ns2,2023-04-02\n", encoding="utf-8")
    done = town.ok("import", str(rounds), "--ledger", "screening", "--org", TOWN)
    found.write_text("发现日期,类别,来源,排查轮次\n2023-03-04,neighbour,screening,s2\n", encoding="utf-8")
    code, answer = town.call("import", str(found), "--ledger", "dispute", "--org", TOWN)
    check("a key of two imports is no link", (code, [p["where"] for p in answer["error"]["problems"]]), (3, ["found.csv!D2"]))
    town.ok("undo", done["batch"])
    check("until one is undone", town.ok("import", str(found), "--ledger", "dispute", "--org", TOWN)["taken"], 1)
    sound(town, "keys")


def keeping(folder):
    town = Town(folder)
    for day in ("2023-01-05", "2023-02-06", "2023-03-07"):
        add_dispute(town, day)
    paper = folder / "paper.txt"
    paper.write_text("调解笔录\n", encoding="utf-8")
    kept = town.ok("attach", str(paper))
    town.ok("fetch", kept["hash"], "-o", str(folder / "back.txt"))
    check("an attachment comes back", (folder / "back.txt").read_bytes(), paper.read_bytes())
    town.ok("backup", str(folder / "b.yifa"))
    restored = str(folder / "restored")
    town.ok("restore", str(folder / "b.yifa"), restored)
    other = json.loads(subprocess.run([YIFA, "--json", "--data", restored, "figure", "disputes_found", "--org", TOWN, "--period", "2023"],
                                      capture_output=True, text=True, check=True).stdout)
    check("restored", other["value"], 3)
    torn = folder / "torn.yifa"
    torn.write_bytes((folder / "b.yifa").read_bytes()[:-4000])
    code, _ = town.call("restore", str(torn), str(folder / "never"))
    check("a torn backup is refused and leaves nothing", (code, (folder / "never").exists()), (3, False))
    out = town.ok("export", "--all", str(folder / "out"))
    fresh = str(folder / "fresh")
    subprocess.run([YIFA, "--json", "init", fresh], capture_output=True, check=True)
    loaded = json.loads(subprocess.run([YIFA, "--json", "--data", fresh, "load", str(folder / "out")], capture_output=True, text=True).stdout)
    check("the same hashes come back", loaded.get("heads"), out["heads"])
    code = subprocess.run([YIFA, "--json", "--data", fresh, "verify"], capture_output=True).returncode
    check("and verify", code, 0)


def reports(folder):
    town = Town(folder)
    add_dispute(town, "2023-03-05")
    for name in ("four_part", "work_summary", "thematic"):
        for ending in ("docx", "html", "md", "json"):
            first, second = folder / f"a.{ending}", folder / f"b.{ending}"
            for file in (first, second):
                town.ok("report", "draft", "--org", TOWN, "--year", "2023", "--outline", name, "-o", str(file))
            check(f"{name}.{ending}: same input, same bytes", first.read_bytes(), second.read_bytes())
    code, answer = town.call("report", "draft", "--org", TOWN, "--year", "2023", "--outline", "none", "-o", str(folder / "x.docx"))
    check("an unknown outline", code, 5)
    code, answer = town.call("report", "draft", "--org", TOWN, "--year", "2023", "-o", str(folder / "x.odt"))
    check("an unknown form", code, 3)


run(records, personal, lost_key, alike_by_name, gates, penalty, extension, zero, imports, keys, keeping, reports)
