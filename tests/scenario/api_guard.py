"""What keeps the server whole: sessions, tokens, lock-outs, headers, uploads, exports. Each check names the rule it shows (docs/security.md)."""
import io
import re
import time
import uuid
import zipfile

from desk import Client, check, program, raw

WORD = "石板桥下的芦苇 2031"
FORMULAS = ["=HYPERLINK(\"http://x/\"&A1)", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "=1+1"]


def guarded(served, people, watch, folder):
    origins(people)
    cookies(served, people)
    chain(people, watch)
    sent_and_taken_back(people, watch)
    keys(people)
    formulas(people)
    told_in_words(people, watch)
    passwords(served, people)
    lock_out(served, people)
    revoked(served, people)
    requests(served)
    pages(served, people)


def origins(people):
    """A change needs the token, and begins on our own page."""
    clerk = people["clerk"]
    body = {"fields": {"held_on": "2023-01-01", "audience": "officers"}, "dry_run": True}
    at = "/api/v1/ledgers/training/records"
    check("with the token", clerk.post(at, body).status, 200)
    for token in ("", "x", people["officer"].csrf, clerk.csrf[:-1], clerk.csrf.upper()):
        answer = clerk.post(at, body, headers={"X-CSRF-Token": token})
        check(f"token {token[:6]!r}", (answer.status, answer.code), (403, "csrf"))
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)):
        check(f"Sec-Fetch-Site: {site}", clerk.post(at, body, headers={"Sec-Fetch-Site": site}).status, status)
    check("another origin", clerk.post(at, body, headers={"Origin": "http://evil.example"}).status, 403)
    check("an opaque origin", clerk.post(at, body, headers={"Origin": "null"}).status, 403)
    check("our own", clerk.post(at, body, headers={"Origin": f"http://127.0.0.1:{clerk.served.port}"}).status, 200)
    signing = Client(clerk.served).request("POST", "/api/v1/session", {"user": "x", "password": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    check("nobody is signed in from elsewhere", signing.status, 403)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        check(f"a body that calls itself {kind!r}", clerk.post(at, body, headers={"Content-Type": kind}).status, 415)
    answer = clerk.request("GET", "/api/v1/session", headers={"Origin": "http://evil.example"})
    check("no page elsewhere may read", answer.headers.get("Access-Control-Allow-Origin"), None)
    check("nor ask to", clerk.request("OPTIONS", "/api/v1/session", headers={"Origin": "http://evil.example"}).status, 405)


def cookies(served, people):
    code = program(served.data, "user", "code", "counsel2")["code"]
    client = Client(served, "counsel2 2")
    answer = client.sign_in_by_code(code)
    flags = answer.headers["Set-Cookie"]
    for flag in ("HttpOnly", "SameSite=Strict", "Path=/"):
        check(f"the cookie is {flag}", flag in flags)
    token = re.match(r"yifa_session=([0-9a-f]+)", flags)[1]
    check("256 random bits", len(token), 64)
    check("signing in is not kept", answer.headers.get("Cache-Control"), "no-store")
    check("the session's id is not its token", token in client.get("/api/v1/sessions").text, False)
    check("the token is not the cookie", client.csrf == token, False)
    old = client.cookie
    done = client.request("DELETE", "/api/v1/session")
    check("signed out", (done.status, "Max-Age=0" in (done.headers.get("Set-Cookie") or "")), (204, True))
    client.cookie = old
    check("the old cookie opens nothing", client.get("/api/v1/session").status, 401)
    for cookie in ("yifa_session=", "yifa_session=" + "0" * 64, "yifa_session=%00", "yifa_session=" + "a" * 5000, "yifa_session"):
        client.cookie = cookie
        check(f"cookie {cookie[:20]}", client.get("/api/v1/session").status, 401)


def chain(people, watch):
    """Each reading of personal fields is an event, of whom and when."""
    def readings():
        events = people["auditor"].get("/api/v1/history", chain="access:500229", limit=500).json["items"]
        return [(one["actor"], one["record"]) for one in events if one["action"] == "read personal"]

    first = watch.targets[0]
    before = readings()
    watch.handling = {first.name}
    for name in ("village", "counsel", "clerk", "village"):
        people[name].get(f"/api/v1/records/{first.record}", personal=1)
    watch.handling = set()
    people["village"].get(f"/api/v1/records/{first.record}")
    after = readings()
    check("three readings, three events", (len(after) - len(before), [one[0] for one in after[:3]]), (3, ["village", "counsel", "village"]))
    check("the audit administrator sees who, not what", any(one in str(after) for one in first.secrets), False)


def sent_and_taken_back(people, watch):
    first = watch.targets[0]
    taken = people["village"].request("DELETE", f"/api/v1/records/{first.record}/handlers/counsel")
    first.sent.discard("counsel")
    check("taken back", taken.status, 204)
    for path in ("", "/outlook", "/history", "/links", "/dossier"):
        check(f"counsel sees it no more: {path}", people["counsel"].get(f"/api/v1/records/{first.record}{path}").status in (403, 404))
    check("nor in his list", people["counsel"].get("/api/v1/matters").json["items"], [])


def keys(people):
    """A key is its owner's: somebody else's use of it gives nothing of the first act away."""
    key = {"Idempotency-Key": str(uuid.uuid4())}
    fields = {"held_on": "2023-04-04", "audience": "officers"}
    at = "/api/v1/ledgers/training/records"
    first = people["clerk"].post(at, {"org": "500229107", "fields": fields}, headers=key)
    check("first", first.status, 201)
    for body in ({"org": "500229107", "fields": fields}, {"org": "500229108", "fields": fields}):
        second = people["other"].post(at, body, headers=key)
        check(f"{second.what}: another's key", (second.status in (201, 403, 412), first.json["record"] in second.text), (True, False))
    colleague = people["officer"].post(at, {"org": "500229107", "fields": fields}, headers=key)
    check("nor a colleague's", colleague.status in (201, 412) or colleague.json.get("record") == first.json["record"])


def formulas(people):
    """What a spreadsheet would run comes out as text, and comes back as it was."""
    clerk = people["clerk"]
    for n, title in enumerate(FORMULAS):
        made = clerk.post("/api/v1/ledgers/training/records", {"fields": {"held_on": f"2022-03-0{n + 1}", "audience": "officers", "title": title}})
        check(f"{title} is kept", made.status, 201)
    csv = clerk.get("/api/v1/ledgers/training/export", format="csv", period="2022-03").body.decode("utf-8-sig")
    for title in FORMULAS:
        quoted = title.replace('"', '""')
        check(f"{title} in CSV is text", f"'{quoted}" in csv)
    check("no cell begins a formula", [cell for line in csv.splitlines()[1:] for cell in re.split(r',(?=(?:[^"]*"[^"]*")*[^"]*$)', line)
                                       if cell.strip('"')[:1] in ("=", "+", "@")], [])
    book = clerk.get("/api/v1/ledgers/training/export", format="xlsx", period="2022-03").body
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        sheets = "".join(packed.read(name).decode() for name in packed.namelist() if "worksheets/" in name)
    check("no formula in the workbook", "<f>" in sheets or "<f " in sheets, False)
    check("nor a link out of it", "http://x/" in sheets and "hyperlink" in sheets, False)


def told_in_words(people, watch):
    """What the pages show is there, in the language that is asked for; what is only tried is not done."""
    clerk, english = people["clerk"], {"Accept-Language": "en"}
    matter = clerk.post("/api/v1/ledgers/screening/records", {"fields": {"held_on": "2023-06-01", "way": "village"}}).json["record"]
    first = watch.targets[0].record
    village = people["village"]
    labels = {one["id"]: one for one in clerk.request("GET", "/api/v1/catalog", headers=english).json["ledgers"]}
    steps = village.request("GET", f"/api/v1/records/{first}/outlook", headers=english).json["steps"]
    known = {one["id"]: one["label"] for one in labels["dispute"]["transitions"]}
    check("steps in English", [one["label"] for one in steps], [known[one["step"]] for one in steps])
    sent = [one["label"] for one in village.get(f"/api/v1/records/{first}/history").json["items"] if one["action"] == "send"]
    check("that a matter was sent is said", sent, ["送请办理"])
    events = people["auditor"].get("/api/v1/history", chain="admin:500229", limit=200).json["items"]
    check("the history says whose account", all(one["account"] for one in events if one["ledger"] in ("@user", "@handler")))
    check("and to whom a matter went", {one["account"] for one in events if one["ledger"] == "@handler" and one["record"] == first}, {"counsel"})
    tried = clerk.post(f"/api/v1/records/{matter}/actions", {"action": "withdraw", "reason": "试", "dry_run": True})
    check("a step that is tried", (tried.status, tried.json.get("version")), (200, 2))
    check("is not taken", clerk.get(f"/api/v1/records/{matter}").json["withdrawn"], False)
    refused = people["secadmin"].post("/api/v1/users", {"id": "anyone", "name": "某", "org": "500229", "roles": ["public"]})
    check("no account is the public's", (refused.status, [one["where"] for one in refused.json["problems"]]), (422, ["roles"]))
    checked = clerk.job(clerk.request("POST", "/api/v1/checks", "高观镇2023年度法治政府建设情况的报告\n县司法局：\n一、主要举措\n开展开展培训3次。\n三、不足\n".encode(), query={"name": "a.txt"}))["result"]
    check("lines by kind", [one["kind"] for one in checked["text"]][:3], ["title", "addressee", "heading"])
    again = clerk.request("GET", f"/api/v1/checks/{checked['id']}", headers=english).json
    pairs = [(one["label"], other["label"]) for one, other in zip(checked["findings"], again["findings"], strict=True)]
    check("findings are named in both languages", pairs != [] and all(zh and en and zh != en for zh, en in pairs))


def passwords(served, people):
    code = program(served.data, "user", "add", "pass.word", "--name", "马某", "--org", "500229107", "--role", "mediator")["code"]
    client = Client(served, "pass.word")
    client.sign_in_by_code(code)
    for bad in ("", "short", "password123456", "pass.word.pass.word", "111111111111", "a" * 2000):
        check(f"no password: {bad[:20]!r}", client.post("/api/v1/account/password", {"new": bad}).status, 422)
    check("one is chosen", client.post("/api/v1/account/password", {"new": WORD}).status, 204)
    check("and serves", client.sign_in("pass.word", WORD).status, 200)
    other = Client(served, "elsewhere")
    other.sign_in("pass.word", WORD)
    for old in ("", "wrong"):
        check(f"the old one is asked for: {old!r}", client.post("/api/v1/account/password", {"new": WORD + "甲", "old": old}).status in (403, 422))
    check("another is chosen", client.post("/api/v1/account/password", {"new": WORD + "甲", "old": WORD}).status, 204)
    check("the other sessions are over", (client.get("/api/v1/orgs").status, other.get("/api/v1/orgs").status), (200, 401))
    check("and the first password", Client(served).sign_in("pass.word", WORD).code, "credentials")


def lock_out(served, people):
    """After five wrong passwords one waits, whether the account exists or not; the answers do not differ."""
    for name in ("pass.word", "no.such.user"):
        seen = []
        for _ in range(8):
            answer = Client(served, name).sign_in(name, "wrong wrong wrong")
            seen.append((answer.status, answer.code))
        check(f"{name}: five are free, then one waits", (seen[0], seen[-1]), ((401, "credentials"), (429, "too_many")))
        check(f"{name}: how long is told", int(answer.headers.get("Retry-After") or 0) > 0)
    late = Client(served).sign_in("pass.word", WORD + "甲")
    check("the right password waits too", late.status, 429)
    check("and is told in the history", any(one["action"] == "locked" for one in people["auditor"].get("/api/v1/history", chain="admin:500229", limit=50).json["items"]))


def revoked(served, people):
    """What the command line takes away is gone with the next request."""
    officer = people["officer"]
    check("before", officer.get("/api/v1/ledgers").status, 200)
    program(served.data, "user", "disable", "officer")
    gone = officer.get("/api/v1/ledgers")
    check("after", (gone.status, gone.code), (401, "unauthenticated"))
    check("his writes too", officer.post("/api/v1/ledgers/training/records", {"fields": {}}).status, 401)
    program(served.data, "user", "enable", "officer")
    check("and stay gone", officer.get("/api/v1/ledgers").status, 401)
    head = people["head"]
    check("the head sees ledgers", head.get("/api/v1/ledgers/dispute/records").status, 200)
    program(served.data, "user", "change", "head", "--ledger", "training")
    check("until his ledgers are cut", head.get("/api/v1/ledgers/dispute/records").status, 403)
    check("at the next request", head.get("/api/v1/ledgers/training/records").status, 200)
    program(served.data, "user", "change", "head", "--org", "500229108")
    check("or his office", head.get("/api/v1/figures", org="500229107").status, 403)


def requests(served):
    """Bytes that are no request, and requests that are two."""
    for sent, wanted in ((b"GET /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", b" 400 "),
                         (b"GET /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", b" 400 "),
                         (b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", b" 400 "), (b"GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", b" 400 "),
                         (b"GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n", b" 400 "), (b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", b" 405 "),
                         (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", b" 431 "), (b"GET /" + b"a" * 12_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b" 414 "),
                         (b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n", b" 413 "), (b"GET / HTTP/1.1\r\n\r\n", b" 400 "),
                         (b"GET / HTTP/3.0\r\nHost: x\r\n\r\n", b" 505 ")):
        got = raw(served, sent.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1), 5)
        check(f"{sent[:60]!r}: {got[:60]!r}", wanted in got.split(b"\r\n")[0] + b" ")
    started = time.monotonic()
    check("the server is there", b"200" in raw(served, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")[:20])
    check("and quick", time.monotonic() - started < 5)


def pages(served, people):
    """Headers of what a browser shows; metrics and health tell nothing of anybody."""
    page = Client(served).get("/")
    policy = page.headers.get("Content-Security-Policy") or ""
    check("scripts and styles from here alone", "script-src 'self'" in policy and "unsafe-inline" not in policy and "unsafe-eval" not in policy)
    check("in no frame", "frame-ancestors 'none'" in policy)
    for name, value in (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin")):
        check(name, page.headers.get(name), value)
    check("no name of the software", page.headers.get("Server") in (None, "yifa"))
    metrics = Client(served).get("/metrics").text
    check("metrics name operations and nobody", "listRecords" in metrics and not any(one in metrics for one in ("clerk", "500229", "标记", "13911110001")))
    paper = people["clerk"].get("/api/v1/records/" + people["clerk"].get("/api/v1/ledgers/training/records", limit=1).json["items"][0]["id"] + "/dossier")
    check("a paper runs nothing", "sandbox" in (paper.headers.get("Content-Security-Policy") or "") and "default-src 'none'" in paper.headers["Content-Security-Policy"])
    kept = people["clerk"].request("POST", "/api/v1/files", b"<script>alert(1)</script>", query={"name": "a.txt"}).json["hash"]
    people["clerk"].post("/api/v1/ledgers/training/records", {"fields": {"held_on": "2022-05-05", "audience": "officers", "record": [kept]}}, headers={"Idempotency-Key": str(uuid.uuid4())})
    file = people["clerk"].get(f"/api/v1/files/{kept}")
    check("an upload is saved, not shown", (file.status, "attachment" in (file.headers.get("Content-Disposition") or "")), (200, True))
    check("and runs nothing", "sandbox" in (file.headers.get("Content-Security-Policy") or ""))
