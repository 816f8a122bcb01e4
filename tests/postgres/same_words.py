#!/usr/bin/env python3
"""One demonstration kept in a file and, moved, in a database: every question the interface knows is asked of both, and the answers must be
the same to the byte: same_words.py YIFA SOURCE_TREE, beside with_server.py or, spread over a cluster, with_citus.py. YIFA_SEED repeats a run, YIFA_LONG=1 asks ten times as much."""
import hashlib
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "scenario"))

import desk  # noqa: E402
from api_reads import Known  # noqa: E402
from desk import Client, Served, check, demonstration, program, run  # noqa: E402
from openapi import Specification  # noqa: E402

# What belongs to one server or one signing in, not to the store.
OWN = {"showSession", "listSessions", "watchJob", "showJob", "listJobs", "specification", "listChecks"}
TODAY = "2024-01-08"  # of the demonstration
ROUNDS = 12_000 if desk.LONG else 1_500


def both(folder):
    """The demonstration in a file, and a copy of it whose store is a database."""
    data = demonstration(folder)
    copy = folder / "moved"
    shutil.copytree(data, copy)
    place = f"same{os.getpid()}"
    if citus := os.environ.get("YIFA_CITUS"):
        subprocess.run(["psql", citus, "-XqAtc", f"CREATE SCHEMA {place}"], check=True)
        url = f"{citus}?options=-csearch_path%3D{place}&yifa_partitions=0"
    else:
        host = os.environ["YIFA_POSTGRES_HOST"]
        subprocess.run(["psql", "-h", host, "-U", "yifa", "-d", "postgres", "-XqAtc", f"CREATE DATABASE {place}"], check=True)
        url = f"postgresql://yifa@/{place}?host={host}&yifa_partitions=4"
    told = program(data, "store", "move", str(copy), url, "--switch")
    check("records moved", told["records"] > 100)
    if citus:
        check("tables spread", len(program(copy, "store", "distribute")["tables"]) > 50)
        check("once", program(copy, "store", "distribute")["tables"], [])
    (copy / "yifa.db").unlink()
    return data, copy


def plain(answer):
    """The answer without what is one server's: ports, the codes of forms, which are made anew every time, and when people signed in today."""
    text = answer.body.decode("utf-8", "replace") if answer.type.startswith(("text/", "application/json", "application/problem")) else None
    if text is None:
        return hashlib.sha256(answer.body).hexdigest()
    text = re.sub(r"127\.0\.0\.1:\d+", "HERE", text)
    text = re.sub(TODAY + r"T\d\d:\d\d:\d\d", "NOW", text)
    return re.sub(r"[0-9a-f]{32}\.\d{10}\.[0-9a-f]{64}", "FORM", text)


def questions(of, known):
    """(operation, path, parameters), without end."""
    asked = [one for one in of.operations.values() if one.method == "GET" and one.id not in OWN]
    while True:
        operation = random.choice(asked)
        if not all(known.values(operation, name) for name in operation.names):
            continue
        paths = known.paths(operation, 1)
        if not paths:
            continue
        query = known.needed(operation)
        for parameter in operation.query():
            if random.random() < 0.35:
                query[parameter["name"]] = random.choice(known.asked(operation, parameter["name"]))
        yield operation, random.choice(paths), query


def of_the_program(file, database):
    """What the command line prints and writes."""
    offices = ["500229107", "140423107", "500229"]
    same = 0
    for office in offices:
        for year in (2022, 2023, 2024):
            for words in (("figures", "--org", office, "--period", str(year)), ("due", "--org", office), ("list", "dispute", "--org", office, "--limit", "40"),
                          ("search", "宪法", "--org", office), ("search", "土地 纠纷", "--org", office)):
                got = [subprocess.run([desk.YIFA, "--json", "--data", str(data), *words], capture_output=True, text=True) for data in (file, database)]
                check(f"yifa {' '.join(words)}", (got[0].returncode, got[0].stdout), (got[1].returncode, got[1].stdout))
                same += got[0].returncode == 0
    check("the program had answers", same > 20)
    for form in ("docx", "html", "json"):
        files = [data / f"again.{form}" for data in (file, database)]
        for data, target in zip((file, database), files, strict=True):
            program(data, "report", "draft", "--org", "500229107", "--year", "2023", "-o", str(target))
        check(f"the report as {form}", files[0].read_bytes() == files[1].read_bytes())
    folders = [data / "whole" for data in (file, database)]
    for data, folder in zip((file, database), folders, strict=True):
        program(data, "export", "--all", str(folder))
    listed = [sorted((str(one.relative_to(folder)), hashlib.sha256(one.read_bytes()).hexdigest()) for one in folder.rglob("*") if one.is_file())
              for folder in folders]
    check("everything exported", listed[0], listed[1])
    check("and it is much", len(listed[0]) > 5)


def words(folder):
    file, database = both(folder)
    of_the_program(file, database)
    check("both are sound", [program(data, "verify")["sound"] for data in (file, database)], [True, True])
    served = [Served(file), Served(database)]
    try:
        people = {name: [Client(one, name) for one in served] for name in sorted(served[0].codes)}
        for name, clients in people.items():
            for client, one in zip(clients, served, strict=True):
                check(f"{name} signs in", client.sign_in_by_code(one.codes[name]).status, 200)
                check("the day of the demonstration", client.session["today"], TODAY)
        of = Specification(people["clerk"][0].get("/api/v1/openapi.json").json)
        made = {"records": [], "reports": [], "files": [], "batches": [], "jobs": [], "checks": [], "chains": ["500229107", "admin:500229"],
                "submissions": [], "reader_of": {}}
        known = Known({name: clients[0] for name, clients in people.items()}, made)
        for ledger in known.ledgers:
            for record in people["clerk"][0].get(f"/api/v1/ledgers/{ledger}/records", limit=40).json["items"]:
                known.add(record["id"], ledger)
        made["reports"] = [one for one, ledger in known.type_of.items() if ledger == "annual_report"]
        seen, good = {}, 0
        asking = questions(of, known)
        for _ in range(ROUNDS):
            operation, path, query = next(asking)
            name = random.choice(["clerk", "clerk", "clerk", "county", "village", "head", "counsel", *people])
            first, second = (client.get(path, **query) for client in people[name])
            same = (first.status, first.type, plain(first)) == (second.status, second.type, plain(second))
            if not check(f"{name} {operation.id} {path} {query}", same):
                at = next((i for i, (a, b) in enumerate(zip(*map(plain, (first, second)), strict=False)) if a != b), 0)
                desk.faults[-1] += f"\n  file:     {first.status} …{plain(first)[max(0, at - 60):at + 200]}\n  database: {second.status} …{plain(second)[max(0, at - 60):at + 200]}"
            seen[operation.id] = seen.get(operation.id, 0) + (first.status == 200)
            good += first.status == 200
        check("most questions had an answer", good > ROUNDS / 2)
        print(f"{ROUNDS} questions, {good} answered, {len([one for one in seen.values() if one])} operations")
    finally:
        for one in served:
            one.stop()


run(words)
