#!/usr/bin/env python3
"""Rehearses what docs/operations.md tells an operator to do: operations.py YIFA SOURCE_TREE. Each part makes servers of its own and compares what
was acknowledged with what stands afterwards; `yifa verify` closes each."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from with_server import SKIPPED, Server, available

YIFA = pathlib.Path(sys.argv[1]).resolve()
ORGS = pathlib.Path(sys.argv[2]) / "examples/orgs/500229107.csv"
TOWN = "500229107"
# A ledger whose records need little.
LEDGER, DAY, WORDS = "dispute", "found_on", {"kind": "neighbour", "origin": "screening"}
faults, checks = [], 0


def check(what, got, wanted=True):
    global checks
    checks += 1
    if got != wanted:
        faults.append(f"{what}: {got!r}, not {wanted!r}")


class Office:
    """A data directory whose records lie in a database."""

    def __init__(self, folder, url, code=0):
        self.data = folder / f"office{len(list(folder.iterdir()))}"
        self.url = url
        self.made = self.run("init", self.data, "--store", url, code=code)
        self.run("orgs", "import", ORGS)

    def run(self, *words, code=0):
        done = subprocess.run([YIFA, "--json", "--data", self.data, *map(str, words)], capture_output=True, text=True, timeout=120)
        if code is not None and done.returncode != code:
            faults.append(f"yifa {' '.join(map(str, words))}: exit {done.returncode}, not {code}: {done.stdout}{done.stderr}")
        self.code = done.returncode
        return json.loads(done.stdout) if done.stdout.strip() else {}

    def use(self, url):
        settings = self.data / "yifa.yaml"
        settings.write_text("\n".join(f"store: {url}" if line.startswith("store: ") else line for line in settings.read_text().split("\n")))
        self.url = url

    def act(self, day):
        """A small lawful record; its id."""
        return self.run("add", LEDGER, "--org", TOWN, *fields(day)).get("record")

    def sound(self, what):
        check(f"{what}: verify", self.run("verify", code=None).get("sound"), True)

    def stands(self, record):
        self.run("show", record, code=None)
        return self.code == 0


def fields(day):
    return [f"{name}={value}" for name, value in {**WORDS, DAY: day}.items()]



def point_in_time(folder):
    """A base backup, the log kept since, and back to a moment between two acts."""
    archive = folder / "archive"
    archive.mkdir()
    archive.chmod(0o777)
    server = Server(["fsync=on", "wal_level=replica", "archive_mode=on", f"archive_command=cp %p {archive}/%f"], folder / "first")
    server.start()
    server.sql("CREATE DATABASE county")
    office = Office(folder, server.url("county"))
    before = [office.act(f"2024-03-{day:02}") for day in range(1, 4)]
    base = server.folder / "base"
    server.run("pg_basebackup", "-h", server.folder, "-U", "yifa", "-D", base, "-X", "none", "-c", "fast")
    kept = [office.act(f"2024-04-{day:02}") for day in range(1, 4)]
    time.sleep(1.1)
    moment = server.sql("SELECT now()")
    time.sleep(1.1)
    after = [office.act(f"2024-05-{day:02}") for day in range(1, 3)]
    server.sql("SELECT pg_switch_wal()")
    for _ in range(100):
        if server.sql("SELECT last_archived_wal IS NOT NULL AND pg_walfile_name(pg_current_wal_lsn()) > last_archived_wal FROM pg_stat_archiver") == "t":
            break
        time.sleep(0.1)
    server.kill()
    again = Server([f"restore_command=cp {archive}/%f %p", f"recovery_target_time={moment}", "recovery_target_action=promote", "archive_mode=off"],
                   folder / "again")
    subprocess.run(["rm", "-rf", str(again.data)], check=True)
    subprocess.run(["cp", "-a", str(base), str(again.data)], check=True)
    (again.data / "recovery.signal").touch()
    if again.user:
        os.chown(again.data / "recovery.signal", again.user.pw_uid, again.user.pw_gid)
    again.start()
    for _ in range(200):
        if again.sql("SELECT pg_is_in_recovery()") == "f":
            break
        time.sleep(0.1)
    office.use(again.url("county"))
    check("before the moment", [office.stands(record) for record in before + kept], [True] * 6)
    check("after the moment", [office.stands(record) for record in after], [False, False])
    office.sound("restored to a moment")
    again.remove()
    server.remove()


def a_server_dies(folder):
    """A standby that confirms every commit takes over: the URL names both servers."""
    first = Server(["fsync=on", "wal_level=replica", "max_wal_senders=5", "synchronous_commit=remote_apply"], folder / "main")
    first.start()
    first.sql("CREATE DATABASE county")
    second = Server(["hot_standby=on"], folder / "standby")
    subprocess.run(["rm", "-rf", str(second.data)], check=True)
    second.run("pg_basebackup", "-h", first.folder, "-U", "yifa", "-D", second.data, "-X", "stream", "-c", "fast", "-R",
               "-d", f"host={first.folder} user=yifa application_name=standby")
    second.start()
    first.sql("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
    first.sql("SELECT pg_reload_conf()")
    url = f"postgresql://yifa@/county?host={first.folder},{second.folder}&target_session_attrs=read-write&yifa_wait=5"
    office = Office(folder, url)
    acknowledged = [record for record in (office.act(f"2024-03-{day:02}") for day in range(1, 9)) if record]
    check("all acknowledged", len(acknowledged), 8)
    first.kill()
    refused = office.run("add", LEDGER, "--org", TOWN, *fields("2024-04-01"), code=8)
    check("without a server that writes it is told", refused.get("error", {}).get("code"), "unavailable")
    second.run("pg_ctl", "promote", "-D", second.data, "-w")
    check("nothing acknowledged is lost", [office.stands(record) for record in acknowledged], [True] * 8)
    check("and work goes on", bool(office.act("2024-04-02")))
    office.sound("after the standby took over")
    second.remove()
    first.remove()


def least_rights(folder):
    """The program's account adds to the history; it cannot change it, nor alter tables."""
    server = Server(["fsync=off"], folder / "rights")
    server.start()
    server.sql("CREATE DATABASE county")
    server.sql("CREATE ROLE yifa_desk LOGIN")
    # the tables are their owner's; the desk has none yet
    done = subprocess.run([YIFA, "--json", "store", "prepare", server.url("county"), "--grant", "yifa_desk"], capture_output=True, text=True)
    check("prepared", done.returncode, 0)
    desk = f"postgresql://yifa_desk@/county?host={server.folder}"
    office = Office(folder, desk)
    record = office.act("2024-03-01")
    check("the desk adds", bool(record))
    office.sound("as the desk's account")

    def refused(text):
        done = subprocess.run([server.bin / "psql", "-h", server.folder, "-U", "yifa_desk", "-d", "county", "-XAtqc", text], capture_output=True,
                              text=True, **server.options())
        return "permission denied" in done.stderr or "must be owner" in done.stderr

    for text in ("UPDATE event SET actor = 'x'", "DELETE FROM event", "TRUNCATE event", "DELETE FROM event_0", "ALTER TABLE event ADD COLUMN x text",
                 "DROP TABLE event", "CREATE TABLE mine (x text)", "DROP INDEX event_by_record"):
        check(f"refused: {text}", refused(text))
    server.remove()


def through_a_pooler(folder):
    """A transaction pooler with two server connections between many programs and the server."""
    pooler = pathlib.Path("/usr/sbin/pgbouncer")
    if not pooler.exists():
        print("skipped: no pgbouncer on this machine")
        return
    server = Server(["fsync=off"], folder / "behind")
    server.start()
    server.sql("CREATE DATABASE county")
    settings = server.folder / "pgbouncer.ini"
    settings.write_text(f"""[databases]
county = host={server.folder} user=yifa dbname=county
[pgbouncer]
listen_addr =
unix_socket_dir = {server.folder}
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = 2
ignore_startup_parameters = extra_float_digits
""")
    settings.chmod(0o644)
    child = subprocess.Popen([pooler, "-q", settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **server.options())
    try:
        for _ in range(100):
            if (server.folder / ".s.PGSQL.6432").exists():
                break
            time.sleep(0.05)
        office = Office(folder, f"postgresql://yifa@/county?host={server.folder}&port=6432")
        many = [subprocess.Popen([YIFA, "--json", "--data", office.data, "add", LEDGER, "--org", TOWN, *fields(f"2024-03-{day:02}")],
                                 stdout=subprocess.PIPE, text=True) for day in range(1, 13)]
        told = [json.loads(one.communicate(timeout=60)[0] or "{}").get("number") for one in many]
        check("twelve programs, twelve numbers", sorted(told), sorted(f"2024-{n}" for n in range(1, 13)))
        office.sound("through a pooler")
    finally:
        child.kill()
        child.wait()
    server.remove()


def two_programs(folder):
    """A rolling upgrade: one program is stopped and started while another serves the same store."""
    server = Server(["fsync=off"], folder / "two")
    server.start()
    server.sql("CREATE DATABASE county")
    office = Office(folder, server.url("county"))
    serving = [subprocess.Popen([YIFA, "--data", office.data, "serve", "--listen", "127.0.0.1:0", "--quiet"], stdout=subprocess.PIPE, text=True,
                                stderr=subprocess.DEVNULL) for _ in range(2)]
    try:
        for one in serving:
            check("serves", "http://127.0.0.1:" in one.stdout.readline())
        first = office.act("2024-03-01")
        serving[0].terminate()
        check("ends when told", serving[0].wait(30) in (0, -15))
        second = office.act("2024-03-02")
        check("both stand", [office.stands(record) for record in (first, second)], [True, True])
    finally:
        for one in serving:
            one.kill()
            one.wait()
    office.sound("beside two servers")
    server.remove()


if __name__ == "__main__":
    if not available():
        sys.exit(SKIPPED)
    started = time.monotonic()
    for part in (least_rights, point_in_time, a_server_dies, through_a_pooler, two_programs):
        with tempfile.TemporaryDirectory(prefix="yo", dir="/tmp") as place:
            pathlib.Path(place).chmod(0o755)
            try:
                part(pathlib.Path(place))
            except Exception as error:  # noqa: BLE001 - told with the others
                faults.append(f"{part.__name__}: {error!r}")
    for fault in faults:
        print("fault:", fault)
    print(f"{checks - len(faults)} passed, {len(faults)} failed, {time.monotonic() - started:.0f} s")
    sys.exit(1 if faults else 0)
