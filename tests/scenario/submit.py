#!/usr/bin/env python3
"""A town's instance hands a year to its county's, through files and over the wire: submit.py YIFA SOURCE_TREE.

Two data directories that know nothing of each other but a fingerprint. All records are synthetic."""
import json
import pathlib
import re
import shutil
import socket
import subprocess
import threading
import http.client
import http.server
import urllib.request

from town import TOWN, YIFA, Town, check, run, sound

OTHER, THIRD = "500229106", "500229105"
TREE_CSV = ("code,name,kind\n50,重庆市,division\n5002,县,division\n500229,城口县,division\n500229107,高观镇,town\n500229107200,高观村,village\n"
            f"{OTHER},甲镇,town\n{OTHER}200,甲村,village\n{THIRD},乙镇,town\n")
LEDGER_RULE = "overlay: county\nedition: 2020-01-01\nsubmission:\n  asks: [figures, ledger]\n  ledgers: [dispute]\n  source: 某县报送办法\n"


class Place(Town):
    """An instance in a folder of its own, with the county's tree."""

    def __init__(self, folder, name, overlay=None):
        self.folder = folder / name
        self.folder.mkdir()
        self.data = str(self.folder / "data")
        self.made = self.ok("init", self.data, bare=True)
        if overlay:
            self.rule(overlay)
        tree = self.folder / "orgs.csv"
        tree.write_text(TREE_CSV, encoding="utf-8")
        self.ok("orgs", "import", str(tree))

    def rule(self, text):
        pathlib.Path(self.data, "catalog.d", "county.yaml").write_text(text, encoding="utf-8")

    def dispute(self, org, day, *more):
        return self.ok("add", "dispute", "--org", org, f"found_on={day}", "kind=neighbour", "origin=screening", *more)

    def settle(self, record, day):
        self.ok("act", record, "settle", "result=oral", f"concluded_on={day}", "--reason", "示例")

    def key(self, *more):
        return self.ok("submit", "key", *more)["fingerprint"]

    def package(self, year=2023, name="p.json", org=TOWN):
        made = self.ok("submit", str(year), "--org", org, "-o", str(self.folder / name))
        return made, pathlib.Path(self.folder, name)

    def refused(self, *words):
        code, answer = self.call(*words)
        return code, answer["error"]["code"]


def accept(county, file, *more):
    return county.ok("accept", str(file), *more)


def fault_places(answer):
    return [one["where"] for one in answer["error"]["problems"]]


def the_way_in(folder):
    town, county = Place(folder, "town"), Place(folder, "county")
    first = town.dispute(TOWN, "2023-03-05")
    town.dispute(TOWN, "2023-05-06")
    check("without a key nothing is signed", town.refused("submit", "2023", "--org", TOWN, "-o", "x.json"), (5, "not_found"))
    key = town.ok("submit", "key")
    check("a key is made once", (key["made"], key["algorithm"], town.ok("submit", "key")["made"]), (True, "ed25519", False))
    check("readable by its owner alone", oct(pathlib.Path(key["file"]).stat().st_mode & 0o777), "0o600")
    check("and never inside the data", pathlib.Path(town.data) in pathlib.Path(key["file"]).parents, False)
    made, file = town.package()
    check("what leaves is told", ([i["name"] for i in made["items"]], made["lacks"], made["revision"], made["previous"]), (["figures.json"], ["report"], 1, None))
    code, answer = county.call("accept", str(file))
    check("a key nobody registered", (code, answer["error"]["code"]), (7, "forbidden"))
    check("the fingerprint to compare is told", key["fingerprint"] in json.dumps(answer), True)
    county.ok("submissions", "trust", TOWN, "--key", key["fingerprint"])
    check("it was given for the town", [t["fingerprint"] for t in county.ok("submissions", "2023")["towns"]].count(key["fingerprint"]), 1)
    code, answer = county.call("accept", str(file), "--year", "2022")
    check("of another year", (code, fault_places(answer)), (3, ["year"]))
    got = accept(county, file)
    check("taken in", (got["state"], got["repeated"], got["package"], got["notes"]), ("submitted", False, made["package"], ["the report is not in it"]))
    again = accept(county, file)
    check("once more is the same", (again["record"], again["repeated"]), (got["record"], True))
    check("kept as a record with its file", county.ok("show", got["record"])["fields"]["package_id"], made["package"])

    same, other = town.package(name="q.json")
    check("unchanged records give the same bytes", (same["repeated"], other.read_bytes() == file.read_bytes()), (True, True))
    town.settle(first["record"], "2023-03-20")
    changed, second = town.package(name="r.json")
    check("a changed year is a new revision", (changed["revision"], changed["previous"], changed["repeated"]), (2, made["package"], False))
    taken = accept(county, second)
    check("the new one is the town's state", (taken["revision"], taken["record"] != got["record"]), (2, True))
    check("the former is known still", accept(county, file)["repeated"], True)

    code, answer = county.call("act", taken["record"], "return")
    check("a return has its reason", (code, fault_places(answer)), (3, ["reason"]))
    county.ok("act", taken["record"], "return", "--reason", "调解数与上年差距大，请核对")
    check("the list shows it", next(t for t in county.ok("submissions", "2023")["towns"] if t["org"] == TOWN)["state"], "returned")
    town.dispute(TOWN, "2023-08-01")
    third, file3 = town.package(name="s.json")
    last = accept(county, file3)
    county.ok("act", last["record"], "accept")
    listed = county.ok("submissions", "2023")
    row = next(t for t in listed["towns"] if t["org"] == TOWN)
    check("resubmitted and accepted", (row["state"], row["accepted"], row["latest"]["revision"], third["revision"]), ("accepted", 3, 3, 3))
    check("the missing are named", listed["missing"], [THIRD, OTHER])
    sound(county, "taking in")
    sound(town, "handing in")


def what_is_refused(folder):
    town, county = Place(folder, "town"), Place(folder, "county")
    town.dispute(TOWN, "2023-03-05")
    county.ok("submissions", "trust", TOWN, "--key", town.key())
    _, file = town.package()
    text = file.read_bytes()
    bad = folder / "bad.json"

    def taken(bytes_, *more):
        bad.write_bytes(bytes_)
        return county.refused("accept", str(bad), *more)

    for at in range(0, len(text), max(1, len(text) // 40)):
        changed = bytearray(text)
        changed[at] ^= 1
        check(f"byte {at} changed", taken(bytes(changed)), (3, "invalid"))
    for size in (0, 1, len(text) // 2, len(text) - 1):
        check(f"cut off at {size}", taken(text[:size]), (3, "invalid"))
    check("a blank more", taken(text + b"\n"), (3, "invalid"))
    check("other JSON", taken(b"{}"), (3, "invalid"))
    check("too deep", taken(b"[" * 10_000), (3, "invalid"))
    with open(bad, "wb") as huge:
        huge.truncate((64 << 20) + 1)
    check("too large", county.refused("accept", str(bad)), (3, "invalid"))
    parsed = json.loads(text)
    figures = json.loads(parsed["contents"]["figures.json"])
    figures[0]["value"], figures[0]["status"] = 999, "counted"
    parsed["contents"]["figures.json"] = json.dumps(figures, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    check("a figure made better", taken(json.dumps(parsed, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()), (3, "invalid"))
    check("nothing was kept", county.ok("submissions", "2023")["missing"], [THIRD, OTHER, TOWN])

    stranger = Place(folder, "stranger")
    stranger.dispute(OTHER, "2023-03-05")
    stranger.dispute(TOWN, "2023-03-05")
    strange = stranger.key()
    _, foreign = stranger.package(org=TOWN)
    check("another key than the town's", county.refused("accept", str(foreign)), (7, "forbidden"))
    county.ok("submissions", "trust", OTHER, "--key", strange)
    code, answer = county.call("accept", str(foreign))
    check("another office's key", (code, answer["error"]["message"]), (7, "the package is signed with another office's key"))
    check("one key is one office's", county.refused("submissions", "trust", THIRD, "--key", strange), (4, "refused"))
    check("a village hands in nothing", stranger.refused("submit", "2023", "--org", TOWN + "200", "-o", "x.json"), (3, "invalid"))
    check("nor does a year to come", stranger.refused("submit", "2199", "--org", TOWN, "-o", "x.json"), (3, "invalid"))
    county.ok("submissions", "distrust", TOWN)
    check("a key taken back", county.refused("accept", str(file)), (7, "forbidden"))
    county.ok("submissions", "trust", TOWN, "--key", town.key())
    check("and given again", accept(county, file)["repeated"], False)
    sound(county, "refusals")


def personal_fields(folder):
    rule = LEDGER_RULE
    open_rule = rule.replace("  source: 某县", "  personal:\n    dispute.parties: {source: 某县报送办法 第三条}\n  source: 某县")
    town, county = Place(folder, "town", open_rule), Place(folder, "county", rule)
    parties = folder / "p.json"
    parties.write_text(json.dumps([{"name": "赵某某", "phone": "13800001234"}]), encoding="utf-8")
    town.dispute(TOWN, "2023-03-05", f"parties=@{parties}")
    county.ok("submissions", "trust", TOWN, "--key", town.key())
    made, file = town.package()
    check("a rule lets it leave", "赵某某" in file.read_text(encoding="utf-8"), True)
    code, answer = county.call("accept", str(file))
    check("the county has no such rule: refused, by field", (code, fault_places(answer)), (4, ["ledgers/dispute.jsonl:1:dispute.parties"]))
    check("and does not repeat the name", "赵某某" in json.dumps(answer, ensure_ascii=False), False)
    check("nothing of it is kept", b"13800001234" in b"".join(p.read_bytes() for p in pathlib.Path(county.data).rglob("*") if p.is_file()), False)
    town.rule(rule)
    made, file = town.package(name="q.json")
    check("without a rule it stays", ("赵某某" in file.read_text(encoding="utf-8"), [i["name"] for i in made["items"]]),
          (False, ["figures.json", "ledgers/dispute.jsonl"]))
    rows = json.loads(file.read_text(encoding="utf-8"))["contents"]["ledgers/dispute.jsonl"].splitlines()
    check("the row itself leaves", (len(rows), json.loads(rows[0])["fields"]["found_on"], "parties" in json.loads(rows[0])["fields"]), (1, "2023-03-05", False))
    check("nobody who typed is named", "local" in rows[0], False)
    check("and the county takes it in", accept(county, file)["state"], "submitted")
    county.rule(rule.replace("figures, ledger", "figures").replace("  ledgers: [dispute]\n", ""))
    town.dispute(TOWN, "2023-04-05")
    _, more = town.package(name="r.json")
    code, answer = county.call("accept", str(more))
    check("more than is asked for", (code, fault_places(answer)), (3, ["ledgers/dispute.jsonl"]))
    for text, where in ((rule.replace("dispute]", "disputes]"), "catalog.d/county.yaml:5:13"),
                        (open_rule.replace("dispute.parties", "dispute.party"), "catalog.d/county.yaml:7:5"),
                        (open_rule.replace("dispute.parties", "dispute.kind"), "catalog.d/county.yaml:7:5"),
                        (rule.replace("ledger]", "everything]"), "catalog.d/county.yaml:4:19")):
        county.rule(text)
        code, answer = county.call("submissions", "2023")
        check(f"a rule with a fault: {where}", (code, where in fault_places(answer)), (3, True))


def compared_and_added(folder):
    county = Place(folder, "county")
    towns = {}
    for code, last, this, settled in ((TOWN, 2, 3, 1), (OTHER, 0, 4, 4)):
        town = towns[code] = Place(folder, code)
        for n in range(last):
            town.dispute(code, f"2022-0{n + 1}-01")
        for n in range(this):
            made = town.dispute(code, f"2023-0{n + 1}-01")
            if n < settled:
                town.settle(made["record"], f"2023-0{n + 1}-20")
        county.ok("submissions", "trust", code, "--key", town.key())
    accept(county, towns[TOWN].package(2022, "last.json")[1])
    first = accept(county, towns[TOWN].package(2023, "this.json", TOWN)[1])
    compared = county.ok("submissions", "compare", first["record"])
    of = {one["id"]: one for one in compared["figures"]}
    found = of["disputes_found"]
    check("beside the package of the year before", (compared["with"], compared["before"]["year"]), ("package", 2022))
    check("with known numbers", (found["now"], found["before"], found["difference"], found["percent"], found["change"]), (3, 2, 1, 50, "up"))
    check("what is new", (of["disputes_found_settled"]["before"], of["disputes_found_settled"]["change"]), (None, "new"))
    check("by the package's id too", county.ok("submissions", "compare", first["package"])["submission"]["record"], first["record"])
    second = accept(county, towns[OTHER].package(2023, "this.json", OTHER)[1])
    check("nothing to compare with", county.ok("submissions", "compare", second["record"])["with"], "nothing")

    county.ok("act", first["record"], "accept")
    county.ok("act", second["record"], "accept")
    sums = county.ok("submissions", "sum", "2023")
    of = {one["id"]: one for one in sums["figures"]}
    found, rate = of["disputes_found"], of["settle_rate"]
    check("two of three towns", (sums["towns"], sums["added"], [one["org"] for one in sums["missing"]]), (3, 2, [THIRD]))
    check("added, and told as partial", (found["value"], found["status"], found["covered"], found["offices"]), (7, "partial", 2, 3))
    check("a rate of sums, no sum of rates", (rate["numerator"], rate["denominator"], rate["value"]), (5, 7, 71.4))
    check("a figure of no town is no zero", (of["suits"]["value"], of["suits"]["status"]), (None, "no_record"))
    check("what cannot be added is left out with the reason", {one["why"] for one in sums["left_out"]}, {"distinct"})
    third = towns[THIRD] = Place(folder, THIRD)
    third.dispute(THIRD, "2023-01-01")
    county.ok("submissions", "trust", THIRD, "--key", third.key())
    taken = accept(county, third.package(2023, "t.json", THIRD)[1])
    check("handed in is not accepted yet", county.ok("submissions", "sum", "2023")["added"], 2)
    county.ok("act", taken["record"], "accept")
    of = {one["id"]: one for one in county.ok("submissions", "sum", "2023")["figures"]}
    check("all of them", (of["disputes_found"]["value"], of["disputes_found"]["status"], of["disputes_found"]["covered"]), (8, "counted", 3))
    check("a town without the figure is no zero", (of["disputes_found_settled"]["status"], of["disputes_found_settled"]["covered"]), ("partial", 2))
    archive = folder / "all"
    county.ok("export", "--all", str(archive))
    fresh = folder / "fresh"
    fresh.mkdir()
    back = Place.__new__(Place)
    back.folder, back.data = fresh, str(fresh / "data")
    back.made = back.ok("init", back.data, "--key", county.made["key_file"], bare=True)
    back.ok("load", str(archive))
    check("an archive brings keys and packages back", (len([t for t in back.ok("submissions", "2023")["towns"] if t["fingerprint"]]),
                                                       back.ok("submissions", "sum", "2023")), (3, county.ok("submissions", "sum", "2023")))


def records_changed_by_hand(folder):
    """Whoever may correct a record at the county makes no other package of it."""
    town, county, forger = Place(folder, "town"), Place(folder, "county"), Place(folder, "forger")
    town.dispute(TOWN, "2023-03-05")
    county.ok("submissions", "trust", TOWN, "--key", town.key())
    made, file = town.package()
    taken = accept(county, file)
    county.ok("act", taken["record"], "accept")
    for n in range(9):
        forger.dispute(TOWN, f"2023-0{n + 1}-01")
    fingerprint = forger.key()
    forged, better = forger.package()
    paper = county.ok("attach", str(better))["hash"]
    check("as it came", county.ok("submissions", "sum", "2023")["added"], 1)
    county.ok("correct", taken["record"], f"package={paper}", f"package_id={forged['package']}", f"fingerprint={fingerprint}")
    for words in (("compare", taken["record"]), ("sum", "2023")):
        code, answer = county.call("submissions", *words)
        check(f"a forged package in place of it: {words[0]}", (code, fault_places(answer)), (3, [taken["record"]]))
    county.ok("withdraw", taken["record"], "--reason", "有误")
    check("what was withdrawn is not added", county.ok("submissions", "sum", "2023")["added"], 0)
    town.dispute(TOWN, "2023-09-05")
    made, file = town.package(name="q.json")
    county.ok("withdraw", accept(county, file)["record"], "--reason", "有误")
    check("nor is one taken in again that was withdrawn", county.refused("accept", str(file)), (4, "refused"))
    town.ok("withdraw", made["record"], "--reason", "重报")
    again, third = town.package(name="r.json")
    check("withdrawn by the town: another revision", (again["revision"], again["previous"]), (3, made["package"]))
    check("which comes in", accept(county, third)["revision"], 3)
    sound(county, "corrections")


def chinese_signatures(folder):
    town, county = Place(folder, "town"), Place(folder, "county")
    town.dispute(TOWN, "2023-03-05")
    county.ok("submissions", "trust", TOWN, "--key", town.key("--algorithm", "sm2"))
    made, file = town.package()
    check("SM2 with SM3", json.loads(file.read_text(encoding="utf-8"))["key"]["algorithm"], "sm2")
    again, same = town.package(name="q.json")
    check("the same bytes although SM2 signs otherwise each time", (same.read_bytes() == file.read_bytes(), again["repeated"]), (True, True))
    check("taken in", accept(county, file)["state"], "submitted")
    text = file.read_text(encoding="utf-8")
    at = text.index('"signature":"') + 40
    bad = folder / "bad.json"
    bad.write_text(text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1:], encoding="utf-8")
    check("one digit of the signature", county.refused("accept", str(bad)), (3, "invalid"))


class Serving:
    """`yifa serve` on a port the system chooses."""

    def __init__(self, place, *more):
        self.child = subprocess.Popen([YIFA, "--data", place.data, "serve", "--listen", "127.0.0.1:0", "--quiet", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.url = re.search(r"http://127\.0\.0\.1:\d+", self.child.stdout.readline())[0]

    def __enter__(self):
        return self.url

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait(20)


def over_the_wire(folder):
    town, county = Place(folder, "town"), Place(folder, "county")
    first = town.dispute(TOWN, "2023-03-05")
    fingerprint = town.key()
    where = ("submit", "2023", "--org", TOWN, "--to")
    with Serving(county) as url:
        code, answer = town.call(*where, url)
        check("refused over the wire as by hand", (code, answer["error"]["code"], fault_places(answer)), (7, "forbidden", ["key"]))
        county.ok("submissions", "trust", TOWN, "--key", fingerprint)
        sent = town.ok(*where, url)
        check("sent", (sent["answer"]["state"], sent["answer"]["repeated"], sent["answer"]["package"]), ("submitted", False, sent["package"]))
        file = town.package(name="w.json")[1].read_bytes()
        answers = []

        def post():
            request = urllib.request.Request(url + "/api/v1/submissions", file, {"Content-Type": "application/octet-stream"})
            with urllib.request.urlopen(request) as answer:
                answers.append(json.load(answer)["record"])

        together = [threading.Thread(target=post) for _ in range(8)]
        for one in together:
            one.start()
        for one in together:
            one.join()
        check("eight at once are one", answers, [sent["answer"]["record"]] * 8)
        again = town.ok(*where, url)
        check("sent again", (again["repeated"], again["answer"]["repeated"], again["answer"]["record"]), (True, True, sent["answer"]["record"]))
        ask = town.ok("submit", "2023", "--org", TOWN, "--to", url, "--ask")
        check("it lies there", (ask["state"], ask["latest"]), ("submitted", 1))
        county.ok("act", sent["answer"]["record"], "return", "--reason", "请补报告")
        ask = town.ok("submit", "2023", "--org", TOWN, "--to", url, "--ask")
        check("the return comes back with its reason", (ask["state"], ask["reason"]), ("returned", "请补报告"))
        check("and stands in the town's own ledger", town.ok("show", sent["record"])["state"], "returned")
        check("asked again nothing changes", town.ok("submit", "2023", "--org", TOWN, "--to", url, "--ask")["state"], "returned")
        town.settle(first["record"], "2023-03-20")
        better = town.ok(*where, url)
        check("resubmitted", (better["revision"], better["answer"]["revision"]), (2, 2))
        county.ok("act", better["answer"]["record"], "accept")
        check("accepted", town.ok("submit", "2023", "--org", TOWN, "--to", url, "--ask")["state"], "accepted")
        link = http.client.HTTPConnection("127.0.0.1", int(url.rsplit(":", 1)[1]), timeout=20)
        link.putrequest("POST", "/api/v1/submissions")
        link.putheader("Content-Length", str((64 << 20) + 1))
        link.endheaders()
        check("too large is told before it is sent", link.getresponse().status, 413)
        link.close()
        thief = Place(folder, "thief")
        thief.key()
        shutil.copytree(town.data, folder / "copy")
        copied = Place.__new__(Place)
        copied.folder, copied.data = folder, str(folder / "copy")
        code, answer = copied.call("--key", thief.made["key_file"], "submit", "2023", "--org", TOWN, "--to", url, "--ask")
        check("who does not hold the key is told nothing", (code, answer["error"]["code"]), (5, "not_found"))
    check("nobody there", town.refused(*where, url), (8, "unavailable"))
    check("nor in clear over a network", town.refused(*where, "http://example.invalid"), (3, "invalid"))
    check("an address that is none", town.refused(*where, "county"), (3, "invalid"))


def together(url, many, at="203.0.113.9"):
    """What so many large packages are told that are announced at once: to go on (100), or to wait."""
    head = (f"POST /api/v1/submissions HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {at}\r\nContent-Type: application/octet-stream\r\n"
            f"Content-Length: {60 << 20}\r\nExpect: 100-continue\r\n\r\n").encode()
    lines = [socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1])), timeout=20) for _ in range(many)]
    for line in lines:
        line.sendall(head)
    told = [int(line.recv(12).split()[1]) for line in lines]
    for line in lines:
        line.close()
    return told


def strangers(folder):
    """Whoever no registered key stands behind is held back before his package is read; a town at the same address is not."""
    town, county, stranger = Place(folder, "town"), Place(folder, "county"), Place(folder, "stranger")
    for place in (town, stranger):
        place.dispute(TOWN, "2023-03-05")
        place.key()
    county.ok("submissions", "trust", TOWN, "--key", town.key())
    foreign = stranger.package(name="f.json")[1].read_bytes()
    own = town.package(name="o.json")[1].read_bytes()
    text = json.loads(own)
    passes = {"none": {}, "no pass": {"Yifa-Pass": "a b c"}, "long": {"Yifa-Pass": "a" * 8000},
              "forged": {"Yifa-Pass": f"{text['key']['public']} {'a' * 64} {text['signature']}"},
              "another's": {"Yifa-Pass": f"{json.loads(foreign)['key']['public']} {'a' * 64} {text['signature']}"}}
    with Serving(county, "--behind-proxy") as url:

        def send(bytes_, path="", announce=None, at="203.0.113.7", **headers):
            link = http.client.HTTPConnection("127.0.0.1", int(url.rsplit(":", 1)[1]), timeout=20)
            link.putrequest("POST", "/api/v1/submissions" + path)
            for name, value in {"Content-Length": str(announce or len(bytes_)), "Content-Type": "application/json" if path else "application/octet-stream",
                                "X-Forwarded-For": at, **headers}.items():
                link.putheader(name, value)
            link.endheaders()
            link.send(bytes_)
            answer = link.getresponse()
            told = answer.status, answer.headers.get("Retry-After"), json.loads(answer.read())
            link.close()
            return told

        for n, bytes_ in enumerate([b"x", b"{}" * 100_000, own[:-9], foreign] * 7):
            check(f"refused, and counted: {n}", send(bytes_)[0], 403 if bytes_ is foreign else 422)
        question = json.dumps({"package": "a" * 64, "signature": "00"}).encode()
        for n in range(3):
            check(f"so is a question after nothing: {n}", send(question, "/standing")[0], 404)
        for name, headers in passes.items():
            status, wait, told = send(b"", announce=60 << 20, **headers)
            check(f"held back before anything is read: {name}", (status, told["code"], 0 < int(wait) <= 60), (429, "too_many", True))
        check("nor may it ask", send(question, "/standing")[0], 429)
        check("nor with nothing in it", (send(b"", "/standing")[0], send(b"")[0]), (429, 429))
        check("nor may a town without a pass", send(own)[0], 429)
        check("told in Chinese too", send(own, **{"Accept-Language": "zh"})[2]["detail"], "来自该地址的上报包多次未被接收，请稍后再试")
        check("somebody else may", send(own, at="203.0.113.8")[0], 201)
        for n in range(40):
            check(f"what is taken costs nothing: {n}", send(own, at="203.0.113.8")[0], 200)
        check("many at once are no more than one after another", sorted(together(url, 40)), [100] * 31 + [429] * 9)
        for n in range(31):
            send(b"x", at="127.0.0.1")
        check("the machine's own address is held as any", send(b"x", at="127.0.0.1")[0], 429)
        check("a town behind it is not: its program shows a pass", town.ok("submit", "2023", "--org", TOWN, "--to", url)["answer"]["repeated"], True)
        check("for asking too", town.ok("submit", "2023", "--org", TOWN, "--to", url, "--ask")["state"], "submitted")
        check("the pass of a key that is not registered", stranger.refused("submit", "2023", "--org", TOWN, "--to", url), (8, "unavailable"))
        county.ok("submissions", "distrust", TOWN)
        check("or is no more", town.refused("submit", "2023", "--org", TOWN, "--to", url), (8, "unavailable"))
    sound(county, "strangers")


def odd_answers(folder):
    """A county that is no county."""
    town = Place(folder, "town")
    town.dispute(TOWN, "2023-03-05")
    town.key()
    answers = [(200, b"no json"), (302, b""), (500, b"{}"), (200, b"x" * (2 << 20)), (422, "{\"detail\": \"不行\"}".encode())]
    wanted = [(3, "invalid"), (3, "invalid"), (8, "unavailable"), (8, "unavailable"), (3, "invalid")]

    class Odd(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = answers[self.server.turn]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                pass

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for turn, expected in enumerate(wanted):
        server.turn = turn
        check(f"an answer of {answers[turn][0]}", town.refused("submit", "2023", "--org", TOWN, "--to", f"http://127.0.0.1:{server.server_port}"), expected)
    server.shutdown()
    server.server_close()


run(the_way_in, what_is_refused, personal_fields, compared_and_added, records_changed_by_hand, chinese_signatures, over_the_wire, strangers, odd_answers)
