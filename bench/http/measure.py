#!/usr/bin/env python3
"""The server under load, with a million records: see run.sh. Every ratio is between two things measured in turn in this run."""
import argparse
import contextlib
import datetime
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import uuid

import desk
import table

KINDS = ["neighbour", "marriage", "land", "contract", "house"]
LIST = "/api/v1/ledgers/dispute/records?where=kind%3Dland&limit=50&org="
READS = {
    "list, filter, count": lambda org, year: LIST + org,
    "figure": lambda org, year: f"/api/v1/figures/disputes_found?period={year}&org={org}",
    "all figures": lambda org, year: f"/api/v1/figures?period={year}&org={org}",
    "due list": lambda org, year: f"/api/v1/due?within=7d&limit=40&org={org}",
}


class Bench:
    def __init__(self, options):
        self.programs = pathlib.Path(options.programs)
        self.yifa = options.yifa
        self.seconds = options.seconds
        self.year = datetime.date.today().year - 1

    def program(self, name):
        return str(self.programs / name)

    def load(self, port, lanes, connections=1, requests=400, seconds=None):
        plan = {"port": port, "connections": connections, "requests": requests * len(lanes), "seconds": seconds or self.seconds, "lanes": lanes}
        done = subprocess.run([self.program("yifa_http_load")], input=json.dumps(plan), capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        result = json.loads(done.stdout)
        for lane in result["lanes"]:
            if lane["failed"] or not lane["answers"]:
                raise SystemExit(f"{lane['name']}: {lane['failed']} answers {lane['last_failure']}: {lane['failure']}")
        return result

    def fill(self, folder, records):
        done = subprocess.run([self.program("yifa_http_fill"), folder, str(records)], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        return json.loads(done.stdout)


def disputes(n, towns=1):
    """Openings of which hardly two look alike; of one village, or of several towns and their villages."""
    today = datetime.date.today()
    out = []
    for i in range(n):
        org, village = (desk.VILLAGE, desk.VILLAGE) if towns == 1 else (desk.town(i % towns), desk.village(i % towns, i // towns))
        fields = {
            "found_on": (today - datetime.timedelta(days=i * 37 % 1800)).isoformat(),
            "origin": "screening",
            "kind": KINDS[i % 5],
            "village": village,
            "many": i % 7 == 0,
            "amount": str(i),
        }
        out.append({"org": org, "fields": fields})
    return out


def reads(bench, port, people):
    """{(who, what): (his answers, the administrator's to the same question)}"""
    found = {}
    for who, org in (("village", desk.VILLAGE), ("clerk", desk.TOWN), ("reviewer", desk.COUNTY)):
        for what, target in READS.items():
            address = target(org, bench.year)
            bench.load(port, [people[who].lane(who, address)], requests=3)
            lanes = [people[who].lane(who, address), people["administrator"].lane("administrator", address)]
            found[who, what] = bench.load(port, lanes)["lanes"]
    return found


def writes(bench, port, people):
    found = {}
    target = "/api/v1/ledgers/dispute/records"
    lanes = [people[who].lane(who, target, "POST", disputes(1800)) for who in ("village", "administrator")]
    found["village", "create"] = bench.load(port, lanes, requests=500)["lanes"]
    reports = {}
    for who in ("clerk", "administrator"):
        begun, _ = people[who].call("POST", "/api/v1/reports", {"org": desk.TOWN, "year": bench.year}, people[who].headers | {"Idempotency-Key": str(uuid.uuid4())})
        reports[who] = people[who].lane(who, f"/api/v1/reports/{begun['record']}/redraft", "POST", [{"version": 0}])
    found["clerk", "report draft"] = bench.load(port, [reports["clerk"], reports["administrator"]], requests=40)["lanes"]
    return found


def in_turn(rounds, *measured):
    """The middle of several rounds of each, taken in turn."""
    rates = [[] for _ in measured]
    for _ in range(rounds):
        for of, one in zip(rates, measured):
            of.append(one())
    return [statistics.median(of) for of in rates]


@contextlib.contextmanager
def bare(bench, given, taken):
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        path = pathlib.Path(folder)
        (path / "given").write_text(given, encoding="utf-8")
        (path / "taken").write_text(taken, encoding="utf-8")
        words = [bench.program("yifa_http_bare"), str(path / "given"), str(path / "taken"), str(path / "log")]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()
            process.wait(timeout=30)


def throughput(bench, port, people):
    """Durable creates against SQLite by itself and against the listener by itself."""
    out = {"creates": {}}
    create = people["administrator"].lane("create", "/api/v1/ledgers/dispute/records", "POST", disputes(5000, 40))
    model = str(bench.folder / "model")
    bench.fill(model, 4000)

    def rows():
        with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
            words = [bench.program("yifa_http_bare_rows"), model + "/yifa.db", str(bench.folder / "full.db"), folder, "1500"]
            done = subprocess.run(words, capture_output=True, text=True, check=True)
            return json.loads(done.stdout)

    sqlite = [rows()]
    for connections in (1, 16, 64):
        result = bench.load(port, [create], connections, 10**6, 4)["lanes"][0]
        out["creates"][connections] = result
        sqlite.append(rows())
    for what in ("one_row", "all_rows", "one_row_full"):
        out[what] = statistics.median(one[what] for one in sqlite)

    with bare(bench, "", out["creates"][1]["sample"]) as other:
        out["create"] = in_turn(3, lambda: rate(bench, port, create), lambda: rate(bench, other, create))
    return out


def rate(bench, port, lane):
    return bench.load(port, [lane], 16, 10**6, 3)["lanes"][0]["rate"]


def listing(bench, port, people):
    """Filtered lists of a town, and the same bytes from memory."""
    lists = people["clerk"].lane("list", LIST + desk.TOWN)
    given = bench.load(port, [lists], requests=2)["lanes"][0]["sample"]
    with bare(bench, given, "") as other:
        ours, theirs = in_turn(3, lambda: rate(bench, port, lists), lambda: rate(bench, other, lists))
    return {"ours": ours, "bare": theirs, "bytes": len(given.encode())}


def of_size(bench, records, last):
    data = str(bench.folder / f"records-{records}")
    filled = bench.fill(data, records)
    print(f"{records} records, filled in {filled['seconds']} s", file=sys.stderr)
    if last:
        shutil.copy(f"{data}/yifa.db", bench.folder / "full.db")
    codes = desk.codes_of(bench.yifa, data)
    out = {"fill": filled, "started": []}
    for _ in range(7 if last else 1):
        with desk.Serve(bench.yifa, data) as server:
            out["started"].append(server.started)
    with desk.Serve(bench.yifa, data) as server:
        out["memory_idle"] = server.memory()
        people = server.people(codes)
        out["reads"] = reads(bench, server.port, people)
        if last:
            out["listing"] = listing(bench, server.port, people)
            out["writes"] = writes(bench, server.port, people)
            out["throughput"] = throughput(bench, server.port, people)
        out["memory_after"] = server.memory()
    return out


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("records", type=int, nargs="?", default=1_000_000)
    words.add_argument("--yifa", required=True)
    words.add_argument("--programs", required=True, help="where yifa_http_load and the others lie")
    words.add_argument("--keep", help="folder for the data directories; used again when they are there")
    words.add_argument("--seconds", type=float, default=8, help="at most so long a measurement")
    words.add_argument("--write", help="Markdown file to put the table into")
    options = words.parse_args()
    bench = Bench(options)
    with tempfile.TemporaryDirectory() as temporary:
        bench.folder = pathlib.Path(desk.folder(options.keep) if options.keep else temporary)
        sizes = sorted({size for size in (10_000, 100_000, 1_000_000) if size < options.records} | {options.records})
        found = {size: of_size(bench, size, size == sizes[-1]) for size in sizes}
    text = table.markdown(found)
    print(text)
    if options.write:
        table.put_into(pathlib.Path(options.write), text)


if __name__ == "__main__":
    main()
