"""Holds values against JSON Schema 2020-12, as much of it as docs/schema/api.json uses; a keyword it does not know is a fault of the schema."""
import re

NOTES = {"description", "title", "format", "$schema", "default", "examples"}
KINDS = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
}


class SchemaFault(Exception):
    """The schema itself cannot be read."""


class Validator:
    """One document of schemas; `$ref` points into it ("#/components/schemas/Org")."""

    def __init__(self, document):
        self.document = document
        self.met = set()  # ids of the schemas that some value was held against
        self.patterns = {}

    def resolve(self, reference):
        if not reference.startswith("#/"):
            raise SchemaFault(f"$ref {reference!r} leaves the document")
        at = self.document
        for name in reference[2:].split("/"):
            name = name.replace("~1", "/").replace("~0", "~")
            if not isinstance(at, dict) or name not in at:
                raise SchemaFault(f"$ref {reference!r} leads nowhere")
            at = at[name]
        return at

    def faults(self, value, schema, where=""):
        """What is wrong, each with its place; empty when the value fits."""
        if schema is True or schema == {}:
            return []
        if schema is False:
            return [f"{where or '.'}: must not be there"]
        self.met.add(id(schema))
        out = []
        for word, said in schema.items():
            if word in NOTES:
                continue
            hold = getattr(self, "hold_" + word.lstrip("$"), None)
            if hold is None:
                raise SchemaFault(f"keyword {word!r} is not understood")
            out += hold(value, said, schema, where)
        return out

    def hold_ref(self, value, said, schema, where):
        return self.faults(value, self.resolve(said), where)

    def hold_type(self, value, said, schema, where):
        kinds = said if isinstance(said, list) else [said]
        if any(KINDS[kind](value) for kind in kinds):
            return []
        return [f"{where or '.'}: {shown(value)} is no {' or '.join(kinds)}"]

    def hold_enum(self, value, said, schema, where):
        fits = any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in said)
        return [] if fits else [f"{where or '.'}: {shown(value)} is none of {said}"]

    def hold_const(self, value, said, schema, where):
        return self.hold_enum(value, [said], schema, where)

    def hold_required(self, value, said, schema, where):
        if not isinstance(value, dict):
            return []
        return [f"{where}.{name}: is missing" for name in said if name not in value]

    def hold_properties(self, value, said, schema, where):
        out = []
        if isinstance(value, dict):
            for name, inner in said.items():
                if name in value:
                    out += self.faults(value[name], inner, f"{where}.{name}")
        return out

    def hold_additionalProperties(self, value, said, schema, where):
        out = []
        if isinstance(value, dict):
            for name in value:
                if name not in schema.get("properties", {}):
                    more = self.faults(value[name], said, f"{where}.{name}")
                    out += [f"{where}.{name}: is not in the schema"] if said is False else more
        return out

    def hold_items(self, value, said, schema, where):
        out = []
        if isinstance(value, list):
            for n, one in enumerate(value):
                out += self.faults(one, said, f"{where}[{n}]")
        return out

    def hold_oneOf(self, value, said, schema, where):
        found = [self.faults(value, inner, where) for inner in said]
        fits = sum(not one for one in found)
        if fits == 1:
            return []
        if fits > 1:
            return [f"{where or '.'}: fits {fits} of the alternatives"]
        return min(found, key=len)

    def hold_anyOf(self, value, said, schema, where):
        found = [self.faults(value, inner, where) for inner in said]
        return [] if not all(found) else min(found, key=len)

    def hold_allOf(self, value, said, schema, where):
        return [fault for inner in said for fault in self.faults(value, inner, where)]

    def hold_pattern(self, value, said, schema, where):
        pattern = self.patterns.setdefault(said, re.compile(said))
        if not isinstance(value, str) or pattern.search(value):
            return []
        return [f"{where or '.'}: {shown(value)} does not fit {said}"]

    def hold_minimum(self, value, said, schema, where):
        return [f"{where or '.'}: {value} is below {said}"] if KINDS["number"](value) and value < said else []

    def hold_maximum(self, value, said, schema, where):
        return [f"{where or '.'}: {value} is above {said}"] if KINDS["number"](value) and value > said else []

    def hold_minItems(self, value, said, schema, where):
        return [f"{where or '.'}: fewer than {said}"] if isinstance(value, list) and len(value) < said else []

    def hold_maxItems(self, value, said, schema, where):
        return [f"{where or '.'}: more than {said}"] if isinstance(value, list) and len(value) > said else []


def shown(value):
    text = repr(value)
    return text if len(text) < 80 else text[:77] + "…"


def sub_schemas(schema, where=""):
    """Every schema within one, itself first, with its place."""
    if not isinstance(schema, dict):
        return
    yield where, schema
    for name, inner in schema.get("properties", {}).items():
        yield from sub_schemas(inner, f"{where}.{name}")
    for word in ("items", "additionalProperties"):
        yield from sub_schemas(schema.get(word), f"{where}[]" if word == "items" else f"{where}.*")
    for word in ("oneOf", "anyOf", "allOf"):
        for n, inner in enumerate(schema.get(word, [])):
            yield from sub_schemas(inner, f"{where}|{n}")


def self_test():
    """The validator must fail what is wrong, else the contract test says nothing."""
    of = Validator({"d": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}, "additionalProperties": False}})
    wrong = [({"b": 1}, {"$ref": "#/d"}), ({"a": 1, "b": 1}, {"$ref": "#/d"}), ({"a": True}, {"$ref": "#/d"}), ({"a": 1.5}, {"$ref": "#/d"}),
             (None, {"type": ["string", "integer"]}), ("x", {"enum": ["y", None]}), (1, {"const": True}), ([1, "x"], {"items": {"type": "integer"}}),
             ("ab", {"pattern": "^a$"}), (-1, {"minimum": 0}), (2, {"maximum": 1}), ([], {"minItems": 1}), ([1, 2], {"maxItems": 1}),
             (1, {"oneOf": [{"type": "integer"}, {"type": "number"}]}), ("x", {"anyOf": [{"type": "null"}, {"type": "integer"}]}),
             (1, {"allOf": [{"type": "integer"}, {"minimum": 2}]}), ({"k": 1}, {"additionalProperties": {"type": "string"}}), (1, False)]
    right = [({"a": 1}, {"$ref": "#/d"}), (None, {"type": ["string", "null"]}), (1, {"type": "number"}), ("a", {"pattern": "^a$"}),
             (None, {"oneOf": [{"$ref": "#/d"}, {"type": "null"}]}), ({"k": "v"}, {"additionalProperties": {"type": "string"}}), (5, {})]
    for value, schema in wrong:
        if not of.faults(value, schema):
            raise SystemExit(f"json_schema.py: {value!r} passes {schema}")
    for value, schema in right:
        if of.faults(value, schema):
            raise SystemExit(f"json_schema.py: {value!r} fails {schema}: {of.faults(value, schema)}")
    for schema in ({"$ref": "#/nowhere"}, {"contains": {}}):
        try:
            of.faults(1, schema)
        except SchemaFault:
            continue
        raise SystemExit(f"json_schema.py: {schema} is no fault")


if __name__ == "__main__":
    self_test()
    print("json_schema.py holds")
