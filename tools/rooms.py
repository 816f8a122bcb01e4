#!/usr/bin/env python3
"""Checks that a room of src/ includes only the rooms beneath it, and that no two rooms need each other.

The drawing is src/CMakeLists.txt: yifa_room(name ROOMS a b …) names the rooms directly beneath; everything beneath those may be
included too.
"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
drawing = (root / "src/CMakeLists.txt").read_text(encoding="utf-8")
beneath = {}
for name, rest in re.findall(r"yifa_room\((\w+)([^)]*)\)", drawing):
    words = rest.split()
    direct = []
    if "ROOMS" in words:
        for word in words[words.index("ROOMS") + 1:]:
            if word == "LIBS":
                break
            direct.append(word)
    beneath[name] = direct

faults = []


def closure(room, path=()):
    if room in path:
        faults.append("rooms in a circle: " + " -> ".join(path + (room,)))
        return set()
    found = set()
    for below in beneath.get(room, []):
        if below not in beneath:
            faults.append(f"src/CMakeLists.txt: room {room} names {below}, which is not drawn")
            continue
        found |= {below} | closure(below, path + (room,))
    return found


allowed = {room: closure(room) | {room} for room in beneath}
for folder in sorted((root / "src").iterdir()):
    if not folder.is_dir():
        continue
    if folder.name not in beneath:
        faults.append(f"src/{folder.name}: this room is not drawn in src/CMakeLists.txt")
        continue
    for source in sorted(folder.rglob("*")):
        if source.suffix not in (".cpp", ".h"):
            continue
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
            match = re.match(r'\s*#\s*include\s+"([^"/]+)/', line)
            if match and match.group(1) not in allowed[folder.name]:
                faults.append(f"{source.relative_to(root)}:{number}: room {folder.name} may not include {match.group(1)}/")
            if re.match(r'\s*#\s*include\s+"\.\.', line):
                faults.append(f"{source.relative_to(root)}:{number}: include by room, not by relative path")
for fault in sorted(set(faults)):
    print(fault)
if faults:
    sys.exit(1)
print(f"rooms: {len(beneath)} rooms, no stray include, no circle")
