#!/usr/bin/env python3
"""Who may do what through the server: api_matrix.py YIFA SOURCE_TREE.

Two towns of one county and one of another province; people of every role; matters in and out of everybody's scope, one sent to counsel and one not. The
tables below say who may. Every body that comes back, whatever it answers, is searched for ids, words and names that its reader may not know; workbooks and
documents are unpacked for it (api_people.py)."""
import html
import re
import uuid

from api_guard import guarded
from api_people import A, ADMINS, B, COUNTY, FOREIGN, LEDGERS, READS_ONLY, SCOPES, VILLAGE, VILLAGE2, Watch, matters, settle
from desk import Client, Served, check, demonstration, run
from openapi import Specification

# Operations of the administrators: who is not named gets 403. Those on an account: on one of another province, which "far" keeps.
TABLE = """
listUsers      secadmin far
makeUser       secadmin far
listHistory    auditor
checkHistory   auditor
listBackups    sysadmin
makeBackup     sysadmin
planBackups    sysadmin
securityCheck  sysadmin secadmin auditor far
changeUser     far
dropSecondFactor far
newCode        far
endSessions    far
"""
OPEN = {"door", "showSession", "signIn", "signInByCode", "setUp", "setupOrgs", "specification", "receiveSubmission", "submissionStanding"}
MINE = {"signOut", "listSessions", "endSession", "changePassword", "offerSecondFactor", "confirmSecondFactor", "dropMySecondFactor", "myMatters",
        "enterTraining", "leaveTraining"}
PLAIN = {"catalog", "plan", "showOrg", "listOrgs", "deadline", "listSettings", "showCalendar", "listColleagues"}
OFFICE = {"listRecords", "exportRecords", "search", "listLedgers", "listDue", "completeness", "reportClock", "listFigures", "showFigure", "figureRecords",
          "listReports", "county", "listSubmissions", "sumSubmissions"}
RECORD = {"showRecord", "outlook", "recordHistory", "recordLinks", "dossier", "document", "compareSubmission"}
RECORD_WRITES = {"act", "sendMatter", "takeBackMatter"}
REPORT = {"showReport", "candidates", "compareVersions", "previewReport", "sendReport", "verifyManifest"}
REPORT_WRITES = {"saveBlock", "insertBlock", "removeBlock", "redraft", "takeOffer", "acceptFigure", "keepNumber", "bindNumber", "remarkOnReport", "answerRemark"}
OWN_WORK = {"showJob", "forgetJob", "watchJob", "showCheck", "listBatch", "batchSummary", "closeBatch", "checkReport"}
ENTRY = {"openRecord", "importRecords", "undoImport", "blankSheet", "keepFile", "sendFile", "beginReport", "chaseReport"}


def may(what, answer, allowed, refused=(403, 404)):
    """Allowed: anything but a refusal of the person. Not: exactly that, and nobody signed in: 401."""
    if allowed:
        check(f"{what}: {answer.what} may: {answer.text[:160] if answer.status in (401, 403) else ''}", answer.status not in (401, 403))
    else:
        check(f"{what}: {answer.what} may not", answer.status in ((401,) if answer.what.startswith("nobody ") else refused))


def told(answer, name):
    """All that an answer tells, but for the name that was asked for."""
    return answer.status, answer.text.replace(name, "")


def sweep_records(of, people, watch, papers):
    for target in watch.targets:
        for name, client in people.items():
            at, sees = f"/api/v1/records/{target.record}", target.seen_by(name)
            hidden = f"/api/v1/records/{uuid.uuid4()}"
            for path in ("", "/outlook", "/history", "/links"):
                answer = client.get(at + path)
                may(target.name, answer, sees, (404,))
                check(f"{answer.what}: 200 to who may", answer.status == 200, sees)
                if not sees and name != "nobody":
                    check(f"{answer.what}: as one that does not exist", told(answer, target.record), told(client.get(hidden + path), hidden[-36:]))
            for form in ("html", "docx", "json"):
                may(target.name, client.get(at + "/dossier", format=form), sees, (404,))
            for paper in papers[target.ledger]:
                may(target.name, client.get(f"{at}/documents/{paper}"), sees, (404,))
                watch.handling = {target.name}
                may(target.name, client.get(f"{at}/documents/{paper}", personal=1), target.handled_by(name))
                watch.handling = set()
            for file in target.files:
                answer = client.get(f"/api/v1/files/{file}")
                check(f"{answer.what}: the file of {target.name}", answer.status == 200, sees)
                if not sees and name != "nobody":
                    check(f"{answer.what}: as one that does not exist", told(answer, file), told(client.get(f"/api/v1/files/{'0' * 64}"), "0" * 64))
    watch.handling = {one.name for one in watch.targets}
    for target in watch.targets:
        for name, client in people.items():
            handles = target.handled_by(name)
            answer = client.get(f"/api/v1/records/{target.record}", personal=1)
            check(f"{answer.what}: personal fields of {target.name}", answer.status == 200, handles)
            if handles:
                check(f"{answer.what}: has them", [one in answer.text for one in target.secrets], [True] * len(target.secrets))
            may(target.name, client.get(f"/api/v1/records/{target.record}/dossier", personal=1), handles)
    watch.handling = set()


def sweep_record_writes(people, watch):
    before = {one.name: whole(people, one) for one in watch.targets}
    for target in watch.targets:
        at = f"/api/v1/records/{target.record}"
        for name, client in people.items():
            sees = target.seen_by(name)
            if not sees or name in READS_ONLY:
                for body in ({"action": "correct", "fields": {}, "reason": "x"}, {"action": "withdraw", "reason": "x"}, {"action": "forget", "reason": "x"}):
                    may(target.name, client.post(at + "/actions", body), False, (403,) if sees else (404,))
                may(target.name, client.post(at + "/handlers", {"user": name if name not in ("nobody", *ADMINS) else "counsel"}), False, (403,) if sees else (404,))
                may(target.name, client.request("DELETE", at + "/handlers/counsel"), False, (403,) if sees else (404,))
            else:
                stale = client.post(at + "/actions", {"action": "correct", "fields": {}, "reason": "x", "version": 999})
                check(f"{stale.what}: who may is told that it moved on", stale.status, 412)
    for target in watch.targets:
        check(f"{target.name}: nothing moved", whole(people, target), before[target.name])


def whole(people, target):
    record = people[target.by].get(f"/api/v1/records/{target.record}").json
    return record["version"], record["handlers"], record["withdrawn"]


def sweep_lists(people, watch):
    for name, client in people.items():
        for ledger in ("dispute", "training"):
            for org in ("", A, B, FOREIGN, COUNTY, VILLAGE, VILLAGE2, "50"):
                query = {"where": ["found_on=2023-09-09" if ledger == "dispute" else "held_on=2023-09-10"], "limit": 500} | ({"org": org} if org else {})
                answer = client.get(f"/api/v1/ledgers/{ledger}/records", **query)
                shows(name, answer, ledger, org, watch)
                for form in ("csv", "json", "xlsx"):
                    exported = client.get(f"/api/v1/ledgers/{ledger}/export", format=form, **query)
                    check(f"{exported.what}: exports what it lists", exported.status, answer.status)
        for word in ("标记甲培训", "标记乙培训", "标记丙培训", "赵密一", "13911110002"):
            answer = client.get("/api/v1/search", q=word)
            found = [one["record"] for one in answer.json.get("items", [])] if answer.status == 200 else []
            wanted = [one.record for one in watch.targets if word in one.marks and one.seen_by(name) and name not in one.sent]
            check(f"{answer.what}: finds what is his", found, wanted)


def shows(name, answer, ledger, org, watch):
    """A list holds exactly the matters that lie in the office asked for and may be seen."""
    scope = SCOPES.get(name)
    if name in ("counsel", "counsel2"):
        wanted = {one.record for one in watch.targets if name in one.sent and one.ledger == ledger}
    elif scope is None or ledger not in LEDGERS.get(name, [ledger]) or not ((org or scope).startswith(scope) or scope.startswith(org)):
        return may(f"list of {org or 'his own'}", answer, False)
    else:
        wanted = {one.record for one in watch.targets if one.ledger == ledger and one.seen_by(name)
                  and (one.town.startswith(org or scope) or one.place.startswith(org or scope))}
    if check(f"{answer.what}: is told", answer.status, 200):
        mine = {one.record for one in watch.targets}
        check(f"{answer.what}: holds what lies there", {one["id"] for one in answer.json["items"]} & mine, wanted)


def sweep_offices(people):
    for name, client in people.items():
        scope = SCOPES.get(name)
        for org in (A, B, FOREIGN, COUNTY, VILLAGE, VILLAGE2):
            inside = scope is not None and org.startswith(scope)
            for path in ("completeness", "clock", "ledgers", "figures", "figures/officer_trainings", "figures/officer_trainings/records"):
                may(f"{path} of {org}", client.get(f"/api/v1/{path}", org=org, year=2023, period="2023"), inside)
            if name != "narrow":
                may(f"disputes of {org}", client.get("/api/v1/figures/disputes_found/records", org=org, period="2023"), inside)
            due = client.get("/api/v1/due", org=org, within=400)
            may(f"due of {org}", due, inside or name in ("counsel", "counsel2"))
            # A list is cut to what is his.
            listed = scope is not None and name not in LEDGERS and (inside or scope.startswith(org)) or name in ("counsel", "counsel2")
            may(f"reports of {org}", client.get("/api/v1/reports", org=org), listed)
            if org in (COUNTY, A):
                may(f"county {org}", client.get("/api/v1/county", org=org, year=2023), inside)
                for path in ("submissions", "submissions/sums"):
                    may(f"{path} of {org}", client.get(f"/api/v1/{path}", org=org, year=2023), inside and name not in LEDGERS)
    for path in ("figures/disputes_found", "figures/disputes_found/records", "ledgers/dispute/records", "ledgers/dispute/export"):
        may("a ledger that is not his", people["narrow"].get(f"/api/v1/{path}"), False)
    listed = [one["id"] for one in people["narrow"].get("/api/v1/figures", period="2023").json["items"]]
    check("only figures of his ledger", ("officer_trainings" in listed, "disputes_found" in listed), (True, False))
    for name in ("narrow",):
        shown = {one["id"] for one in people[name].get("/api/v1/ledgers").json["items"]}
        check("only his ledger is counted", shown, {"training"})


def sweep_reports(people, watch):
    reports = {}
    for by, town in (("clerk", A), ("other", B)):
        made = people[by].post("/api/v1/reports", {"org": town, "year": 2023})
        check(f"{made.what}: drafts", made.status, 201)
        reports[town] = made.json["record"]
    for name, client in people.items():
        may("begins a report elsewhere", client.post("/api/v1/reports", {"org": FOREIGN, "year": 2022}), name == "outsider")
        for town, record in reports.items():
            at = f"/api/v1/reports/{record}"
            # The county sees a report once it was handed in.
            reads = name in SCOPES and town.startswith(SCOPES[name]) and name not in LEDGERS and name != "county"
            writes = reads and name in ("clerk", "other")
            for path, query in (("", {}), ("/preview", {}), ("/file", {"format": "docx"}), ("/file", {"format": "json"}), ("/manifest", {}),
                                ("/compare", {"from": 1, "to": 1}), ("/candidates", {"block": "opening", "start": 0, "end": 4})):
                may(f"report of {town}", client.get(at + path, **query), reads)
            for method, path, body in (("PUT", "/blocks/opening", {"version": 1, "runs": [{"text": "他人的话。"}]}), ("POST", "/blocks", {"after": "opening", "runs": [{"text": "x"}]}),
                                       ("DELETE", "/blocks/opening", None), ("POST", "/redraft", {}), ("POST", "/offer", {"block": "opening"}), ("POST", "/accept", {"all": True}),
                                       ("POST", "/keep", {"block": "opening", "run": 0, "reason": "x"}), ("POST", "/bind", {"block": "opening", "start": 0, "end": 4,
                                       "indicator": "officer_trainings"}), ("POST", "/remarks", {"block": "opening", "text": "x"})):
                # Whoever enters records in the office may comment.
                if not (writes or path == "/remarks" and reads):
                    answer = client.request(method, at + path, body)
                    check(f"{answer.what} may not write the report of {town}", answer.status in ((401,) if name == "nobody" else (403, 404, 409)))
    for by, town in (("clerk", A), ("other", B)):
        check(f"the report of {town} is as it was", people[by].get(f"/api/v1/reports/{reports[town]}").json["version"], 1)


def sweep_entry(people, watch):
    """Opening, importing, taking back, attaching."""
    before = {name: people[name].get("/api/v1/ledgers/training/records", limit=1).json["total"] for name in ("clerk", "other", "outsider")}
    batch = people["clerk"].job(people["clerk"].request("POST", "/api/v1/ledgers/screening/imports", b"held_on,way\n2023-05-01,town\n", query={"name": "a.csv"}))["result"]["batch"]
    for name, client in people.items():
        enters = name in SCOPES and name not in READS_ONLY
        for town in (A, B, FOREIGN):
            inside = enters and town.startswith(SCOPES[name])
            for dry in (True, False):
                if not inside:
                    may(f"opens in {town}", client.post("/api/v1/ledgers/training/records", {"org": town, "dry_run": dry, "fields": {"held_on": "2023-01-01", "audience": "officers"}}), False)
            imported = client.request("POST", "/api/v1/ledgers/training/imports", b"held_on,audience\n2023-05-01,officers\n", query={"name": "a.csv", "org": town, "dry_run": 1})
            if enters and imported.status == 202:
                job = client.job(imported)
                check(f"{imported.what}: a preview elsewhere takes nothing", job["state"] == "done" and job["result"]["rejected"] == 0, inside)
            else:
                may(f"imports into {town}", imported, inside)
        if not (enters and A.startswith(SCOPES[name])):
            may("takes an import back", client.post(f"/api/v1/imports/{batch}/undo", {"reason": "x"}), False, (403, 404))
        kept = client.request("POST", "/api/v1/files", b"abc", query={"name": "a.txt"})
        may("keeps a file", kept, name not in (*ADMINS, "far", "nobody"))
        client.get("/api/v1/ledgers/training/template.xlsx")
    file = watch.targets[3].files[0]
    for name in ("other", "outsider", "counsel2"):
        answer = people[name].get(f"/api/v1/files/{file}")
        check(f"{answer.what}: another town's paper", answer.status in (403, 404))
        unknown = people[name].get(f"/api/v1/files/{'0' * 64}")
        check("and one that does not exist sounds the same", (answer.status, answer.code), (unknown.status, unknown.code))
    # Who knows the hash of a file names it nowhere: as if there were no such file.
    for name in ("other", "outsider", "clerk"):
        mine = people[name].request("POST", "/api/v1/files", f"{name}的照片".encode(), query={"name": "a.txt"}).json["hash"]
        answers = []
        for paper in (file, "0" * 64, mine):
            fields = {"held_on": "2022-01-01", "audience": "officers", "record": [paper]}
            answers.append(people[name].post("/api/v1/ledgers/training/records", {"org": SCOPES[name], "dry_run": True, "fields": fields}))
        reads = watch.targets[3].seen_by(name)
        check(f"{name} names a paper he may {'' if reads else 'not '}read", answers[0].status, 200 if reads else 422)
        if not reads:
            check(f"{name}: as one that does not exist", told(answers[0], file), told(answers[1], "0" * 64))
        check(f"{name} names what he brought: {answers[2].text[:200]}", answers[2].status, 200)
    check("nothing was written", {name: people[name].get("/api/v1/ledgers/training/records", limit=1).json["total"] for name in before}, before)


def sweep_own(people):
    """Jobs, checks, batches and sessions are their owner's."""
    clerk = people["clerk"]
    job = clerk.job(clerk.request("POST", "/api/v1/checks", "云溪镇2024年度法治政府建设情况的报告\n标记丁\n".encode(), query={"name": "a.txt"}))
    session = clerk.get("/api/v1/sessions").json["items"][0]["id"]
    own = {"GET /jobs/": job["id"], "GET /checks/": job["result"]["id"], "GET /batches/": job["result"]["batch"], "DELETE /jobs/": job["id"],
           "DELETE /batches/": job["result"]["batch"], "DELETE /sessions/": session}
    for name, client in people.items():
        if name == "clerk":
            continue
        for what, which in own.items():
            method, path = what.split(" ")
            answer = client.request(method, f"/api/v1{path}{which}")
            check(f"{answer.what}: another's", answer.status, 401 if name == "nobody" else 404)
        for tail in (f"jobs/{job['id']}/events", f"batches/{job['result']['batch']}/summary"):
            check(f"{tail}: another's", client.get(f"/api/v1/{tail}").status, 401 if name == "nobody" else 404)
    check("and still there", clerk.get(f"/api/v1/checks/{job['result']['id']}").status, 200)


def sweep_table(of, people):
    body = {"makeUser": {"id": "x", "name": "x", "roles": []}, "changeUser": {"name": "孙外人"}, "planBackups": {"on": False, "at": "02:30"}}
    for line in TABLE.strip().splitlines():
        operation, *allowed = line.split()
        one = of.operations[operation]
        values = ["outsider" for _ in one.names]
        for name, client in people.items():
            if operation not in ("makeBackup", "checkHistory") or name not in allowed:
                may(operation, client.request(one.method, one.address(*values), body.get(operation)), name in allowed, (403, 404) if one.names else (403,))
    for operation in ("changeUser", "dropSecondFactor", "newCode", "endSessions"):
        one = of.operations[operation]
        for name in ("secadmin", "clerk"):
            answers = [people[name].request(one.method, one.address(user), body.get(operation)) for user in ("outsider", "no.such.one")]
            check(f"{answers[0].what}: as one that does not exist", told(answers[0], "outsider"), told(answers[1], "no.such.one"))
    users = {one["id"] for one in people["secadmin"].get("/api/v1/users", limit=500).json["items"]}
    check("accounts of the county and no others", ("clerk" in users, "other" in users, "outsider" in users, "far" in users), (True, True, False, False))
    far = people["secadmin"].get("/api/v1/users", org=FOREIGN)
    check("nobody of another province", far.status == 403 or far.json["items"] == [])
    may("makes one elsewhere", people["secadmin"].post("/api/v1/users", {"id": "spy", "name": "x", "org": FOREIGN, "roles": ["legal_officer"]}), False)
    for roles in (["security_admin", "audit_admin"], ["legal_officer", "system_admin"]):
        made = people["secadmin"].post("/api/v1/users", {"id": "both", "name": "x", "org": COUNTY, "roles": roles})
        check("no account holds two of the offices", made.status, 422)


def sweep_public(people):
    """The pages without sign-in, link after link: the watch looks into each for everything that is nobody's to know."""
    nobody, waiting, seen = people["nobody"], ["/public/"], set()
    while waiting and len(seen) < 200:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        address, _, query = path.partition("?")
        page = nobody.request("GET", address, query=dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair))
        check(f"{page.what}: is there", page.status in (200, 303))
        waiting += [html.unescape(link) for link in re.findall(r'href="(/public[^"#]*)', page.text)]
    for path in ("", "/enforcement", "/documents", "/ask", "/reports/2023", "/decisions/" + str(uuid.uuid4())):
        for town in (A, B):
            nobody.get(f"/public/{town}{path}")
    return len(seen)


def matrix(folder):
    served = Served(demonstration(folder))
    try:
        of = Specification(Client(served).get("/api/v1/openapi.json").json)
        told = OPEN | MINE | PLAIN | OFFICE | RECORD | RECORD_WRITES | REPORT | REPORT_WRITES | OWN_WORK | ENTRY | {line.split()[0] for line in TABLE.strip().splitlines()}
        check("every operation stands in a table", set(of.operations) - told, set())
        watch = Watch(of)
        people = settle(served, watch)
        matters(people, watch)
        papers = {one["id"]: [paper["id"] for paper in one["documents"]] for one in people["clerk"].get("/api/v1/catalog").json["ledgers"]}
        for one in of.operations.values():
            if one.id not in OPEN:
                answer = people["nobody"].request(one.method, one.address(*["x" for _ in one.names]), {} if one.takes() else None)
                check(f"{answer.what}: nobody is let in", (answer.status, answer.code), (401, "unauthenticated"))
        for name in people:
            for operation in PLAIN - {"plan", "showOrg", "deadline"}:
                may(operation, people[name].get(of.operations[operation].path), name != "nobody")
        sweep_records(of, people, watch, papers)
        sweep_record_writes(people, watch)
        sweep_lists(people, watch)
        sweep_offices(people)
        sweep_reports(people, watch)
        sweep_entry(people, watch)
        sweep_own(people)
        sweep_table(of, people)
        pages = sweep_public(people)
        guarded(served, people, watch, folder)
        print(f"{len(people)} people, {len(watch.targets)} matters, {len(of.operations)} operations, {pages} public pages, {watch.looked} bodies searched")
    finally:
        served.stop()


run(matrix)
