#!/usr/bin/env python3
"""What is changed behind the program's back is told of a database as of a file, and telling it does not cost a statement a record:
tampering.py YIFA SOURCE_TREE."""
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "scenario")]
from moves import directory_over  # noqa: E402
from tamper import TAMPERINGS, filled_town  # noqa: E402
from town import YIFA, check, run  # noqa: E402
from with_server import SKIPPED, Server, available  # noqa: E402

# Sums above a county are kept by the one engine and added up by the other.
ABOVE = re.compile(r"^(tally|tally_stock|month_count) of ")
# Statements of one verify of the demonstration: 2 513 records, whose events, rows, parts, links, limits and keys are walked some
# hundred at a time. Asked one by one they were 21 127.
MOST_STATEMENTS = 2500
server = None


def for_postgres(sql):
    sql = re.sub(r"DROP TRIGGER \w+;", "", sql)
    sql = re.sub(r"randomblob\((\d+)\)", lambda found: f"decode('{'5a' * int(found[1])}', 'hex')", sql)
    return sql.replace("CAST(replace(CAST(body AS TEXT), 'neighbour', 'marriage') AS BLOB)",
                       "convert_to(replace(convert_from(body, 'UTF8'), 'neighbour', 'marriage'), 'UTF8')")


def verify(data):
    done = subprocess.run([YIFA, "--json", "--data", data, "verify"], capture_output=True, text=True)
    faults = json.loads(done.stdout)["faults"] if done.stdout.strip() else [{"where": "no answer", "message": done.stderr}]
    return done.returncode, sorted(fault["where"] + ": " + fault["message"] for fault in faults)


def same_words(folder):
    town = filled_town(folder)
    whole = pathlib.Path(town.data)
    server.sql("CREATE DATABASE whole")
    check("moved", town.call("store", "move", str(whole), server.url("whole"), bare=True)[0], 0)
    tables = sorted({table for sql, _ in TAMPERINGS.values() for table in re.findall(r"(?:UPDATE|FROM|INTO) (\w+)", sql)})
    server.sql("CREATE SCHEMA kept; " + "; ".join(f"CREATE TABLE kept.{table} AS TABLE {table}" for table in tables), "whole")
    again = "; ".join(f"TRUNCATE {table}; INSERT INTO {table} SELECT * FROM kept.{table}" for table in tables)
    database = folder / "database"
    directory_over(whole, database, server.url("whole"))
    check("whole before", verify(database), (0, []))
    for what, (sql, _) in TAMPERINGS.items():
        file = folder / "file"
        shutil.copytree(whole, file)
        with sqlite3.connect(file / "yifa.db") as db:
            db.executescript(sql)
        db.close()
        server.sql(for_postgres(sql), "whole")
        (of_file, told), (of_database, told_there) = verify(file), verify(database)
        check(f"{what}: found of both", (of_file, of_database), (10, 10))
        check(f"{what}: in the same words", [each for each in told_there if not ABOVE.match(each)],
              [each for each in told if not ABOVE.match(each)])
        server.sql(again, "whole")
        shutil.rmtree(file)
    check("whole again", verify(database), (0, []))


def few_statements(folder):
    demo, database = folder / "demo", folder / "database"
    subprocess.run([YIFA, "--json", "--data", demo, "demo"], check=True, stdout=subprocess.DEVNULL)
    server.sql("CREATE DATABASE demo")
    subprocess.run([YIFA, "store", "move", demo, server.url("demo")], check=True, stdout=subprocess.DEVNULL)
    directory_over(demo, database, server.url("demo"))
    server.sql("ALTER DATABASE demo SET log_statement = 'all'")
    log = server.folder / "log"
    before = log.stat().st_size
    check("the demonstration is whole", verify(database), (0, []))
    statements = len(re.findall(r"LOG:  (?:execute|statement)", log.read_text(errors="replace")[before:]))
    check(f"{statements} statements, at least 100: they were counted", statements >= 100, True)
    check(f"{statements} statements, at most {MOST_STATEMENTS}", statements <= MOST_STATEMENTS, True)
    print(f"{statements} statements of one verify")


if __name__ == "__main__":
    if not available():
        sys.exit(SKIPPED)
    server = Server(["fsync=off"])
    try:
        server.start()
        run(same_words, few_statements)
    finally:
        server.remove()
