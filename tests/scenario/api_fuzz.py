"""Requests at random: known addresses with junk, junk bodies, junk headers. No answer is a fault of the server and none is missing."""
import json
import random
import string
import uuid

from api_reads import JUNK, JUNK_IDS
from desk import check, raw

METHODS = ("GET", "GET", "GET", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD")
SPARED = {"signOut", "makeBackup", "checkHistory"}  # would end the test or cost minutes
WORDS = ["2023", "2023-05-04", "dispute", "500229107", "kind=neighbour", "disputes_found", "settle", "c1.s1.p1", "清", "🂡", "\u0000", "a" * 3000, "../..", "%2e%2e", "=1+1", "'"]


def junk_value(depth=0):
    kind = random.randrange(9 if depth < 3 else 6)
    if kind < 2:
        return random.choice(WORDS + JUNK)
    if kind == 2:
        return random.choice([0, 1, -1, 2**31, 2**63 - 1, -2**63, 1.5, 1e300])
    if kind == 3:
        return random.choice([True, False, None])
    if kind == 4:
        return str(uuid.uuid4())
    if kind == 5:
        return "".join(random.choice(string.printable) for _ in range(random.randrange(40)))
    if kind == 6:
        return [junk_value(depth + 1) for _ in range(random.randrange(4))]
    return {random.choice(["fields", "version", "runs", "text", "figure", "name", "id", "x", "法"]): junk_value(depth + 1) for _ in range(random.randrange(4))}


def junk_body(of, operation):
    """Of the right shape with wrong contents, or any JSON, or no JSON at all."""
    form = random.randrange(5)
    schema = operation.takes()
    if form < 3 and schema:
        shape = of.validator.resolve(schema["$ref"])
        return json.dumps({name: junk_value() for name in shape["properties"] if random.random() < 0.8}).encode()
    if form == 3:
        return json.dumps(junk_value()).encode()
    return random.randbytes(random.randrange(300))


def junk_headers():
    out = {}
    if random.random() < 0.3:
        out["Idempotency-Key"] = random.choice([str(uuid.uuid4()), "k" * 500, "ключ".encode("utf-8").decode("latin-1"), ""])
    if random.random() < 0.1:
        out["If-None-Match"] = random.choice(["*", '""', "x" * 200])
    if random.random() < 0.1:
        out["Accept-Encoding"] = random.choice(["gzip", "br;q=x", "identity;q=0", "gzip;q=0"])
    if random.random() < 0.05:
        out["Accept-Language"] = random.choice(["en", "", "zz-" * 50])
    if random.random() < 0.05:
        out["Content-Type"] = random.choice(["text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-16", ""])
    return out


def random_requests(of, people, served, made, count):
    operations = [one for one in of.operations.values() if one.id not in SPARED]
    real = [record for record, ledger in made["records"]] + made["reports"] + made["files"] + made["jobs"] + made["checks"] + made["batches"]
    real += ["dispute", "penalty", "annual_report", "disputes_found", "500229107", "clerk", "counsel", "c1.s1.p1", "opening"]
    told = {}
    for _ in range(count):
        operation = random.choice(operations)
        values = [random.choice(real if random.random() < 0.7 else JUNK_IDS + WORDS) for _ in operation.names]
        path = operation.address(*values)
        method = operation.method if random.random() < 0.8 else random.choice(METHODS)
        if (landed := of.find(method, path)) and landed.id in SPARED:
            continue
        query = {one["name"]: random.choice(JUNK + WORDS + real) for one in operation.query() if random.random() < 0.4}
        if random.random() < 0.1:
            query["x" * random.randrange(1, 50)] = random.choice(WORDS)
        name = random.choice(list(people))
        body = None if method in ("GET", "HEAD") and random.random() < 0.9 else junk_body(of, operation)
        try:
            kind = {"Content-Type": "application/json"} if body is not None else {}
            answer = people[name].request(method, path, body, query=query, headers=kind | junk_headers())
        except Exception as fault:  # noqa: BLE001: whatever it is, no answer came
            check(f"{name} {method} {path[:120]} is answered", repr(fault), "an answer")
            continue
        told[answer.status] = told.get(answer.status, 0) + 1
        check(f"{answer.what}: {answer.text[:200]}", answer.status < 500)
        if method == "DELETE" and name != "nobody" and answer.status == 204 and people[name].get("/api/v1/session").status == 401:
            people[name].cookie = ""
    print(f"{count} random requests: " + ", ".join(f"{n} × {status}" for status, n in sorted(told.items())))
    torn = 0
    for _ in range(count // 10):
        sent = b"GET /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc" if random.random() < 0.1 else b""
        sent += random.randbytes(random.randrange(1, 200)) + b"\r\n\r\n"
        if not raw(served, sent, 1):
            torn += 1
    check("the server answers after torn requests", people["nobody"].get("/api/v1/session").status, 401)
