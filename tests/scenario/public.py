"""The pages of the public, without an account, a script or a cookie: a draft open for comment and its comments, a report published, an
inquiry followed by its number. And what must not be seen there: nothing before its day, no word of a person, no text that was not released."""
import datetime
import html
import json
import re
import urllib.parse

from desk import TREE, Client, Served, check, demonstration, program, run

TOWN = "500229107"
# The demonstration lives on a day of its own (examples/demo.yaml).
TODAY = datetime.date.fromisoformat(re.search(r'day: "(.+)"', (TREE / "examples/demo.yaml").read_text(encoding="utf-8"))[1])
WORDS = "第三条的摊区离小学大门太近，建议后退到桥头。"
CALLER = "13800005678"


def day(ahead):
    return (TODAY + datetime.timedelta(days=ahead)).isoformat()


def form_of(page):
    """Hidden and other fields of the page's form that posts."""
    inside = re.search(r'<form[^>]*method="post".*?</form>', page, re.S)
    if not inside:
        return {}
    tags = re.findall(r"<input[^>]*>", inside[0])
    found = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
    return {name[1]: html.unescape(value[1]) if value else "" for name, value in found if name and name[1] != "kind"}


class Citizen(Client):
    """A browser that never has a cookie."""

    def page(self, path, **query):
        answer = self.request("GET", path, query=query, bare=True)
        check(f"{path}: no cookie", answer.headers.get("Set-Cookie"), None)
        check(f"{path}: no script", "<script" in answer.text or " style=" in answer.text or " onclick" in answer.text, False)
        return answer

    def send(self, path, fields):
        body = urllib.parse.urlencode(fields).encode()
        return self.request("POST", path, body, bare=True, headers={"Content-Type": "application/x-www-form-urlencoded"})


def number_in(answer):
    found = re.search(r'class="code">([0-9A-Z-]{23})<', answer.text)
    return found[1] if found else ""


class Town:
    """What the office does, as the owner of the directory and as its people."""

    def __init__(self, data, served):
        self.data = data
        self.served = served
        self.people = {}

    def do(self, *words):
        return program(self.data, *words)

    def add(self, ledger, *fields):
        return self.do("add", ledger, *fields, "--org", TOWN, "--reason", "补录")["record"]

    def act(self, record, step, *fields):
        return self.do("act", record, step, *fields, "--reason", "补录")

    def paper(self, name, words):
        file = self.data.parent / name
        file.write_text(words, encoding="utf-8")
        return self.do("attach", file)["hash"]

    def person(self, name):
        if name not in self.people:
            client = Client(self.served, name)
            check(f"{name} signs in", client.sign_in_by_code(self.served.codes[name]).status, 200)
            self.people[name] = client
        return self.people[name]

    def step(self, name, record, action, fields, reason="按程序办理", status=200):
        body = {"action": action, "fields": fields, "reason": reason}
        answer = self.person(name).post(f"/api/v1/records/{record}/actions", body)
        if not check(f"{name} {action}", answer.status, status):
            print(answer.text[:600])
        return answer

    def decision(self, title, opened, closes, public="true", **papers):
        fields = [f"{name}={hash}" for name, hash in papers.items()]
        record = self.add("major_decision", f"title={title}", "kind=policy", f"started_on={day(-60)}", f"public={public}", "proposal=方便群众",
                          # Spares the review of legality, which would refuse the meeting before anything else is said.
                          "exploratory=true", "legal_risk=无明确规定", *fields)
        self.act(record, "draft", "technical=false", "stability=false", "economic=false")
        self.act(record, "solicitation.open", f"opened_on={opened}", f"closes_on={closes}", "channel=web")
        return record


def comments(town, citizen):
    draft = town.paper("draft.txt", "集镇夜间摊区设置办法（草案）\n第三条　摊区设在中心小学大门以东。\n")
    note = town.paper("note.txt", "起草说明\n")
    clerk, reviewer = town.add("post", "name=甲某", "title=党政办主任", "from=2022-01-01"), town.add("post", "name=乙某", "title=保密专干", "from=2022-01-01")
    town.clerk, town.reviewer = clerk, reviewer
    matter = town.decision("集镇夜间摊区设置办法", day(-13), day(17), draft=draft, draft_note=note)
    later = town.decision("明天才公告的办法", day(1), day(31), draft=draft, draft_note=note)
    secret = town.decision("依法不公开的办法", day(-13), day(17), public="false", draft=draft, draft_note=note)
    place = f"/public/{TOWN}/decisions"

    # Before the review before release the draft is not handed out, then only the reviewed text is.
    check("an unreleased draft", citizen.page(f"/public/{TOWN}/files/{matter}/draft").status, 404)
    town.add("release", f"subject={matter}", f"text={draft}", f"asked_by={clerk}", "conclusion=public", f"concluded_on={day(-14)}", f"reviewed_by={reviewer}")
    check("the released draft", "摊区设在中心小学大门以东" in citizen.page(f"/public/{TOWN}/files/{matter}/draft").text)
    for field in ("draft_note", "final_text", "adoption_note", "nothing"):
        check(f"{field} is not handed out", citizen.page(f"/public/{TOWN}/files/{matter}/{field}").status, 404)
    check("the draft of a matter that is not open", citizen.page(f"/public/{TOWN}/files/{later}/draft").status, 404)

    # What is not open cannot be told from what is not there.
    unknown = citizen.page(f"{place}/01890000-0000-7000-8000-000000000000")
    check("an unknown matter", unknown.status, 404)
    for record in (later, secret, clerk, "nonsense"):
        answer = citizen.page(f"{place}/{record}")
        check("what is not open is not there", (answer.status, answer.text.replace(record, "")), (404, unknown.text.replace("01890000-0000-7000-8000-000000000000", "")))
        sent = citizen.send(f"{place}/{record}", {"words": WORDS, "token": "x"})
        check("nor can anything be sent to it", sent.status, 404)
    home = citizen.page(f"/public/{TOWN}").text
    check("titles before their day", [title for title in ("明天才公告的办法", "依法不公开的办法") if title in home], [])

    page = citizen.page(f"{place}/{matter}")
    cells = re.search(r'<div class="days".*?</div>', page.text)[0]
    check("a cell a day", (cells.count("<i"), cells.count('class="d"'), cells.count('class="t"')), (31, 13, 1))
    check("days left and article", [words for words in ("还有 17 日", "不少于30日", "第十五条") if words not in page.text], [])

    form = form_of(page.text)
    check("the form", sorted(form), ["about", "contact", "homepage", "token"])
    for wrong, fields in {"empty": form, "old": {**form, "words": WORDS, "token": form["token"][:-1] + ("1" if form["token"].endswith("0") else "0")}, "trap": {**form, "words": WORDS, "homepage": "x"},
                          "long": {**form, "words": "长" * 2001}, "other form": {**form, "words": WORDS, "token": form_of(citizen.page(f"/public/{TOWN}/ask").text)["token"]}}.items():
        check(f"a form: {wrong}", citizen.send(f"{place}/{matter}", fields).status, 422)
    kept = citizen.send(f"{place}/{matter}", {**form, "words": "<script>alert(1)</script>" + "长" * 2001})
    check("what was written stays, and is text", ("<script>alert" in kept.text, "&lt;script&gt;alert" in kept.text), (False, True))
    elsewhere = citizen.request("POST", f"{place}/{matter}", urllib.parse.urlencode({**form, "words": WORDS}).encode(), bare=True,
                                headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://elsewhere.example"})
    check("a form of another site", elsewhere.status, 403)

    full = {**form, "words": WORDS, "about": "第三条", "contact": CALLER}
    taken = citizen.send(f"{place}/{matter}", full)
    check("an opinion is taken", (taken.status, bool(number_in(taken)), taken.headers.get("Set-Cookie")), (200, True, None))
    again = citizen.send(f"{place}/{matter}", full)
    check("sent twice it is one", (again.status, bool(number_in(again))), (200, True))
    check("the same form with other words", citizen.send(f"{place}/{matter}", {**full, "words": "别的话"}).status, 422)
    record = town.do("show", matter)
    opinions = [part for part in record["parts"] if part["part"] == "opinion"]
    check("one opinion is kept", len(opinions), 1)
    page = citizen.page(f"{place}/{matter}").text
    check("it is counted and not shown", (WORDS in page, CALLER in page, re.search(r'class="fig flat">1<', page) is not None), (False, False, True))
    status = citizen.page(f"/public/status/{number_in(taken)}").text
    check("followed by its number", ("待答复" in status, WORDS in status, CALLER in status), (True, False, False))
    check("the number as people type it", citizen.page("/public/status", code=number_in(again).lower().replace("-", " ")).status, 200)
    check("an unknown number", citizen.page("/public/status/AAAAA-AAAAA-AAAAA-AAAAA").status, 404)

    # The gate before the collective discussion: every opinion is answered first.
    outlook = town.do("next", matter)
    check("the matter goes on", bool(outlook))
    meeting = [f"held_on={day(0)}", "form=joint", "result=pass"]
    refused = town.person("clerk").post(f"/api/v1/records/{matter}/actions",
                                        {"action": "discussion.open", "fields": dict(one.split("=", 1) for one in meeting)})
    check("an unanswered opinion stands in the way", (refused.status >= 400, "公众意见" in refused.text), (True, True))
    town.do("act", matter, "opinion.correct", "--part", opinions[0]["id"], "gist=摊区离学校太近", "result=adopted", "answer=摊区改到桥头，见第三条。",
            f"answered_on={day(0)}", "--reason", "答复")
    refused = town.person("clerk").post(f"/api/v1/records/{matter}/actions",
                                        {"action": "discussion.open", "fields": dict(one.split("=", 1) for one in meeting)})
    check("an answered one does not", "公众意见" in refused.text, False)
    status = citizen.page(f"/public/status/{number_in(taken)}").text
    check("the answer is seen by the number", "摊区改到桥头" in status)
    check("and not in public while others may still write", "摊区改到桥头" in citizen.page(f"{place}/{matter}").text, False)
    closed = town.decision("农贸市场迁建方案", day(-40), day(-5), draft=draft, draft_note=note)
    town.act(closed, "opinion.open", f"received_on={day(-20)}", "channel=paper", f"contact=@{town_file(town, CALLER)}", "gist=希望保留老摊位", "result=part",
             "answer=保留三分之一。", f"answered_on={day(-2)}")
    page = citizen.page(f"{place}/{closed}").text
    check("closed: digests and answers, no form", ("希望保留老摊位" in page, "保留三分之一" in page, CALLER in page, "<form" in page), (True, True, False, False))
    check("closed: nothing more is taken", citizen.send(f"{place}/{closed}", full).status, 404)


def town_file(town, words):
    file = town.data.parent / "contact.txt"
    file.write_text(words, encoding="utf-8")
    return file


def inquiries(town, citizen):
    place = f"/public/{TOWN}/ask"
    form = form_of(citizen.page(place).text)
    full = {**form, "kind": "advice", "words": WORDS, "person": "丙某某", "contact": CALLER}
    check("a kind that is none", citizen.send(place, {**full, "kind": "x"}).status, 422)
    taken = citizen.send(place, full)
    check("an inquiry is taken", (taken.status, bool(number_in(taken))), (200, True))
    clerk = town.person("clerk")
    items = clerk.get("/api/v1/ledgers/inquiry/records", org=TOWN).json["items"]
    check("it stands in the ledger", len(items), 1)
    mine = items[0]["id"]
    whole = clerk.get(f"/api/v1/records/{mine}", personal=1)
    check("who deals with it reads it", (whole.status, whole.json["fields"].get("words")), (200, WORDS))
    officer = town.person("officer").get(f"/api/v1/records/{mine}", personal=1)
    check("nobody else does", WORDS in officer.text, False)
    limits = [one for one in clerk.get(f"/api/v1/records/{mine}/outlook").json["limits"] if one["rule"] == "INQUIRY.ANSWER"]
    status = citizen.page(f"/public/status/{number_in(taken)}").text
    due = datetime.date.fromisoformat(limits[0]["due"])
    check("the deadline the office sees", (f"{due.year}年{due.month}月{due.day}日" in status, 'class="cal"' in status, WORDS in status), (True, True, False))
    town.step("clerk", mine, "answer", {"answered_on": day(0), "answer": "可以向村调委会申请调解。"})
    check("the answer", "可以向村调委会申请调解" in citizen.page(f"/public/status/{number_in(taken)}").text)
    # A request for information counts from the day it was confirmed, in its own ledger.
    form = form_of(citizen.page(place).text)
    taken = citizen.send(place, {**form, "kind": "information", "words": "某地块征收补偿标准", "person": "丁某某", "contact": CALLER})
    [mine] = [one["id"] for one in clerk.get("/api/v1/ledgers/inquiry/records", org=TOWN).json["items"] if one["fields"]["kind"] == "information"]
    request = town.add("info_request", "channel=net", f"received_on={day(0)}", f"confirmed_on={day(0)}")
    town.step("clerk", mine, "take", {"confirmed_on": day(0), "request": request})
    status = citizen.page(f"/public/status/{number_in(taken)}").text
    limits = [one for one in clerk.get(f"/api/v1/records/{request}/outlook").json.get("limits", []) if one["rule"] == "INFO.ANSWER"] or \
             [one for one in town.do("next", request)["limits"] if one["rule"] == "INFO.ANSWER"]
    due = datetime.date.fromisoformat(limits[0]["due"])
    check("it is followed into its ledger", ("依申请公开" in status, f"{due.year}年{due.month}月{due.day}日" in status), (True, True))


def report(town, citizen):
    year = 2023
    unknown = citizen.page(f"/public/{TOWN}/reports/1999")
    check("an unknown year", unknown.status, 404)
    clerk = town.person("clerk")
    begun = clerk.post("/api/v1/reports", {"year": year, "outline": "four_part"})
    if not check("the report is begun", begun.status, 201):
        print(begun.text[:500])
        return
    mine = begun.json["record"]
    hidden = citizen.page(f"/public/{TOWN}/reports/{year}")
    check("before it is published it is not there", (hidden.status, hidden.text.replace(str(year), "")), (404, unknown.text.replace("1999", "")))
    town.step("clerk", mine, "check", {"reviewed_by": town.reviewer})
    town.step("head", mine, "approve", {"signer": town.clerk, "signed_on": day(-3)})
    town.step("clerk", mine, "submit", {"submitted_on": day(-2)})
    check("handed in, it is still not there", citizen.page(f"/public/{TOWN}/reports/{year}").status, 404)
    body = clerk.get(f"/api/v1/records/{mine}").json["fields"]["body"]
    town.add("release", f"subject={mine}", f"text={body}", f"asked_by={town.clerk}", "conclusion=public", f"concluded_on={day(-1)}", f"reviewed_by={town.reviewer}")
    town.step("clerk", mine, "publish", {"published_on": day(0)})
    page = citizen.page(f"/public/{TOWN}/reports/{year}")
    chips = re.findall(r'class="fig" href="#([^"]+)"', page.text)
    check("published", (page.status, len(chips) > 20, "校验码" in page.text), (200, True, True))
    check("every chip leads to how it was counted", [one for one in set(chips) if f'id="{one}"' not in page.text], [])
    check("nothing beneath the numbers", re.search(r"yifa |/records|api/v1", page.text), None)
    door = citizen.get("/api/v1/door").json
    check("beside the sign-in stands a figure of a published report", (door["year"], door["number"] in page.text or door["org_name"] != "高观镇", len(door["rows"]) > 1), (year, True, True))
    paper = citizen.page(f"/public/{TOWN}/files/{mine}/body")
    check("its paper", (paper.status, paper.body[:2]), (200, b"PK"))
    for field in ("sealed_text", "manifest"):
        check(f"{field} is not handed out", citizen.page(f"/public/{TOWN}/files/{mine}/{field}").status, 404)
    before = citizen.page(f"/public/{TOWN}/reports/{year}").text
    town.add("dispute", f"found_on={year}-11-06", "kind=neighbour", "origin=screening")
    check("what is recorded later changes nothing", citizen.page(f"/public/{TOWN}/reports/{year}").text, before)


def lists(town, citizen):
    text = town.paper("list.txt", "镇行政执法事项清单\n")
    list_ = town.add("disclosure", "title=行政执法事项清单", "category=lists", f"formed_on={day(-30)}", f"text={text}", f"asked_by={town.clerk}")
    item = town.add("enforcement_item", "code=A001", "name=对占道经营的处罚", "basis=某条例第五条", "power=grant", "valid_from=2024-01-01", f"published_in={list_}")
    officer = town.add("officer", f"post={town.clerk}", "full_time=true", "joined_on=2022-01-01", "certificate_no=500229001", "certified_from=2022-01-01", f"certified_to={day(200)}")
    page = citizen.page(f"/public/{TOWN}/enforcement").text
    check("an unpublished item, no officer", ("对占道经营的处罚" in page, "500229001" in page), (False, False))
    town.act(list_, "review", "conclusion=public", f"reviewed_text={text}", f"reviewed_by={town.reviewer}", f"reviewed_on={day(-20)}")
    town.act(list_, "publish", f"published_on={day(-19)}")
    page = citizen.page(f"/public/{TOWN}/enforcement").text
    check("published with its list, and who enforces", ("对占道经营的处罚" in page, "500229001" in page), (True, True))
    check("the directory", "行政执法事项清单" in citizen.page(f"/public/{TOWN}/disclosures").text)
    check("its text", citizen.page(f"/public/{TOWN}/files/{list_}/reviewed_text").status, 200)
    # A day typed in by a correction publishes nothing.
    hidden = town.add("disclosure", "title=没有公开的条目", "category=other", f"formed_on={day(-30)}")
    town.do("correct", hidden, f"published_on={day(-5)}", "--reason", "误填")
    check("a typed-in day publishes nothing", "没有公开的条目" in citizen.page(f"/public/{TOWN}/disclosures").text, False)
    for rest in ("", "/reports", "/decisions", "/enforcement", "/documents", "/disclosures", "/ask"):
        for query in ({}, {"lang": "en"}, {"size": "large", "look": "contrast"}):
            page = citizen.page(f"/public/{TOWN}{rest}", **query)
            check(f"{rest} {query}", (page.status, page.type, len(re.findall("<h1", page.text)), "{" in page.text), (200, "text/html", 1, False))
    check("an office without pages", citizen.page("/public/110101001").status, 404)
    check("a code that is none", citizen.page("/public/x").status, 404)
    for deep in ("/public/x/y/z", f"/public/{TOWN}/nothing", f"/public/{TOWN}/reports/2023/x", "/public/status/a/b"):
        page = citizen.page(deep)
        check(f"{deep}: a page says that there is nothing", (page.status, page.type, "<h1" in page.text), (404, "text/html", True))
    del item, officer


def many(town, citizen):
    """Somebody sends and sends: he must wait, others too behind the same address, and reading goes on."""
    place = f"/public/{TOWN}/ask"
    last = None
    for _ in range(40):
        form = form_of(citizen.page(place).text)
        last = citizen.send(place, {**form, "kind": "advice", "words": "问", "person": "某", "contact": "1"})
        if last.status == 429:
            break
    check("too many are told to wait", (last.status, int(last.headers.get("Retry-After", 0)) > 0), (429, True))
    check("reading goes on", citizen.page(place).status, 200)
    del town


def proxied(data):
    """Behind a proxy each client is counted by the address the proxy saw; what the client says of itself counts for nothing."""
    served = Served(data, "--behind-proxy")
    try:
        citizen, place = Citizen(served, "citizen"), f"/public/{TOWN}/ask"

        def send(forwarded):
            fields = {**form_of(citizen.page(place).text), "kind": "advice", "words": "问", "person": "某", "contact": "1"}
            headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": forwarded}
            return citizen.request("POST", place, urllib.parse.urlencode(fields).encode(), bare=True, headers=headers).status

        said = [send(f"198.51.100.{n}, 203.0.113.1") for n in range(40)]
        check("one address is told to wait, whatever it makes up", 429 in said, True)
        check("another is not", send("203.0.113.2"), 200)
        body, headers = json.dumps({"code": program(data, "user", "code", "clerk")["code"]}).encode(), {"Content-Type": "application/json"}
        answer = citizen.request("POST", "/api/v1/session/code", body, bare=True, headers=headers)
        cookie = answer.headers.get("Set-Cookie", "")
        check("its cookie is bound to this host", (answer.status, cookie.startswith("__Host-yifa_session="), "; Secure" in cookie, "Domain" in cookie), (200, True, True, False))
    finally:
        served.stop()


def scenario(folder):
    data = demonstration(folder)
    served = Served(data)
    try:
        town, citizen = Town(data, served), Citizen(served, "citizen")
        comments(town, citizen)
        inquiries(town, citizen)
        lists(town, citizen)
        report(town, citizen)
        many(town, citizen)
        check("the chains hold", program(data, "verify") is not None)
    finally:
        served.stop()
    proxied(data)


if __name__ == "__main__":
    run(scenario)
