#!/usr/bin/env python3
"""Stores moved, cut off and copied back: moves.py YIFA. File → database → file hold the same; the old one is not touched."""
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from with_server import SKIPPED, Server, available  # noqa: E402

YIFA = sys.argv[1]
CUTS = 40 if os.environ.get("YIFA_LONG") else 8
faults, checks = [], 0


def check(what, got, wanted):
    global checks
    checks += 1
    if got != wanted:
        faults.append(f"{what}: {got!r:.300}, not {wanted!r:.300}")


def yifa(*words):
    done = subprocess.run([YIFA, "--json", *map(str, words)], capture_output=True, text=True)
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}


def file_hash(folder):
    """Of the store's file with its log: what a reader of the directory would read."""
    whole = hashlib.sha256()
    for name in ("yifa.db", "yifa.yaml"):
        whole.update((folder / name).read_bytes())
    log = folder / "yifa.db-wal"
    return whole.hexdigest(), log.stat().st_size if log.exists() else 0


def directory_over(old, new, store):
    """A data directory like the old one over another store, with its attachments and key."""
    new.mkdir(exist_ok=True)
    for name in ("blobs", "catalog.d"):
        if (old / name).exists():
            shutil.copytree(old / name, new / name, dirs_exist_ok=True)
    text = (old / "yifa.yaml").read_text()
    lines = [f"store: {store}" if line.startswith("store:") else line for line in text.splitlines()]
    (new / "yifa.yaml").write_text("\n".join(lines) + "\n")


def sound(folder, what):
    code, answer = yifa("--data", folder, "verify")
    check(f"verify of {what}", (code, answer.get("faults")), (0, []))
    return {name: answer.get(name) for name in ("chains", "events", "records", "tally_rows", "attachments")}


def figures(folder, town):
    return yifa("--data", folder, "figures", "--org", town["org"], "--period", town["year"], "--all")


def begun(server):
    """Whether the database says that a move into it is going on."""
    try:
        return server.sql("SELECT count(*) FROM meta WHERE key = 'move:source'", "cut") == "1"
    except RuntimeError:
        return False


def cut_off_and_resume(server, demo, chance):
    """Killed in the middle again and again, it goes on where it was and ends with the same."""
    server.sql("CREATE DATABASE cut")
    url = server.url("cut", "&yifa_partitions=2")
    killed = halves = 0
    for _ in range(CUTS):
        process = subprocess.Popen([YIFA, "store", "move", demo, url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not begun(server):
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.8))
        if process.poll() is None:
            process.kill()
            killed += 1
        process.wait()
        half = begun(server)
        halves += bool(half)
        if half:
            folder = demo.parent / "half"
            directory_over(demo, folder, url)
            check("nobody works on half a store", yifa("--data", folder, "verify")[0], 8)
            shutil.rmtree(folder)
        if process.returncode == 0:
            break
    check("it was cut off in the middle", killed >= 1 and halves >= 1, True)
    code, moved = yifa("store", "move", demo, url) if process.returncode != 0 else (0, None)
    check("resumed", code, 0)
    return url, moved, killed


def main(folder, server):
    chance = random.Random(int(os.environ.get("YIFA_SEED", "2024")))
    demo = folder / "demo"
    code, made = yifa("--data", demo, "demo")
    check("demo", code, 0)
    town = {"org": made["towns"][0]["org"], "year": str(made["towns"][0]["year"])}
    counts = sound(demo, "the demonstration")
    told = figures(demo, town)
    before = file_hash(demo)

    server.sql("CREATE DATABASE moved")
    url = server.url("moved", "&yifa_partitions=3")
    code, there = yifa("store", "move", demo, url)
    check("file to database", (code, there.get("records"), there.get("events")), (0, counts["records"], counts["events"]))
    check("the old store is as it was", file_hash(demo)[0], before[0])
    on_database = folder / "on_database"
    directory_over(demo, on_database, url)
    check("counts in the database", sound(on_database, "the database"), counts)
    check("figures in the database", figures(on_database, town), told)

    back = folder / "back"
    code, again = yifa("store", "move", url, back, "--data", demo)
    check("database to file", (code, again.get("digest")), (0, there.get("digest")))
    directory_over(demo, back, "sqlite")
    check("counts in the new file", sound(back, "the new file"), counts)
    check("figures in the new file", figures(back, town), told)

    check("a database that is in use is refused", yifa("store", "move", demo, url)[0], 3)
    check("a file that is in use is refused", yifa("store", "move", url, demo, "--data", demo)[0], 3)
    check("a store into itself is refused", yifa("store", "move", demo, demo)[0], 3)
    check("nothing was moved by that", sound(on_database, "the database refused"), counts)

    backup = folder / "all.zip"
    check("backup of a database", yifa("--data", on_database, "backup", backup)[0], 0)
    restored = folder / "restored"
    key = pathlib.Path(str(demo) + ".key")
    code, answer = yifa("--key", key, "restore", backup, restored)
    check("restored into a file", (code, answer.get("records")), (0, counts["records"]))
    check("counts restored", sound(restored, "the restored directory"), counts)
    check("figures restored", figures(restored, town), told)

    cut, _, killed = cut_off_and_resume(server, demo, chance)
    code, once_more = yifa("store", "move", cut, folder / "cut", "--data", demo)
    check("what was cut off and resumed is the same", (code, once_more.get("digest")), (0, there.get("digest")))
    check("the old store is as it was in the end", file_hash(demo)[0], before[0])
    print(f"{counts['records']} records moved there and back; killed {killed} times on the way and resumed")


if __name__ == "__main__":
    if not available():
        sys.exit(SKIPPED)
    place = pathlib.Path(tempfile.mkdtemp(prefix="ypm", dir="/tmp"))
    server = Server(["fsync=off"])
    try:
        server.start()
        main(place, server)
    finally:
        server.remove()
        shutil.rmtree(place, ignore_errors=True)
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{checks - len(faults)} passed, {len(faults)} failed")
    sys.exit(1 if faults else 0)
