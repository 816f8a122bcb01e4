#!/usr/bin/env python3
"""Whatever is changed behind the program's back, verify finds it and says where: tamper.py YIFA SOURCE_TREE."""
import json
import pathlib
import shutil
import sqlite3

from town import TOWN, Town, check, run

HISTORY = "DROP TRIGGER event_stays; DROP TRIGGER event_kept; "
ONE = f"(SELECT id FROM rec_dispute WHERE owner_org = '{TOWN}' ORDER BY number LIMIT 1)"

# What is done to the database, and a word that must stand in a fault that verify tells.
TAMPERINGS = {
    "a field": (f"UPDATE rec_dispute SET f_kind = 'land' WHERE id = {ONE}", "kind"),
    "a state": (f"UPDATE rec_dispute SET state = 'closed' WHERE id = {ONE}", "state"),
    "a number": (f"UPDATE rec_dispute SET number = '2023-99' WHERE id = {ONE}", "number"),
    "a version": (f"UPDATE rec_dispute SET version = 9 WHERE id = {ONE}", "version"),
    "the scope column": (f"UPDATE rec_dispute SET town = '500229108' WHERE id = {ONE}", "town"),
    "a row less": (f"DELETE FROM rec_dispute WHERE id = {ONE}", "its row is not"),
    "an event's text": (HISTORY + "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), 'neighbour', 'marriage') AS BLOB) WHERE seq = 4", "event 4"),
    "an event's actor": (HISTORY + "UPDATE event SET actor = 'mallory' WHERE seq = 3", "actor"),
    "an event's action": (HISTORY + "UPDATE event SET action = 'withdraw' WHERE seq = 3", "action"),
    "an event less": (HISTORY + "DELETE FROM event WHERE seq = 3", "event 3"),
    "the last event less": (HISTORY + "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)", "ends here"),
    "a whole chain less": (HISTORY + "DELETE FROM event; DELETE FROM chain", "no event"),
    "a chain's end": ("UPDATE chain SET hash = randomblob(32)", "ends here"),
    "an office's tally": ("UPDATE tally SET value = value + 1 WHERE level = 0 AND indicator = 'disputes_found' AND dimension = ''", "disputes_found"),
    "a county's tally": ("UPDATE tally SET value = value + 1 WHERE level = 1 AND indicator = 'disputes_found' AND dimension = ''", "disputes_found"),
    "a tally of nobody": ("UPDATE tally SET county = '999999', org = '999999' WHERE level = 1", "disputes_found"),
    "a tally less": ("DELETE FROM tally WHERE indicator = 'disputes_found'", "disputes_found"),
    "a count by month": ("UPDATE month_count SET records = records + 1 WHERE level = 0 AND type = 'dispute'", "dispute"),
    "a county's count by month": ("UPDATE month_count SET late = late + 1 WHERE level = 1", "count of"),
    "a count by value": ("UPDATE value_count SET records = records - 1 WHERE field = 'kind' AND level = 0", "kind = neighbour"),
    "a value of nobody": ("UPDATE value_count SET value = 'land' WHERE field = 'kind' AND level = 1", "kind = land"),
    "a count less": ("DELETE FROM value_count WHERE field = '@state'", "@state"),
    "a register": ("UPDATE register SET last = 1", "register"),
    "a home": (f"DELETE FROM record_home WHERE id = {ONE}", "dispute"),
    "an office": ("DELETE FROM office", "office"),
    "a link": ("DELETE FROM link", "link"),
    "a link more": ("INSERT INTO link SELECT county, type, field, randomblob(16), record FROM link LIMIT 1", "link"),
    "an attachment's use": ("DELETE FROM attachment", "attachment"),
    "a look-alike": ("DELETE FROM alike", "alike"),
    "a text to be searched": ("UPDATE search_text SET body = '无'", "search_text"),
    "a limit that runs": ("UPDATE due SET due = due + 30", "time limits"),
    "a limit less": ("DELETE FROM due", "time limits"),
    "a limit of nobody": ("INSERT INTO due SELECT county, due, owner_org, randomblob(16), rule, part, binds, type FROM due LIMIT 1", "time limits"),
    "a key": ("DELETE FROM record_key", "record_key"),
}


def filled_town(folder):
    """A town with a bit of everything, proved whole."""
    town = Town(folder)
    paper = folder / "paper.txt"
    paper.write_text("笔录", encoding="utf-8")
    hash = town.ok("attach", str(paper))["hash"]
    parties = folder / "p.json"
    parties.write_text(json.dumps([{"name": "赵某某"}]), encoding="utf-8")
    screening = town.ok("add", "screening", "--org", TOWN, "held_on=2023-03-01")
    town.ok("add", "publicity_event", "--org", TOWN, "held_on=2023-03-02", "title=宪法宣讲", "topics=constitution", "form=lecture", f"photos={hash}")
    for day in (5, 6, 7):
        made = town.ok("add", "dispute", "--org", TOWN, f"found_on=2023-03-0{day}", "kind=neighbour", "origin=screening",
                       f"round={screening['number']}", f"parties=@{parties}")
    town.ok("add", "petition", "--org", TOWN, "received_on=2023-03-05", "channel=visit", "contactable=true")
    town.ok("act", made["record"], "settle", "result=written", "concluded_on=2023-03-20", "--reason", "笔录另册保存")
    code, answer = town.call("verify")
    check("whole before", (code, answer["faults"]), (0, []))
    return town


def tampering(folder):
    town = filled_town(folder)
    data = pathlib.Path(town.data)
    whole = folder / "whole"
    shutil.copytree(data, whole)
    for what, (sql, word) in TAMPERINGS.items():
        shutil.rmtree(data)
        shutil.copytree(whole, data)
        with sqlite3.connect(data / "yifa.db") as db:
            db.executescript(sql)
        db.close()
        code, answer = town.call("verify")
        told = [fault["where"] + ": " + fault["message"] for fault in (answer or {}).get("faults", [])]
        check(f"{what}: found", code, 10)
        check(f"{what}: {told[:4]} names {word}", any(word in each for each in told), True)
    blob = next(path for path in (data / "blobs").rglob("*") if path.is_file())
    shutil.rmtree(data)
    shutil.copytree(whole, data)
    blob.chmod(0o600)
    blob.write_text("another", encoding="utf-8")
    code, answer = town.call("verify")
    check("an attachment's bytes: found", (code, "attachment" in answer["faults"][0]["where"]), (10, True))


if __name__ == "__main__":
    run(tampering)
