"""The people and matters of the matrix, and the watch that looks into every body they get."""
import io
import uuid
import zipfile

from desk import Client, check, program

A, B, FOREIGN, COUNTY = "500229107", "500229108", "140423107", "500229"
VILLAGE, VILLAGE2, VILLAGE_B = "500229107200", "500229107201", "500229108201"
ADMINS = ("sysadmin", "secadmin", "auditor")

# Beside the people of the demonstration: id, office, roles, ledgers.
MORE = [("village2", VILLAGE2, ["village_clerk", "mediator"], []), ("narrow", A, ["legal_officer"], ["training"]),
        ("other", B, ["legal_officer", "office_clerk", "mediator", "village_clerk"], []), ("counsel2", A, ["counsel"], []),
        ("outsider", FOREIGN, ["legal_officer"], []), ("far", "140423", ["security_admin"], [])]
SCOPES = {"clerk": A, "officer": A, "head": A, "narrow": A, "village": VILLAGE, "village2": VILLAGE2, "other": B, "outsider": FOREIGN, "county": COUNTY}
LEDGERS = {"narrow": ["training"]}
READS_ONLY = {"county", "counsel", "counsel2"}


class Target:
    """A record, whom it concerns, and what only those may know who may see it."""

    def __init__(self, name, record, ledger, town, place, by, marks=(), secrets=(), files=()):
        self.name, self.record, self.ledger, self.town, self.place, self.by = name, record, ledger, town, place, by
        self.marks, self.secrets, self.files, self.sent = [record, *marks], list(secrets), list(files), set()
        self.handlers_only = ledger in ("dispute", "petition", "penalty")

    def seen_by(self, name):
        if name in self.sent:
            return True
        if name not in SCOPES or self.ledger not in LEDGERS.get(name, [self.ledger]):
            return False
        return self.town.startswith(SCOPES[name]) or self.place.startswith(SCOPES[name])

    def handled_by(self, name):
        return self.seen_by(name) and (name == self.by or name in self.sent)


def unpacked(answer):
    """All text of a body, also of packed files in it."""
    if answer.body[:2] != b"PK":
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
        return "\n".join(packed.read(one).decode("utf-8", "replace") for one in packed.namelist())


class Watch:
    """Looks into every body for what its reader may not know, and at the headers every answer has."""

    def __init__(self, of):
        self.of, self.targets, self.handling, self.looked = of, [], set(), 0

    def __call__(self, client, method, path, answer):
        self.of.judge(client, method, path, answer)
        self.looked += 1
        text = unpacked(answer)
        name = client.name
        for target in self.targets:
            if not target.seen_by(name):
                # The audit administrator sees who did what to which record, and nothing of it.
                for mark in target.marks[name == "auditor" and path == "/api/v1/history":]:
                    if mark in text and mark not in client.said:
                        check(f"{answer.what} tells {name} of {target.name}: {mark!r} in {around(text, mark)}", True, False)
            for secret in target.secrets:
                if secret in text and not (target.handled_by(name) and target.name in self.handling):
                    check(f"{answer.what} tells {name} the secret of {target.name}: {around(text, secret)}", True, False)
        if "孙外人" in text and name not in ("outsider", "far"):
            check(f"{answer.what} tells {name} of an account elsewhere", True, False)
        if path.startswith("/api/"):
            check(f"{answer.what}: nosniff", answer.headers.get("X-Content-Type-Options"), "nosniff")
            check(f"{answer.what}: not kept by others", any(word in (answer.headers.get("Cache-Control") or "") for word in ("private", "no-store")))


def around(text, mark):
    at = text.find(mark)
    return repr(text[max(0, at - 60):at + 60])


class Actor(Client):
    """A client that remembers what it said itself: an answer may repeat that."""

    said = ""

    def request(self, method, path, body=None, query=None, headers=None, bare=False):
        self.said = f"{path} {query} {body!r} {headers}"
        return super().request(method, path, body, query, headers, bare)


def settle(served, watch):
    """People and matters."""
    orgs = served.data.parent / "more.csv"
    orgs.write_text(f"code,name,kind\n{B},石桥镇,town\n{VILLAGE_B},石桥村,village\n", encoding="utf-8")
    program(served.data, "orgs", "import", orgs)
    codes = {name: code for name, code in served.codes.items() if name in SCOPES or name in READS_ONLY or name in ADMINS}
    for name, org, roles, ledgers in MORE:
        words = [word for role in roles for word in ("--role", role)] + [word for ledger in ledgers for word in ("--ledger", ledger)]
        codes[name] = program(served.data, "user", "add", name, "--name", "孙外人" if name == "outsider" else name, "--org", org, *words)["code"]
    people = {}
    for name, code in codes.items():
        people[name] = client = Actor(served, name)
        client.watch = watch
        client.sign_in_by_code(code)
        if client.session["user"]["must_change_password"]:
            done = client.post("/api/v1/account/password", {"new": f"石板路{uuid.uuid4()}"})
            check(f"{name} chooses a password", done.status, 204)
    people["nobody"] = Actor(served, "nobody")
    people["nobody"].watch = watch
    return people


def add(people, watch, name, by, ledger, town, place, fields, marks=(), secrets=(), files=()):
    made = people[by].post(f"/api/v1/ledgers/{ledger}/records", {"org": town, "fields": fields}, headers={"Idempotency-Key": str(uuid.uuid4())})
    if made.status != 201:
        raise SystemExit(f"{made.what}: {made.status} {made.text}")
    target = Target(name, made.json["record"], ledger, town, place, by, marks, secrets, files)
    watch.targets.append(target)
    return target


def dispute(people, watch, name, by, town, village, person, phone):
    return add(people, watch, name, by, "dispute", town, village, {"found_on": "2023-09-09", "kind": "land", "origin": "screening", "village": village,
               "parties": [{"name": person, "phone": phone}], "facts": f"{person}争水"}, secrets=[person, phone])


def training(people, watch, name, by, town, title):
    kept = people[by].request("POST", "/api/v1/files", f"{title}的签到表".encode(), query={"name": "签到.txt"}).json["hash"]
    return add(people, watch, name, by, "training", town, town, {"held_on": "2023-09-10", "title": title, "audience": "officers", "record": [kept]},
               marks=[title], files=[kept])


def matters(people, watch):
    dispute(people, watch, "first", "village", A, VILLAGE, "赵密一", "13911110001")
    dispute(people, watch, "second", "village2", A, VILLAGE2, "钱密二", "13911110002")
    dispute(people, watch, "neighbours'", "other", B, VILLAGE_B, "周密三", "13911110003")
    training(people, watch, "training", "clerk", A, "标记甲培训")
    training(people, watch, "neighbours' training", "other", B, "标记乙培训")
    training(people, watch, "far training", "outsider", FOREIGN, "标记丙培训")
    first = watch.targets[0]
    sent = people["village"].post(f"/api/v1/records/{first.record}/handlers", {"user": "counsel"})
    check("a matter is sent to counsel", sent.status, 204)
    first.sent.add("counsel")
