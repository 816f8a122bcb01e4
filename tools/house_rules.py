#!/usr/bin/env python3
"""Habits of the house that a machine can check: short files, no law in C++, no unfinished marks, no SQL outside the stores."""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root, check=True,
                        capture_output=True).stdout.decode()
files = [root / name for name in listed.split("\0") if name and (root / name).is_file()]
faults = []


def add(path, number, message):
    faults.append(f"{path.relative_to(root)}:{number}: {message}")


for path in files:
    relative = path.relative_to(root).as_posix()
    if path.suffix in (".png", ".docx", ".xlsx", ".pdf", ".zip") or path.stat().st_size > 1_500_000:
        if path.stat().st_size > 1_500_000:
            add(path, 1, "larger than 1.5 MB")
        continue
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        continue  # fuzz seeds and the like
    source = relative.startswith(("src/", "app/")) and path.suffix in (".cpp", ".h")
    test = relative.endswith("_test.cpp")
    if source and len(lines) > 600:
        add(path, len(lines), "longer than 600 lines; it holds more than one idea")
    for number, line in enumerate(lines, 1):
        if source and re.search(r"\b(TODO|FIXME|XXX)\b|not implemented|unimplemented", line):
            add(path, number, "unfinished mark")
        if source and not test and not line.lstrip().startswith("//") and re.search("第[一二三四五六七八九十百]+条", line):
            if "///" not in line:
                add(path, number, "an article number in C++; the law belongs in the catalog")
        if source and not test and not relative.startswith(("src/store/", "src/sql/", "src/sqlite/", "src/postgres/")):
            if re.search(r'"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE TABLE)\b', line, re.I) and re.search(r"\b(FROM|INTO|SET|WHERE)\b", line):
                add(path, number, "SQL outside the stores")
        if re.search(r"(^|[^A-Za-z0-9_])/(work|farm)/", line) and relative != "tools/house_rules.py":
            add(path, number, "a path of one machine")
for fault in faults:
    print(fault)
if faults:
    sys.exit(1)
print(f"house rules: {len(files)} files checked")
