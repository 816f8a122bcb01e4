#!/usr/bin/env python3
"""Runs a command beside a throw-away PostgreSQL of its own: with_server.py [--set NAME=VALUE]… -- COMMAND…

The command finds the server's URL, without a database's name, in YIFA_POSTGRES_HOST (a folder with its socket) and connects as
the user `yifa`. The server takes connections from its socket alone. Exit: the command's; 77 (skipped) where there is no PostgreSQL
or no account for it.
"""
import glob
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SKIPPED = 77


def programs():
    """The newest PostgreSQL of this machine, or the one that YIFA_POSTGRES_PROGRAMS names."""
    named = os.environ.get("YIFA_POSTGRES_PROGRAMS")
    found = [named] if named else sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    return pathlib.Path(found[-1]) if found and pathlib.Path(found[-1], "initdb").exists() else None


def running(pid):
    try:
        return " Z " not in pathlib.Path("/proc", pid, "stat").read_text()
    except OSError:
        return False


class Server:
    """A cluster in a folder of its own. The server refuses to run as root, so root lends it to `postgres`."""

    def __init__(self, settings=(), folder=None, port=None):
        """`port`: it listens on 127.0.0.1 too; who is let in there, and how, is said by the caller's `pg_hba.conf`."""
        self.bin = programs()
        self.user = None
        if os.geteuid() == 0:
            self.user = pwd.getpwnam("postgres")
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="ypg", dir="/tmp"))
        self.folder.mkdir(exist_ok=True)
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.folder.chmod(0o711)
        self.data = self.folder / "data"
        self.settings = list(settings)
        self.process = None
        self.environment = {"PATH": f"{self.bin}:/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        if port:
            self.settings.append("listen_addresses=127.0.0.1")
            self.environment["PGPORT"] = str(port)
        if not self.data.exists():
            self.run("initdb", "-D", self.data, "-U", "yifa", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")

    def options(self):
        who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        return {"env": self.environment, "cwd": self.folder, **who}

    def run(self, program, *words):
        subprocess.run([self.bin / program, *map(str, words)], check=True, stdout=subprocess.DEVNULL, **self.options())

    def start(self):
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=200", *self.settings]
        words = [word for setting in settings for word in ("-c", setting)]
        with open(self.folder / "log", "a") as log:
            self.process = subprocess.Popen([self.bin / "postgres", "-D", self.data, *words], stdout=log, stderr=log,
                                            start_new_session=True, **self.options())
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError("the server did not start:\n" + (self.folder / "log").read_text()[-2000:])
            if subprocess.run([self.bin / "pg_isready", "-q", "-h", self.folder, "-U", "yifa", "-d", "postgres"],
                              **self.options()).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError("the server does not answer")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.process = None

    def kill(self):
        """All of its processes at once, as when the machine stops. Each is the leader of a session of its own."""
        self.process.send_signal(signal.SIGSTOP)  # so that it starts no further one
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        for pid in [self.process.pid, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        while any(running(pid) for pid in children):
            time.sleep(0.01)
        self.process = None

    def sql(self, text, database="postgres"):
        done = subprocess.run([self.bin / "psql", "-h", self.folder, "-U", "yifa", "-d", database, "-XAtq", "-v", "ON_ERROR_STOP=1",
                               "-c", text], capture_output=True, text=True, **self.options())
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def url(self, database, more=""):
        return f"postgresql://yifa@/{database}?host={self.folder}{more}"

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def available():
    if programs() is None:
        print("SKIPPED: there is no PostgreSQL on this machine")
        return False
    if os.geteuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            print("SKIPPED: PostgreSQL does not run as root, and there is no account `postgres`")
            return False
    return True


def main(words):
    settings = ["fsync=off"]
    while words and words[0] == "--set":
        settings.append(words[1])
        words = words[2:]
    if words and words[0] == "--":
        words = words[1:]
    if not available():
        return SKIPPED
    server = Server(settings)
    try:
        server.start()
        return subprocess.run(words, env={**os.environ, "YIFA_POSTGRES_HOST": str(server.folder)}).returncode
    finally:
        server.remove()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
