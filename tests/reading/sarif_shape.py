#!/usr/bin/env python3
"""Checks the shape of a SARIF 2.1.0 log as `yifa check --format sarif` writes it, without any
library: usage sarif_shape.py LOG [TEXT]. With TEXT (what `yifa read --text` prints of the one file
in the log) every region is compared with its snippet. Exit code 1 with one line a fault."""

import json
import re
import sys

LEVELS = {"error", "warning", "note"}


def main():
    log = json.load(open(sys.argv[1], encoding="utf-8"))
    text = open(sys.argv[2], encoding="utf-8").read() if len(sys.argv) > 2 else None
    faults = list(faults_of(log, text))
    for fault in faults:
        print(fault)
    results = log["runs"][0]["results"]
    print(f"{len(results)} results, {len(faults)} faults")
    return 1 if faults else 0


def faults_of(log, text):
    if log.get("version") != "2.1.0" or "$schema" not in log or len(log.get("runs", [])) != 1:
        yield "log: version, $schema or runs"
        return
    run = log["runs"][0]
    driver = run["tool"]["driver"]
    if driver.get("name") != "Yifa" or run.get("columnKind") != "unicodeCodePoints":
        yield "run: name or columnKind"
    rules = driver.get("rules", [])
    if len({rule["id"] for rule in rules}) != len(rules):
        yield "rules: an id twice"
    for rule in rules:
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", rule["name"]):
            yield f"{rule['id']}: name {rule['name']}"
        for key in ("shortDescription", "fullDescription", "help"):
            if not rule[key]["text"]:
                yield f"{rule['id']}: {key} is empty"
        if rule["defaultConfiguration"]["level"] not in LEVELS:
            yield f"{rule['id']}: level"
    artifacts = run["artifacts"]
    for artifact in artifacts:
        yield from faults_of_uri(artifact["location"]["uri"])
    failed = [
        one
        for invocation in run["invocations"]
        for one in invocation.get("toolExecutionNotifications", [])
    ]
    if run["invocations"][0]["executionSuccessful"] == bool(failed):
        yield "invocation: executionSuccessful does not fit its notifications"
    for i, result in enumerate(run["results"]):
        for fault in faults_of_result(result, rules, artifacts, text):
            yield f"result {i} {result.get('ruleId')}: {fault}"


def faults_of_result(result, rules, artifacts, text):
    if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        yield "ruleIndex"
    if result["level"] not in LEVELS or not result["message"]["text"]:
        yield "level or message"
    for location in result["locations"] + result.get("relatedLocations", []):
        place = location["physicalLocation"]
        where = place["artifactLocation"]
        yield from faults_of_uri(where["uri"])
        if "index" in where and artifacts[where["index"]]["location"]["uri"] != where["uri"]:
            yield "artifact index"
        region = place.get("region")
        if region is None or "startLine" not in region:
            continue
        start, end = (
            (region["startLine"], region["startColumn"]),
            (region["endLine"], region["endColumn"]),
        )
        if min(*start, *end) < 1 or end < start:
            yield "region ends before it starts"
        if start[0] == end[0] and end[1] - start[1] != region["charLength"]:
            yield "columns and charLength differ"
        if len(region["snippet"]["text"]) != region["charLength"]:
            yield "snippet and charLength differ"
        if text is not None and location in result["locations"]:
            at = region["charOffset"]
            if text[at : at + region["charLength"]] != region["snippet"]["text"]:
                yield "snippet is not what stands there"
            if text[:at].count("\n") + 1 != start[0]:
                yield "line"


def faults_of_uri(uri):
    if not re.fullmatch(r"(file://)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri):
        yield f"uri {uri}"


if __name__ == "__main__":
    sys.exit(main())
