"""Every writing operation on records, files, imports, reports and checks. What was made is handed to the reads."""
import base64
import http.server
import json
import subprocess
import threading
import uuid

from api_accounts import accounts, administration
from api_writer import TOWN, Writer
from desk import YIFA, check, program

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
SENTENCE = "某乡镇全年排查矛盾纠纷219件，化解216件，化解率98.6%。"
REPORT = f"云溪镇人民政府关于2024年度法治政府建设情况的报告\n县人民政府：\n2024年，云溪镇扎实推进法治政府建设，现将有关情况报告如下。\n一、主要举措和成效\n（一）化解矛盾纠纷。{SENTENCE}\n二、2025年主要安排\n加强培训。\n云溪镇人民政府\n2025年1月15日\n"


def write_everything(of, people, watched, folder):
    w = Writer(of)
    made = {"records": [], "reports": [], "files": [], "batches": [], "jobs": [], "checks": [], "chains": [TOWN, f"access:{TOWN}", "admin:500229", "nothing"],
            "reader_of": {"listUsers": "secadmin", "listHistory": "auditor", "listBackups": "sysadmin", "securityCheck": "secadmin", "county": "county",
                          "listSubmissions": "county", "sumSubmissions": "county", "compareSubmission": "county"}, "submissions": []}
    records(w, people, made)
    parts(w, people, made)
    files(w, people, made)
    imports(w, people, made)
    reports(w, people, made)
    checks(w, people, made)
    submissions(w, people, made, folder)
    administration(w, people, watched, made)
    accounts(w, people, watched)
    return made


class Overheard(http.server.BaseHTTPRequestHandler):
    """Keeps what a town's program asks and says nothing of use."""

    def do_POST(self):
        self.server.heard = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(500)
        self.end_headers()

    def log_message(self, *_):
        pass


def submissions(w, people, made, folder):
    """A year of a town, made by an instance of its own, a restored copy of this one."""
    nobody, county, town, copy = people["nobody"], people["county"], folder / "town", folder / "town.yifa"
    here = nobody.served.data
    program(here, "backup", copy)
    program(here, "restore", copy, town)
    fingerprint = program(town, "submit", "key")["fingerprint"]
    package = program(town, "submit", 2023, "--org", TOWN, "-o", folder / "year.json")
    sent = (folder / "year.json").read_bytes()
    unknown = w.write(nobody, "receiveSubmission", body=sent, status=403)
    check("the way to register the key is told", fingerprint in unknown.json["problems"][0]["message"])
    program(here, "submissions", "trust", TOWN, "--key", fingerprint)
    w.write(nobody, "receiveSubmission", body=sent, query={"year": 2022}, status=422)
    w.write(nobody, "receiveSubmission", body=sent[:-1], status=422)
    taken = w.write(nobody, "receiveSubmission", body=sent, query={"year": 2023})
    again = w.write(nobody, "receiveSubmission", body=sent, status=200)
    check("a report sent back and written anew is none", ([one["name"] for one in package["items"]], package["lacks"]), (["figures.json"], ["report"]))
    check("the same package is the same record", (again.json["record"], again.json["repeated"], again.json["package"]), (taken.json["record"], True, package["package"]))
    made["submissions"].append(taken.json["record"])
    made["records"].append((taken.json["record"], "submission"))
    paper = w.write(people["clerk"], "keepFile", body=b"abc", query={"name": "a.txt"}).json["hash"]
    forged = {"org": TOWN, "fields": {"year": 2023, "revision": 9, "sent_on": "2024-01-02", "package": paper, "package_id": "x", "fingerprint": "x"}}
    w.write(people["clerk"], "openRecord", "submission", body=forged, status=403, spoil=False)
    w.write(people["clerk"], "act", taken.json["record"], body={"action": "correct", "fields": {"year": 2022}, "reason": "x"}, status=403, spoil=False)
    ear = http.server.HTTPServer(("127.0.0.1", 0), Overheard)
    threading.Thread(target=ear.serve_forever, daemon=True).start()
    subprocess.run([YIFA, "--data", town, "submit", "2023", "--org", TOWN, "--to", f"http://127.0.0.1:{ear.server_port}", "--ask"], capture_output=True)
    ear.shutdown()
    standing = w.write(nobody, "submissionStanding", body=ear.heard)
    check("how it stands is told to who signed", standing.json["state"], "submitted")
    w.write(nobody, "submissionStanding", body=ear.heard | {"signature": "00" * 64}, status=404, spoil=False)
    w.write(county, "act", taken.json["record"], body={"action": "return"}, status=422, spoil=False)
    w.write(county, "act", taken.json["record"], body={"action": "accept"}, spoil=False)
    sums = county.get("/api/v1/submissions/sums", year=2023).json
    check("one town of one is added", (sums["towns"], sums["added"], sums["missing"]), (1, 1, []))
    of = {one["id"]: one for one in county.get("/api/v1/figures", period="2023", org=TOWN).json["items"]}
    check("a sum over one town is the town's figure", {one["id"]: one["value"] for one in sums["figures"] if one["value"] != of[one["id"]]["value"]}, {})


def records(w, people, made):
    clerk, village = people["clerk"], people["village"]
    fields = {"found_on": "2023-11-06", "kind": "neighbour", "origin": "screening", "village": village.session["user"]["org"]["code"],
              "parties": [{"name": "赵某某", "phone": "13800001234"}], "facts": "为水渠"}
    judged = w.write(village, "openRecord", "dispute", body={"org": TOWN, "fields": fields, "dry_run": True}, status=200)
    check("a dry run writes nothing", village.get(f"/api/v1/records/{judged.json['record']}").status, 404)
    key = {"Idempotency-Key": str(uuid.uuid4())}
    body = {"org": TOWN, "fields": fields, "reason": "补录"}
    opened = w.write(village, "openRecord", "dispute", body=body, headers=key, spoil=False)
    again = w.write(village, "openRecord", "dispute", body=body, headers=key, status=200, spoil=False)
    check("the same key is the same record", (again.json["record"], again.json["repeated"]), (opened.json["record"], True))
    other = w.write(village, "openRecord", "dispute", body={**body, "reason": "x"}, headers=key, status=412, spoil=False)
    check("a key used for another request", other.code, "stale")
    bad = w.write(village, "openRecord", "dispute", body={"fields": {"found_on": "2023-02-30", "kind": "nothing", "colour": "red", "fund_on": "1"}}, status=422, spoil=False)
    check("every fault at once, by field", sorted(one["where"] for one in bad.json["problems"]), ["colour", "found_on", "fund_on", "kind", "origin"])
    record = opened.json["record"]
    made["records"].append((record, "dispute"))
    refused = w.write(people["officer"], "act", record, body={"action": "accept", "fields": {"accepted_on": "2023-11-07", "refused": False}}, status=403, spoil=False)
    check("whose step it is, is told", refused.json["problems"][0]["supply"], "mediator")
    w.write(clerk, "act", record, body={"action": "settle", "fields": {"result": "written"}}, status=422, spoil=False)
    w.write(clerk, "act", record, body={"action": "settle", "fields": {"result": "written", "concluded_on": "2023-11-20"}, "version": 1, "reason": "笔录另册保存"})
    w.write(clerk, "act", record, body={"action": "correct", "fields": {"kind": "land"}, "version": 1}, status=412, spoil=False)
    w.write(clerk, "act", record, body={"action": "session.open", "fields": {"held_on": "2023-11-10"}}, spoil=False)
    whole = clerk.get(f"/api/v1/records/{record}", personal=1).json
    part = whole["parts"][0]["id"]
    w.write(clerk, "act", record, body={"action": "session.correct", "part": part, "fields": {"held_on": "2023-11-11", "place": "村委会"}}, spoil=False)
    w.write(clerk, "act", record, body={"action": "session.withdraw", "part": part, "reason": "记错"}, spoil=False)
    w.write(clerk, "act", record, body={"action": "close", "reason": "协议书另册保存"}, spoil=False)
    w.write(clerk, "act", record, body={"action": "accept", "fields": {}}, status=409, spoil=False)
    w.write(clerk, "sendMatter", record, body={"user": "counsel"})
    w.write(clerk, "sendMatter", record, body={"user": "auditor"}, status=409, spoil=False)
    check("counsel has it", [one["id"] for one in people["counsel"].get("/api/v1/matters").json["items"]], [record])
    people["counsel"].get(f"/api/v1/records/{record}", personal=1)
    w.write(clerk, "takeBackMatter", record, "counsel")
    gone = w.write(village, "openRecord", "dispute", body={"org": TOWN, "fields": fields}, spoil=False).json["record"]
    w.write(clerk, "act", gone, body={"action": "withdraw", "reason": "重复"}, spoil=False)
    w.write(clerk, "act", gone, body={"action": "correct", "fields": {"kind": "land"}}, status=409, spoil=False)
    made["records"].append((gone, "dispute"))
    forgotten = w.write(village, "openRecord", "dispute", body={"org": TOWN, "fields": fields}, spoil=False).json["record"]
    w.write(people["clerk"], "act", forgotten, body={"action": "forget", "reason": "期满"}, spoil=False)
    made["records"].append((forgotten, "dispute"))
    petition = w.write(clerk, "openRecord", "petition", body={"fields": {"received_on": clerk.session["today"], "channel": "visit", "contactable": True}}, spoil=False).json
    w.write(clerk, "act", petition["record"], body={"action": "accept", "fields": {"accepted_on": clerk.session["today"], "route": "petition"}, "reason": "经办人另定"}, spoil=False)
    w.write(clerk, "act", petition["record"], body={"action": "extend", "fields": {"rule": "PET.FINISH"}, "reason": "情况复杂"}, spoil=False)
    made["records"].append((petition["record"], "petition"))


def parts(w, people, made):
    """A penalty refused and allowed, with its parts and its papers."""
    officer = people["officer"]

    def opened(ledger, **fields):
        answer = w.write(officer, "openRecord", ledger, body={"fields": fields}, spoil=False).json
        made["records"].append((answer["record"], ledger))
        return answer

    officers = []
    for n in (1, 2):
        post = opened("post", name=f"甲{n}", title="执法队员", **{"from": "2022-01-01"})
        officers.append(opened("officer", post=post["record"], joined_on="2022-01-01", certificate_no=f"A{n}", certified_from="2022-01-01", certified_to="2027-12-31")["record"])
    item = opened("enforcement_item", code="X1", name="事项一", basis="某条例", power="grant", valid_from="2020-01-01")["record"]
    case = opened("penalty", procedure="general", source_kind="report", party_kind="organisation", filed_on="2024-02-20", officers=officers, item=item)["record"]
    witness = {"kind": "witness", "taken_on": "2024-02-21"}
    refused = w.write(officer, "act", case, body={"action": "evidence.open", "fields": {**witness, "officers": officers[:1]}}, status=409, spoil=False)
    check("the article is named", refused.json["problems"][0]["source"], "行政处罚法 第四十二条")
    w.write(officer, "act", case, body={"action": "evidence.open", "fields": {**witness, "officers": officers[:1]}, "exempt": {"two_officers": "law"}, "reason": "法律另有规定"}, spoil=False)
    w.write(officer, "act", case, body={"action": "notify", "fields": {"proposed": "fine", "proposed_fine": "100"}, "reason": "当面告知"}, spoil=False)
    w.write(officer, "act", case, body={"action": "decide", "fields": {"outcome": "penalise", "decided_on": "2024-03-20"}}, status=403, spoil=False)


def files(w, people, made):
    clerk = people["clerk"]
    for name, content in (("a.png", PNG), ("说明.txt", "培训记录".encode())):
        kept = w.write(clerk, "keepFile", body=content, query={"name": name}).json
        made["files"].append(kept["hash"])
    for name, content in (("a.exe", b"MZ"), ("a.png", b"<html>"), ("a.txt", b""), ("", PNG), ("a.html", b"<html>"), ("a.svg", b"<svg/>")):
        w.write(clerk, "keepFile", body=content, query={"name": name}, status=422)
    training = w.write(clerk, "openRecord", "training", body={"fields": {"held_on": "2023-06-06", "audience": "cadres", "record": made["files"]}}, status=201, spoil=False)
    if training.status != 201:
        training = w.write(clerk, "openRecord", "publicity_event", body={"fields": {"held_on": "2023-06-06", "title": "宪法宣传", "topics": ["constitution"],
                           "form": ["lecture"], "photos": made["files"]}}, spoil=False)
    made["records"].append((training.json["record"], training.json["ledger"]))


def imports(w, people, made):
    clerk = people["clerk"]
    good = "排查日期,途径,参加排查人员\n2023年3月5日,村干部与网格员自查,１２\n2023.4.6,town,\"1,200\"\n".encode("gb18030")
    bad = "held_on,way\n2023-05-01,town\n2023-13-01,nowhere\n".encode()

    def done(body, **query):
        job = clerk.job(w.write(clerk, "importRecords", "screening", body=body, query={"name": "a.csv", **query}))
        made["jobs"].append(job["id"])
        return job["result"]

    check("previewed", done(good, dry_run=1)["rows"], 2)
    check("bad cells are addressed", sorted(one["where"] for one in done(bad)["problems"]), ["A3", "B3"])
    check("good rows taken", (lambda r: (r["taken"], r["rejected"]))(done(bad, accept_good=1)), (1, 1))
    taken = done(good)
    check("taken", taken["taken"], 2)
    check("the same file is the same records", done(good)["repeated"], 2)
    w.write(clerk, "importRecords", "screening", body=good, query={"name": "a.pdf"}, status=422)
    w.write(clerk, "undoImport", taken["batch"], body={"reason": "导错"})
    w.write(clerk, "undoImport", str(uuid.uuid4()), body={"reason": "x"}, status=404, spoil=False)
    events = clerk.get(f"/api/v1/jobs/{made['jobs'][0]}/events")
    check("the events end with the job's end", "event: done" in events.text)
    w.write(clerk, "forgetJob", made["jobs"].pop())


def reports(w, people, made):
    clerk, head, county = people["clerk"], people["head"], people["county"]
    report = w.write(clerk, "beginReport", body={"year": 2023, "outline": "four_part"}).json
    record = report["record"]
    made["reports"].append(record)
    made["records"].append((record, "annual_report"))
    block = next(one["id"] for one in report["blocks"] if any("figure" in run for s in one["sentences"] for run in s["runs"]))

    def shown():
        return clerk.get(f"/api/v1/reports/{record}").json

    def runs_of(view, name):
        return [run for one in view["blocks"] if one["id"] == name for s in one["sentences"] for run in s["runs"]]

    added = w.write(clerk, "insertBlock", record, body={"version": 1, "after": block, "runs": [{"text": "全年排查纠纷"}, {"figure": {"indicator": "disputes_found"}},
                    {"text": "件，其中邻里"}, {"figure": {"indicator": "disputes_found", "dimension": "kind", "group": "neighbour"}}, {"text": "件，培训3场，参训999人次。"}]}).json
    [mine] = {one["id"] for one in added["blocks"]} - {one["id"] for one in report["blocks"]}
    bare = [n for n, run in enumerate(runs_of(added, mine)) if run.get("figure", {}).get("status") == "bare"]
    check("typed numbers are bare", len(bare), 2)
    first = runs_of(added, mine)[bare[0]]
    found = clerk.get(f"/api/v1/reports/{record}/candidates", block=mine, start=first["start"], end=first["end"]).json["items"]
    indicator = found[0]["indicator"] if found else "trainings"
    w.write(clerk, "bindNumber", record, body={"block": mine, "start": first["start"], "end": first["end"], "indicator": indicator})
    bare = [n for n, run in enumerate(runs_of(shown(), mine)) if run.get("figure", {}).get("status") == "bare"]
    w.write(clerk, "keepNumber", record, body={"block": mine, "run": bare[-1], "reason": "县里的数字"})
    w.write(clerk, "keepNumber", record, body={"block": mine, "run": 999, "reason": "x"}, status=404, spoil=False)
    w.write(clerk, "saveBlock", record, "opening", body={"version": 1, "runs": [{"text": "2023年，高观镇扎实推进法治政府建设。"}]})
    w.write(clerk, "saveBlock", record, "opening", body={"version": 1, "runs": [{"text": "别的话。"}]}, status=412, spoil=False)
    study = next(one["id"] for one in report["blocks"] for run in runs_of(report, one["id"]) if run.get("figure", {}).get("indicator") == "leader_studies")
    kept = [{"text": run["text"]} | ({"figure": {k: run["figure"].get(k, "") for k in ("indicator", "dimension", "group")}} if "figure" in run else {})
            for run in runs_of(report, study)]
    w.write(clerk, "saveBlock", record, study, body={"runs": kept + [{"text": "学用结合。"}]}, spoil=False)
    for n in range(2):  # moves figures
        w.write(clerk, "openRecord", "study_session", body={"fields": {"held_on": f"2023-10-0{n + 1}", "body": "leaders", "kind": "law", "texts": "constitution"}}, spoil=False)
    view = shown()
    check("figures that moved are stale", view["stale"] > 0)
    stale = [(one["id"], n) for one in view["blocks"] for n, run in enumerate(runs_of(view, one["id"])) if run.get("figure", {}).get("status") == "stale"]
    w.write(clerk, "acceptFigure", record, body={"block": stale[0][0], "run": stale[0][1]})
    w.write(clerk, "acceptFigure", record, body={"all": True}, spoil=False)
    view = w.write(clerk, "redraft", record, body={}, spoil=False).json
    check("what somebody wrote stays, with an offer", [one["block"] for one in view["offers"]], [study])
    w.write(clerk, "takeOffer", record, body={"block": study})
    w.write(clerk, "redraft", record, body={"version": 0})
    w.write(clerk, "insertBlock", record, body={"after": mine, "runs": [{"text": SENTENCE + "根据《中华人民共和国行政许可法》第一百九十九条开展。"}]}, spoil=False)
    view = shown()
    last = next(one["id"] for one in reversed(view["blocks"]) if any(SENTENCE[:10] in s["text"] for s in one["sentences"]))
    check("the checker's findings stand in the report", bool(view["findings"]))
    w.write(clerk, "removeBlock", record, last)
    w.write(clerk, "removeBlock", record, "nothing", status=404)

    def step(client, action, status=200, **fields):
        return w.write(client, "act", record, body={"action": action, "fields": fields, "reason": "按程序办理"}, status=status, spoil=False)

    posts = [one["id"] for one in clerk.get("/api/v1/ledgers/post/records", limit=3).json["items"]]
    step(clerk, "check", reviewed_by=posts[0])
    step(clerk, "approve", status=403, signer=posts[1], signed_on="2024-01-15")
    step(head, "approve", signer=posts[1], signed_on="2024-01-15")
    step(clerk, "submit", submitted_on="2024-01-20")
    sealed = shown()
    check("what was handed in is sealed", (sealed["sealed"], sealed["writable"]), (True, False))
    run = next(n for n, one in enumerate(runs_of(sealed, mine)) if "figure" in one)
    w.write(county, "remarkOnReport", record, body={"block": mine, "run": run, "text": "请核对这个数"})
    w.write(county, "remarkOnReport", record, body={"block": "opening", "text": "请补充一句"}, spoil=False)
    step(county, "return")
    remarks = shown()["remarks"]
    check("the county's comments are there", len(remarks), 2)
    w.write(clerk, "answerRemark", remarks[0]["id"], body={"text": "已核对，与台账一致"})
    w.write(clerk, "answerRemark", str(uuid.uuid4()), body={"text": "x"}, status=404, spoil=False)
    step(clerk, "revise")
    again = w.write(clerk, "beginReport", body={"year": 2023}, spoil=False)
    check("a year has one report", again.json["record"], record)


def checks(w, people, made):
    clerk, counsel = people["clerk"], people["counsel"]
    first = clerk.job(w.write(clerk, "checkReport", body=REPORT.encode(), query={"name": "云溪镇.txt"}))
    batch = first["result"]["batch"]
    check("findings come", bool(first["result"]["findings"]) and bool(first["result"]["text"]))
    second = clerk.job(w.write(clerk, "checkReport", body=REPORT.replace("云溪", "石桥").encode("gb18030"), query={"name": "b.txt", "batch": batch, "place": "石桥镇", "year": 2024}))
    check("in one batch", second["result"]["batch"], batch)
    made["jobs"] += [first["id"], second["id"]]
    made["checks"] += [first["result"]["id"], second["result"]["id"]]
    made["batches"].append(batch)
    broken = clerk.job(w.write(clerk, "checkReport", body=b"%PDF-1.4 broken", query={"name": "c.pdf"}))
    check("a file that cannot be read fails by itself", (broken["state"], broken["error"]["code"]), ("failed", "invalid"))
    clerk.job(w.write(clerk, "checkReport", body=REPORT.encode(), query={"name": "../../../etc/x.txt"}))
    own = counsel.job(w.write(counsel, "checkReport", body=REPORT.encode(), query={"name": "a.txt"}))
    w.write(counsel, "closeBatch", own["result"]["batch"])
    check("nobody else's batch", counsel.get(f"/api/v1/batches/{batch}").status, 404)
    w.write(clerk, "checkReport", body=REPORT.encode(), query={}, status=422)
    for name in ("..", "../..", ".", "x" * 300 + ".txt", "a/b/c.txt", ".txt"):
        answer = clerk.request("POST", "/api/v1/checks", REPORT.encode(), query={"name": name})
        check(f"{answer.what}: a name names nothing on disk", answer.status in (202, 422))
    empty = clerk.job(w.write(clerk, "checkReport", query={"name": "empty.txt"}))
    check("an empty file is read as one", (empty["state"], empty.get("error", {}).get("code")), ("failed", "invalid"))
