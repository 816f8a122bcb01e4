"""The server's own specification: whether it is well formed, and whether an answer is what it says."""
import json
import re

from desk import check
from json_schema import SchemaFault, Validator, sub_schemas

METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = {"$ref": "#/components/schemas/Problem"}


class Operation:
    def __init__(self, path, method, said):
        self.path, self.method, self.said = path, method.upper(), said
        self.id = said["operationId"]
        self.responses = said["responses"]
        self.parameters = said.get("parameters", [])
        self.names = re.findall(r"\{(\w+)\}", path)
        self.pattern = re.compile("^" + re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(path)) + "$")
        self.open = said.get("security") == []
        self.succeeded = 0
        self.refused = 0

    def query(self):
        return [one for one in self.parameters if one["in"] == "query"]

    def takes(self):
        """Schema of the JSON body; nothing without one."""
        return self.said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")

    def uploads(self):
        return "application/octet-stream" in self.said.get("requestBody", {}).get("content", {})

    def address(self, *values):
        path = self.path
        for name, value in zip(self.names, values, strict=True):
            path = path.replace("{" + name + "}", str(value))
        return path


class Specification:
    def __init__(self, document):
        self.document = document
        self.validator = Validator(document)
        self.operations = {}
        for path, methods in document["paths"].items():
            for method, said in methods.items():
                if method in METHODS:
                    self.operations[said.get("operationId", f"{method} {path}")] = Operation(path, method, said)

    def find(self, method, path):
        """As the server does: fixed words before {…}."""
        fits = [one for one in self.operations.values() if one.method == method and one.pattern.match(path)]
        return min(fits, key=lambda one: [segment.startswith("{") for segment in one.path.split("/")]) if fits else None

    def well_formed(self):
        document = self.document
        check("the specification is OpenAPI 3.1", document.get("openapi", "")[:4], "3.1.")
        check("it has a title and a version", {"title", "version"} <= set(document["info"]))
        seen = [said.get("operationId") for methods in document["paths"].values() for said in methods.values()]
        check("every operation has an id of its own", len(set(seen)) == len(seen) and None not in seen)
        schemes = document["components"]["securitySchemes"]
        for one in self.operations.values():
            self.operation_well_formed(one)
            for way in one.said.get("security", []):
                check(f"{one.id}: security is declared", set(way) <= set(schemes))
        used = set(self.references(document["paths"]))
        for name, schema in document["components"]["schemas"].items():
            for where, inner in sub_schemas(schema, name):
                self.schema_well_formed(where, inner)
        grown = True
        while grown:
            more = {name for one in used for name in self.references(document["components"]["schemas"].get(one, {}))}
            grown = not more <= used
            used |= more
        check("every schema is used", sorted(set(document["components"]["schemas"]) - used), [])

    def references(self, value):
        if isinstance(value, dict):
            for name, inner in value.items():
                if name == "$ref":
                    check(f"$ref {inner} resolves", self.resolves(inner))
                    yield inner.rsplit("/", 1)[1]
                else:
                    yield from self.references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from self.references(inner)

    def resolves(self, reference):
        try:
            self.validator.resolve(reference)
            return True
        except SchemaFault:
            return False

    def operation_well_formed(self, one):
        declared = [p["name"] for p in one.parameters if p["in"] == "path"]
        check(f"{one.id}: path parameters are declared", sorted(declared), sorted(one.names))
        check(f"{one.id}: path parameters are required", all(p.get("required") for p in one.parameters if p["in"] == "path"))
        pairs = [(p["in"], p["name"]) for p in one.parameters]
        check(f"{one.id}: no parameter twice", len(set(pairs)) == len(pairs))
        check(f"{one.id}: every parameter has a schema", all("schema" in p for p in one.parameters))
        check(f"{one.id}: has a summary", bool(one.said.get("summary")))
        good = [status for status in one.responses if re.fullmatch(r"2\d\d", status)]
        check(f"{one.id}: tells success and failure", bool(good) and "default" in one.responses)
        check(f"{one.id}: responses are described", all("description" in said for said in one.responses.values()))
        for status in good:
            empty = not one.responses[status].get("content")
            check(f"{one.id}: {status} has a body or is 204", empty, status == "204")
        if one.method != "GET" and not one.open:
            check(f"{one.id}: asks for the token", ("header", "X-CSRF-Token") in pairs)

    def schema_well_formed(self, where, schema):
        try:
            for value in (None, {}, [], "", 0):
                Validator(self.document).faults(value, schema)
        except SchemaFault as fault:
            check(f"schema {where}", str(fault), "")
        if schema.get("type") == "object" and "properties" in schema:
            lost = [name for name in schema.get("required", []) if name not in schema["properties"]]
            check(f"schema {where}: what is required is described", lost, [])
            check(f"schema {where}: is closed", schema.get("additionalProperties"), False)

    def judge(self, client, method, path, answer):
        """Holds an answer against what its operation tells."""
        if not path.startswith("/api/"):
            return
        check(f"{answer.what}: no fault of the server", answer.status not in (500, 501, 502, 504))
        if method == "HEAD":
            check(f"{answer.what}: HEAD has no body", answer.body, b"")
            return
        one = self.find(method, path)
        if one is None:
            check(f"{answer.what}: an unknown address", answer.status in (400, 404, 405, 414))
            return self.judge_problem(answer)
        said = one.responses.get(str(answer.status))
        if said is None:
            one.refused += 1
            check(f"{answer.what}: {answer.status} is told by the specification", answer.status >= 400)
            return self.judge_problem(answer)
        one.succeeded += answer.status < 300
        content = said.get("content", {})
        if not content:
            check(f"{answer.what}: {answer.status} has no body", answer.body, b"")
            return
        if "*/*" not in content and not check(f"{answer.what}: type {answer.type}", answer.type in content):
            return
        schema = content.get(answer.type, {}).get("schema", {})
        if schema:
            self.judge_body(answer, answer.json, schema)
        if answer.type == "text/event-stream":
            for line in answer.text.splitlines():
                if line.startswith("data: "):
                    self.judge_body(answer, json.loads(line[6:]), {"$ref": "#/components/schemas/Job"})

    def judge_problem(self, answer):
        if not check(f"{answer.what}: {answer.status} is a problem", answer.type, "application/problem+json"):
            return
        self.judge_body(answer, answer.json, PROBLEM)
        check(f"{answer.what}: the problem's status", answer.json.get("status"), answer.status)
        if answer.status in (429, 503) and answer.code == "too_many":
            check(f"{answer.what}: Retry-After", (answer.headers.get("Retry-After") or "").isdigit())

    def judge_body(self, answer, value, schema):
        found = self.validator.faults(value, schema)
        check(f"{answer.what}: {answer.status} fits its schema", found[:4], [])

    def never_met(self):
        """Properties no answer had: of them the specification is only believed."""
        out = []
        for name, schema in self.document["components"]["schemas"].items():
            for where, inner in sub_schemas(schema, name):
                if id(inner) not in self.validator.met and inner:
                    out.append(where)
        return out
