#!/usr/bin/env python3
"""Figures above the county: above.py YIFA SOURCE_TREE. Five towns of five provinces; reviewers of a county, its city and its province. Each sees his
subtree, what is above or beside it is refused, and a figure is the same wherever the only town that keeps it is asked from."""
import json
import os
import re
import subprocess
import uuid

from desk import YIFA, Client, Served, check, demonstration, program, run

TOWN, COUNTY, CITY, PROVINCE, BESIDE = "500229107", "500229", "5002", "50", "140423"
PERIOD = "2023"


def reviewer(served, name, org):
    client = Client(served, name)
    client.sign_in_by_code(program(served.data, "user", "add", name, "--name", name, "--org", org, "--role", "county_reviewer")["code"])
    if client.session["user"]["must_change_password"]:
        check(f"{name} chooses a password", client.post("/api/v1/account/password", {"new": f"石板路{uuid.uuid4()}"}).status, 204)
    return client


def values(client, org):
    items = client.get("/api/v1/figures", org=org, period=PERIOD).json["items"]
    return {one["id"]: one["value"] for one in items if one["value"]}


def scopes(people):
    for name, scope in (("of_county", COUNTY), ("of_city", CITY), ("of_province", PROVINCE)):
        for org in (TOWN, COUNTY, CITY, PROVINCE, BESIDE):
            for path in ("figures", "figures/disputes_found", "figures/disputes_found/records", "county"):
                if path == "county" and org == TOWN:
                    continue
                answer = people[name].get(f"/api/v1/{path}", org=org, period=PERIOD, year=PERIOD)
                check(f"{answer.what}: {name}", answer.status, 200 if org.startswith(scope) else 403)


def same_everywhere(province):
    town = values(province, TOWN)
    check("the town keeps figures", len(town) > 50, True)
    for org in (COUNTY, CITY, PROVINCE):
        above = values(province, org)
        # What nobody recorded is a zero where the whole township confirmed it; above the counties nobody's silence is told.
        check(f"figures of {org}", {id: value for id, value in above.items() if value != town.get(id)}, {})
        check(f"none is lost in {org}", set(town) - set(above), set())
        records = [one["id"] for one in province.get("/api/v1/figures/disputes_found/records", org=org, period=PERIOD, limit=500).json["items"]]
        check(f"as many records behind the figure of {org}", len(records), town["disputes_found"])


def nodes_beneath(province):
    for org, beneath in ((PROVINCE, CITY), (CITY, COUNTY), (COUNTY, TOWN)):
        view = province.get("/api/v1/figures/disputes_found", org=org, period=PERIOD).json
        places = {one["org"]: one["value"] for one in view["places"]}
        check(f"beneath {org}", places.get(beneath), view["value"])
        check(f"the months of {org} add up", sum(one["value"] or 0 for one in view["months"]), view["value"])
        page = province.get("/api/v1/county", org=org, year=PERIOD).json
        sums = {one["id"]: one["value"] for one in page["sums"]}
        check(f"the page of {org}", sums["disputes_found"], view["value"])
        check(f"places on the page of {org}", beneath in [one["org"] for one in page["nodes"]], org != COUNTY)
        check(f"towns on the page of {org}", TOWN in [one["org"] for one in page["towns"]], org == COUNTY)


def reports_beneath(served, province):
    """A place beneath says how many of its towns' reports stand where; the pages of the county and of those above it agree."""
    program(served.data, "add", "annual_report", f"year={PERIOD}", "outline=four_part", f"frozen_on={PERIOD}-12-31", "--org", TOWN)
    towns = province.get("/api/v1/county", org=COUNTY, year=PERIOD).json["towns"]
    begun = [one["stage"] for one in towns if one["record"]]
    check("a town has a report", begun, ["collecting"])
    for org, beneath in ((CITY, COUNTY), (PROVINCE, CITY)):
        page = province.get("/api/v1/county", org=org, year=PERIOD).json
        node = next(one for one in page["nodes"] if one["org"] == beneath)
        check(f"towns of {beneath}", node["towns"], len(towns))
        check(f"reports of {beneath}", node["reports"], {stage: begun.count(stage) for stage in page["stages"]})
        check(f"reports of {org}", page["counts"], node["reports"])
    check("none of a year nobody reported", set(province.get("/api/v1/county", org=PROVINCE, year="2019").json["counts"].values()), {0})


def moves_at_once(served, province):
    """What is recorded now is in the province's figure with the next look."""
    before = values(province, PROVINCE)["disputes_found"]
    program(served.data, "add", "dispute", "found_on=2023-03-05", "kind=land", "origin=screening", "--org", TOWN)
    check("counted at once", values(province, PROVINCE)["disputes_found"], before + 1)
    made = program(served.data, "store", "sums")
    check("the sums can be made anew", made["kept"] in (True, False), True)
    check("and are the same", values(province, PROVINCE)["disputes_found"], before + 1)
    check("verify finds them sound", program(served.data, "verify")["faults"], [])


def faults_told(data):
    done = subprocess.run([YIFA, "--json", "--data", str(data), "verify"], capture_output=True, text=True)
    return done.returncode, [one["where"] for one in json.loads(done.stdout)["faults"]]


def spoiled(data):
    """A kept sum changed behind the program's back, where sums are kept: verify tells it, and they can be made anew."""
    if "YIFA_POSTGRES_HOST" not in os.environ:
        return
    url = re.search(r"postgresql://[^\s\"']+", (data / "yifa.yaml").read_text()).group(0).split("&yifa_")[0]
    change = f"UPDATE tally SET value = value + 1 WHERE county = '{PROVINCE}' AND level = 1 AND indicator = 'disputes_found' AND dimension = ''"
    subprocess.run(["psql", url, "-XqAtc", change], check=True)
    code, where = faults_told(data)
    check("verify finds the sum", (code, any(f"tally of {PROVINCE}" in one for one in where)), (10, True))
    check("it is made anew", program(data, "store", "sums"), {"kept": True})
    check("and sound", faults_told(data), (0, []))


def above(folder):
    served = Served(demonstration(folder))
    try:
        people = {name: reviewer(served, name, org) for name, org in (("of_county", COUNTY), ("of_city", CITY), ("of_province", PROVINCE))}
        scopes(people)
        same_everywhere(people["of_province"])
        nodes_beneath(people["of_province"])
        reports_beneath(served, people["of_province"])
        moves_at_once(served, people["of_province"])
        spoiled(served.data)
    finally:
        served.stop()


run(above)
