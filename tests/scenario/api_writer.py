"""A write through the specification: first bodies it must refuse, then a good one."""
import json
import uuid

from desk import check

TOWN = "500229107"
WRONG = {"string": 7, "integer": "x", "boolean": "x", "array": "x", "object": "x"}


class Writer:
    """Writes through the specification: good bodies must fit it, bad ones must be refused."""

    def __init__(self, of):
        self.of = of

    def write(self, client, operation, *values, body=None, status=None, query=None, spoil=True, headers=None):
        """The answer to the good body; it must succeed with the operation's status unless `status` says another."""
        one = self.of.operations[operation]
        path = one.address(*values)
        schema = one.takes()
        if schema:
            found = self.of.validator.faults(body, schema)
            check(f"{operation}: a good body fits the specification", found, [])
            if spoil:
                self.spoil(client, one, path, schema, body)
        headers = {"Idempotency-Key": str(uuid.uuid4())} | (headers or {})
        answer = client.request(one.method, path, body, query=query, headers=headers)
        wanted = status or int(min(code for code in one.responses if code.startswith("2")))
        if status is None and one.responses.get("201"):
            wanted = 201
        if not check(f"{answer.what} {json.dumps(body, ensure_ascii=False, default=repr)[:160]}", answer.status, wanted):
            print(f"  {answer.what}: {answer.status} {answer.text[:600]}", flush=True)
        return answer

    def spoil(self, client, one, path, schema, body):
        """Each required member left out, each member of another kind, no object at all: refused, with nothing written."""
        shape = self.of.validator.resolve(schema["$ref"])
        bad = [{k: v for k, v in body.items() if k != name} for name in shape.get("required", [])]
        for name, inner in shape["properties"].items():
            kind = (self.of.validator.resolve(inner["$ref"]) if "$ref" in inner else inner).get("type")
            if kind in WRONG:
                bad.append({**body, name: WRONG[kind]})
        for one_bad in bad:
            answer = client.request(one.method, path, one_bad)
            check(f"{answer.what}: {json.dumps(one_bad, ensure_ascii=False)[:120]} is refused", 400 <= answer.status < 500)
        for raw in (b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b'{"a":' * 3000, b'{"a":1,"a":2}', b"{}", b"1e999", b'{"version":99999999999999999999}'):
            answer = client.request(one.method, path, raw, headers={"Content-Type": "application/json"})
            unread = raw in (b"", b"{}", b'{"a":1,"a":2}') or (raw.startswith(b'{"version') and "version" not in shape["properties"])
            allowed = unread and not shape.get("required")
            check(f"{answer.what}: {raw[:20]!r} is refused", allowed or 400 <= answer.status < 500)
