#!/usr/bin/env python3
"""The server against its own specification: api_contract.py YIFA SOURCE_TREE.

Every answer of this test (reads, a story of writes, bad bodies, thousands of random requests) is held against /api/v1/openapi.json. YIFA_SEED repeats a
run, YIFA_LONG=1 makes it ten times longer, YIFA_UNSEEN=1 lists what of the specification no answer showed."""
import os

import desk
import json_schema
from api_accounts import first_accounts
from api_fuzz import random_requests
from api_reads import read_everything
from api_writes import write_everything
from desk import Client, Served, check, demonstration, run
from openapi import Specification


def contract(folder):
    json_schema.self_test()
    served = Served(demonstration(folder))
    try:
        of = Specification(Client(served).get("/api/v1/openapi.json").json)
        of.well_formed()

        def watched(name="", english=False):
            client = Client(served, name, english)
            client.watch = of.judge
            return client

        people = {}
        for name, code in served.codes.items():
            people[name] = watched(name, english=name == "officer")
            check(f"{name} signs in with the code", people[name].sign_in_by_code(code).status, 200)
        check("a code serves once", watched().sign_in_by_code(served.codes["clerk"]).status, 401)
        check("eleven kinds of people", len(people), 11)
        people["nobody"] = watched("nobody")
        made = write_everything(of, people, watched, folder)
        read_everything(of, people, made)
        first_accounts(of, folder)
        random_requests(of, people, served, made, 10_000 if desk.LONG else 1_000)
        check("the server lives", served.lives)
    finally:
        served.stop()
    never = sorted(one.id for one in of.operations.values() if one.succeeded == 0)
    check("every operation was seen to succeed", never, [])
    never = sorted(one.id for one in of.operations.values() if one.refused == 0 and one.id not in ("specification", "door"))
    check("every operation was seen to refuse", never, [])
    unseen = of.never_met()
    print(f"{len(of.operations)} operations, {sum(o.succeeded for o in of.operations.values())} successes, "
          f"{sum(o.refused for o in of.operations.values())} refusals, {len(unseen)} properties no answer had")
    if os.environ.get("YIFA_UNSEEN") == "1":
        print("\n".join(unseen))


run(contract)
