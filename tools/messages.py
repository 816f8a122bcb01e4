#!/usr/bin/env python3
"""Every sentence the program may say to a user of the desk has its Chinese words in catalog/messages.yaml.

Looks through the rooms below for English sentences in C++ (literals of at least two words; adjacent ones are one) and lists
those without an entry, with file and line. What is put together from pieces needs an entry that holds the piece. An entry
whose words no source holds any more is listed as well.
  tools/messages.py          check; exit 1 when something is listed
  tools/messages.py --all    print every sentence found, as YAML"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
ROOMS = ("base", "record", "procedure", "rules", "indicator", "service", "exchange", "account", "blob", "store", "sql", "sqlite", "postgres",
         "reading", "report", "ooxml", "process", "wire", "http")
# Words of the operator's terminal, of files, of the catalog's own faults, of the HTTP protocol beneath the interface.
FILES = re.compile("exchange/(archive|template_out|reject_out)|service/(archives|workspace|examples|example_people|forgotten|in_order)\\."
                   "|reading/(law_table|lexicon|load_|checks_file|sheet|suppression)|wire/messages|report/(words|compose|clause|each|paper|sources)\\."
                   "|ooxml/(docx|docx_look|docx_look_styles|docx_numbering|docx_styles|xlsx_write)\\.|store/(shape|move|digest)|service/store_move|sql/migrate\\.|sqlite/(upgrade|dialect)\\."
                   "|postgres/(fixed_tables|url|dialect|text_index|rights|spread)\\."
                   "|http/(framing|body_reader|connection|exchange|listener|outgoing|parser|openapi|schemas|tls|target|upload|web_files|app_headers|public_|form_in|page)"
                   "|service/public_")
# Literals inside these calls and types are no words to a user.
CALLS = {"internal_error", "send", "ask", "prepare", "execute", "run", "runtime_error", "logic_error", "assert", "Parameter", "with", "add", "emplace_back_header"}
# Names, programs' answers and the like that only look like sentences.
NAMES = {"a row with problems", "enough seen", "yifa backup", " at line 1, column", "hash(previous hash, body)", "docx:MS Word 2007 XML",
         "Incorrect password", "not allowed", "Out of memory", "second factor of "}
ENDS = re.compile(r"^[\s,;:.(\"]|[\s:(\"]$")
NO_WORDS = re.compile(r"Accept-Language|'none'|'self'|charset=|max-age|no-cache|filename\*|version=|SameSite|GMT|geolocation|\n|h\{.*v1h|^\w+(, \w+)+$|^[a-z]+/[\w.+-]+(, [a-z]+/[\w.+-]+)+$")
ROUTES = re.compile(r"^[A-Z][^.]*$|unless said|^field=value|^oldest: |^xlsx, ")
SQL = re.compile(r"^(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|BEGIN|WITH|FROM|WHERE|ORDER|GROUP|UNION|VALUES|ON|AND|LIMIT|JOIN)\b|"
                      r"[<>][a-z/!]|=\"|^\s*[a-z-]+:\s*[^ ]+;|\b(AS|IS|IN|NOT NULL|TEXT|WHERE|FROM|AND)\b")
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|(?:u8|[uUL])?R"([^(\s]*)\((.*?)\)\1"|(?:u8|[uUL])?"((?:[^"\\\n]|\\.)*)"|'
                   r"(?:[uUL])?'(?:[^'\\]|\\.)+'|[A-Za-z_][A-Za-z_0-9:]*|\d[\d'.a-zA-Z]*|\n|[^\sA-Za-z_0-9]", re.S)


def sentences(path):
    """(line, text) of the English sentences of a source."""
    text = path.read_text(encoding="utf-8")
    calls, word, held, line, found = [], "", None, 1, []

    def end():
        nonlocal held
        if held is not None:
            at, said, inside = held
            held = None
            if not CALLS & set(inside) and said.count("{") == said.count("}"):
                found.append((at, said))

    for token in TOKEN.finditer(text):
        said = token.group(0)
        here, line = line, line + said.count("\n")
        if said == "\n" or said.startswith(("//", "/*")):
            continue
        if token.group(3) is not None:
            plain = re.sub(r"\\(.)", lambda escape: {"n": "\n", "t": "\t"}.get(escape[1], escape[1]), token.group(3))
            held = (here, plain, list(calls)) if held is None else (held[0], held[1] + plain, held[2])
            continue
        end()
        if said in "({[":
            calls.append(word if said != "[" else "")
        elif said in ")}]" and calls:
            calls.pop()
        word = said.split("::")[-1] if re.match(r"[A-Za-z_]", said) else ""
    end()
    for at, said in found:
        words = re.findall(r"(?<![A-Za-z0-9_{.\"-])[A-Za-z]?[a-z']+(?![A-Za-z0-9_(])", said)
        if len(words) > 1 and " " in said.strip() and not SQL.search(said) and not NO_WORDS.search(said) and said not in NAMES:
            if path.name.endswith("_routes.cpp") and ROUTES.search(said):
                continue
            yield at, said


def numbered(said):
    """Slots {} as {1}, {2} in order; {:02} and the like too."""
    count = 0

    def slot(_):
        nonlocal count
        count += 1
        return f"{{{count}}}"

    return re.sub(r"\{(?::[^}]*)?\}", slot, said)


def quoted(said):
    return '"' + said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def entries(path):
    """The `en` of each entry. The program's own reader judges the file; here only its plain form is looked at."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := re.match(r'- en: "((?:[^"\\]|\\.)*)"$', line):
            yield re.sub(r"\{(\d):\w+\}", r"{\1}", re.sub(r"\\(.)", r"\1", found[1]))


def bare(said):
    """Without slots."""
    return re.sub(r"\{\d\}", "\0", said)


def pieces(said):
    """The runs of at least two words between slots and stops."""
    return [one for one in (piece.strip() for piece in re.split(r"[\0;:,.()\"“”]", bare(said))) if " " in one]


def main():
    where = {}
    for room in ROOMS:
        for path in sorted((root / "src" / room).glob("*")):
            relative = f"{room}/{path.name}"
            if path.suffix not in (".cpp", ".h") or path.stem.endswith("_test") or path.name.startswith("test_") or FILES.match(relative):
                continue
            for line, said in sentences(path):
                where.setdefault(numbered(said), f"src/{relative}:{line}")
    if "--all" in sys.argv:
        for said, place in where.items():
            print(f"- en: {quoted(said)}  # {place}")
        return
    known = list(entries(root / "catalog" / "messages.yaml"))
    whole = "\n".join(map(bare, known))
    texts = "\n".join(map(bare, where))

    def worded(said):
        return said in exact or (bool(ENDS.search(said)) or said.count(" ") == 1) and bare(said).strip("\0") in whole or f"\n{bare(said)}: " in whole

    exact = set(known)
    # Words of time limits and of levels are put together from words alone.
    own = {said for said in known if re.match(r"(within|lasts|before|not_before|keep|by) |a \w+$", said)}
    faults = [f"{place}: no Chinese words for {quoted(said)}" for said, place in where.items() if not worded(said)]
    faults += [f"catalog/messages.yaml: no source says {quoted(said)}" for said in known
               if not all(" ".join(piece.split()[:2]) in texts for piece in pieces(said)) and said not in own]
    faults += [f"catalog/messages.yaml: {quoted(said)} stands twice" for said in sorted({one for one in known if known.count(one) > 1})]
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    print(f"messages: {len(where)} sentences have their Chinese words")


main()
