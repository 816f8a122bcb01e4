"""Every GET operation with real ids and random ones, each of its parameters with what it takes and with junk, as everyone."""
import random
import uuid

from desk import check

DAYS = ["2023-05-04", "2023-12-29", "2024-02-29"]
JUNK = ["", "junk", "-1", "99999999999999999999", "2023-13", "2023-02-30", "500229999", "法" * 40, "a=b", "'\"<>%", "\u202e", "0", "true"]
JUNK_IDS = ["x", "法", "a b", "..x", "%00", "' or 1=1", "0" * 400, "nil"]


class Known:
    """Real ids of the demonstration, for the placeholders of addresses."""

    def __init__(self, people, made):
        clerk = people["clerk"]
        catalog = clerk.get("/api/v1/catalog").json
        self.catalog = catalog
        self.made = made
        self.ledgers = [one["id"] for one in catalog["ledgers"]]
        self.indicators = [one["id"] for one in catalog["indicators"]]
        self.rules = sorted({rule["id"] for ledger in catalog["ledgers"] for rule in ledger["deadlines"]})
        self.papers = {ledger["id"]: [one["id"] for one in ledger["documents"]] for ledger in catalog["ledgers"]}
        self.orgs = ["500229", "500229107", "140423107", "50"] + [one["code"] for one in clerk.get("/api/v1/orgs").json["items"]][:3]
        self.records, self.type_of = [], {}
        for ledger in self.ledgers:
            listed = clerk.get(f"/api/v1/ledgers/{ledger}/records", limit=2, withdrawn=1, order="oldest").json
            for record in listed["items"]:
                self.add(record["id"], ledger)
        for record, ledger in made["records"]:
            self.add(record, ledger)

    def add(self, record, ledger):
        if record not in self.type_of:
            self.records.append(record)
        self.type_of[record] = ledger

    def values(self, operation, name):
        """Of a placeholder of a path."""
        if operation.id in ("dossier", "document") and name == "id":
            return [one for one in self.records if self.papers[self.type_of[one]]] + self.records[:2]
        if operation.id == "compareSubmission":
            return self.made["submissions"] + self.records[:2]
        return {
            "ledger": self.ledgers, "record": self.made["reports"], "code": self.orgs, "hash": self.made["files"], "batch": self.made["batches"],
            "id": self.indicators if "/figures/" in operation.path else self.made["jobs"] if "/jobs/" in operation.path
            else self.made["checks"] if "/checks/" in operation.path else self.records,
        }.get(name, ["x"])

    def paths(self, operation, most):
        """Addresses with real ids."""
        if operation.id == "document":
            pairs = [(one, paper) for one in self.values(operation, "id") for paper in self.papers[self.type_of[one]]]
            return [operation.address(*pair) for pair in pairs[:most]]
        if not operation.names:
            return [operation.path]
        all_of_it = self.values(operation, operation.names[0])
        few = all_of_it if len(all_of_it) <= most else random.sample(all_of_it, most)
        return [operation.address(one) for one in few]

    def asked(self, operation, name):
        """What a query parameter takes."""
        if operation.id == "compareVersions":
            return [1, 2]
        if operation.id == "plan" and name == "from":
            return DAYS
        return {
            "org": self.orgs + ["高观镇"], "period": ["2023", "2023-05", "2023-Q2", "2023-H1", "2023-03..2023-06", "2023-01-05..2023-02-10"], "year": [2022, 2023],
            "state": ["settled", "open,closed", "found"], "where": ["kind=neighbour", "kind=neighbour|land", "found_on>=2023-06-01", "village?", "round!?", "late=true"],
            "withdrawn": [1], "order": ["oldest"], "after": ["2023-06-01/" + self.records[0], 3], "limit": [1, 3, 500], "uncounted": [1], "format": ["csv", "xlsx", "json",
            "html", "docx", "md", "txt"], "columns": ["@number,@day", "kind"], "q": ["宪法", "纠纷 土地", "高观"], "ledgers": ["dispute,training"], "by_date": [1], "offset": [5],
            "personal": [1], "from": DAYS, "on": DAYS, "rule": self.rules[:40], "within": ["7d", "400"], "mine": [1], "group": ["F", "A", "kind=neighbour"],
            "ids": ["disputes_found,suits"], "version": [1, 2], "block": ["c1.s1.p1"], "start": [0], "end": [3], "to": [2], "under": self.orgs, "level": ["village", "township"],
            "chain": self.made["chains"], "before": [5], "actor": ["clerk"], "action": ["open"], "setup_code": ["AAAA-BBBB"],
        }.get(name, ["1"])

    def needed(self, operation):
        return {one["name"]: self.asked(operation, one["name"])[0] for one in operation.query() if one.get("required")}


def unchanged(client, path, query):
    """The same once more: what has not changed is not sent again."""
    first = client.get(path, **query)
    tag = first.headers.get("ETag")
    if first.status == 200 and first.type == "application/json" and tag:
        again = client.request("GET", path, query=query, headers={"If-None-Match": tag})
        check(f"{again.what}: 304 when it is as it was", again.status, 304)


def read_everything(of, people, made):
    known = Known(people, made)
    for operation in [one for one in of.operations.values() if one.method == "GET"]:
        needed = known.needed(operation)
        for name, client in people.items():
            most = 400 if name == "clerk" else 4
            for path in known.paths(operation, most):
                answer = client.get(path, **needed)
                if name == "nobody" and not operation.open:
                    check(f"{answer.what}: 401", (answer.status, answer.code), (401, "unauthenticated"))
        client = people[made["reader_of"].get(operation.id, "clerk")]
        some = known.paths(operation, 3)
        for path in some[:1]:
            if operation.id not in ("watchJob",):
                unchanged(client, path, needed)
            client.request("HEAD", path, query=needed)
        for parameter in operation.query():
            for value in known.asked(operation, parameter["name"]):
                for path in some:
                    client.get(path, **{**needed, parameter["name"]: value})
            for value in JUNK:
                client.get(some[0], **{**needed, parameter["name"]: value})
            if parameter.get("required"):
                client.get(some[0], **{one: value for one, value in needed.items() if one != parameter["name"]})
        if operation.names:
            rest = [known.values(operation, name)[0] for name in operation.names[1:]]
            for junk in JUNK_IDS + [str(uuid.uuid4())]:
                answer = client.get(operation.address(junk, *rest), **needed)
                check(f"{answer.what}: nothing of that name", answer.status in (400, 404, 422))
    every_page(people["clerk"])


def every_page(client):
    """Cursors lead through a whole ledger, each record once, in one order."""
    seen, after = [], None
    while True:
        query = {"limit": 37, "uncounted": 1} | ({"after": after} if after else {})
        page = client.get("/api/v1/ledgers/dispute/records", **query).json
        seen += [(one["day"], one["id"]) for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    total = client.get("/api/v1/ledgers/dispute/records", limit=1).json["total"]
    check("paging shows every record once", (len(seen), len(set(seen))), (total, total))
    check("newest first", seen, sorted(seen, reverse=True))
    every = client.get("/api/v1/figures/disputes_found/records", period="2023", limit=500).json
    pages, after = [], "0"
    while after is not None:
        page = client.get("/api/v1/figures/disputes_found/records", period="2023", limit=50, after=after).json
        pages += page["items"]
        after = page["next"]
    check("the records of a figure page by page", [one["id"] for one in pages], [one["id"] for one in every["items"]])
