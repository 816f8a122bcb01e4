#!/usr/bin/env python3
"""Several people at once: together.py YIFA SOURCE_TREE [ROUNDS]. Gates are judged in the transaction that takes the step, so nobody slips past."""
import concurrent.futures
import sys

from town import TOWN, Town, check, run, sound

ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 10


def many(*calls):
    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def same_step(folder):
    """Of several who take the same step one succeeds; the others are told that it was taken."""
    town = Town(folder)
    for _ in range(ROUNDS):
        made = town.ok("add", "dispute", "--org", TOWN, "found_on=2024-03-05", "kind=neighbour", "origin=screening")["record"]
        codes = [code for code, _ in many(*[lambda: town.call("act", made, "settle", "result=settled", "concluded_on=2024-03-06")] * 4)]
        check("one of four", sorted(codes), [0, 4, 4, 4])
    sound(town, "the same step by several")


def ground_and_step(folder):
    """One takes away what the other's step stands on: never both."""
    town = Town(folder)
    officers = []
    for n in "12":
        post = town.ok("add", "post", "--org", TOWN, f"name=甲{n}", "title=执法队员", "from=2022-01-01")["record"]
        officers.append(town.ok("add", "officer", "--org", TOWN, f"post={post}", "joined_on=2022-01-01", f"certificate_no=A{n}",
                                "certified_from=2022-01-01", "certified_to=2025-12-31")["record"])
    item = town.ok("add", "enforcement_item", "--org", TOWN, "code=X1", "name=某事项", "basis=某条例", "power=grant", "valid_from=2020-01-01")["record"]
    kinds = set()
    for _ in range(ROUNDS):
        case = town.ok("add", "penalty", "--org", TOWN, "procedure=general", "source_kind=report", "party_kind=person", "filed_on=2024-09-20",
                       "officers=" + ",".join(officers), f"item={item}")["record"]
        notice = town.ok("act", case, "notice.open", "served_on=2024-09-25")["part"]
        town.ok("act", case, "defence.open", "made_on=2024-09-27", "kind=waiver")
        decide = lambda: town.call("act", case, "decide", "decided_on=2024-10-08", "outcome=penalise", "classes=fine", "fine=500", "--reason", "一")  # noqa: E731
        withdraw = lambda: town.call("act", case, "notice.withdraw", "--part", notice, "--reason", "二")  # noqa: E731
        (decided, _), (withdrawn, _) = many(decide, withdraw)
        kinds.add((decided, withdrawn))
        check("a decision stands on its notice", (decided, withdrawn) in {(0, 4), (4, 0)}, True)
    sound(town, "a step and its ground")


def parallel_parts(folder):
    """Parts of one matter filed at once are all kept."""
    town = Town(folder)
    case = town.ok("add", "dispute", "--org", TOWN, "found_on=2024-03-05", "kind=neighbour", "origin=screening")["record"]
    town.ok("act", case, "accept", "accepted_on=2024-03-06", "refused=false", "--reason", "x")
    codes = [code for code, _ in many(*[lambda n=n: town.call("act", case, "session.open", f"held_on=2024-03-{10 + n}") for n in range(6)])]
    check("six sessions at once", codes, [0] * 6)
    check("all are there", len(town.ok("show", case)["parts"]), 6)
    sound(town, "parts at once")


run(same_step, ground_and_step, parallel_parts)
