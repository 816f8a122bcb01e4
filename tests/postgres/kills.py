#!/usr/bin/env python3
"""Servers killed, connections cut, disks filled, while programs write: kills.py WORKER TIMES.

After each: everything acknowledged is there, nothing is half, doubled or lost, numbers have no gap, although every command that was
not answered was asked again with its client key. Exit 77 without PostgreSQL.
"""
import os
import pathlib
import random
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from with_server import SKIPPED, Server, available  # noqa: E402

WORKER, TIMES = sys.argv[1], int(sys.argv[2])
KINDS = ("kill", "kill", "end", "kill", "cut")
LOOKS = max(10, TIMES // 12)  # a look reads everything there is
seed = int(os.environ.get("YIFA_SEED", random.randrange(1 << 32)))
chance = random.Random(seed)


class Writing:
    """A worker that goes on writing; what it was told to be kept."""

    def __init__(self, url, first):
        self.first, self.acknowledged, self.errors = first, [], {}
        self.process = subprocess.Popen([WORKER, url, "write", str(first)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for stream, take in ((self.process.stdout, self.acknowledged.append), (self.process.stderr, self.failed)):
            threading.Thread(target=lambda s=stream, t=take: [t(line.strip()) for line in s], daemon=True).start()

    def failed(self, line):
        words = re.sub(r"\d+|/\S+", "…", line)
        self.errors[words] = self.errors.get(words, 0) + 1

    def stop(self):
        running = self.process.poll() is None
        self.process.kill()
        self.process.wait()
        return running


class Proxy:
    """Between programs and server: passes bytes on and, while `cutting`, ends each connection after some of them, in mid-message."""

    def __init__(self, server):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ypx", dir="/tmp"))
        self.target = str(server.folder / ".s.PGSQL.5432")
        self.cutting, self.cuts = False, 0
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.folder / ".s.PGSQL.5432"))
        self.listener.listen(64)
        threading.Thread(target=self.accept, daemon=True).start()

    def url(self, database):
        return f"postgresql://yifa@/{database}?host={self.folder}"

    def accept(self):
        while True:
            near = self.listener.accept()[0]
            threading.Thread(target=self.carry, args=(near,), daemon=True).start()

    def carry(self, near):
        far = socket.socket(socket.AF_UNIX)
        left = chance.choice((200, 3_000, 30_000, 300_000)) * chance.random()
        try:
            far.connect(self.target)
            while True:
                for source in select.select([near, far], [], [])[0]:
                    some = source.recv(1 << 16)
                    if not some:
                        return
                    left -= len(some)
                    cut = self.cutting and left < 0
                    (far if source is near else near).sendall(some[: len(some) // 2] if cut else some)
                    if cut:
                        self.cuts += 1
                        return
        except OSError:
            pass
        finally:
            near.close()
            far.close()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def fast_folder():
    """In memory, where there is such a place: a killed program's writes outlive it there as on a disk."""
    return tempfile.mkdtemp(prefix="ypg", dir="/dev/shm" if pathlib.Path("/dev/shm").is_dir() else "/tmp")


def look(url, workers, what):
    told = [n for worker in workers for n in list(worker.acknowledged)]
    done = subprocess.run([WORKER, url, "check"], input="\n".join(told), capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise SystemExit(f"fault after {what} (YIFA_SEED={seed}): {done.stderr.strip()}")
    return len(told)


def end_some(server):
    """Cuts off programs in the middle of what they do, as an administrator can."""
    server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'kept' AND pid <> pg_backend_pid() "
               "AND random() < 0.7")


def start_again(server):
    for _ in range(20):
        try:
            return server.start()
        except RuntimeError as refused:  # the kernel has not yet taken back the memory of the one before
            if "still in use" not in str(refused):
                raise
            time.sleep(0.1)
    return server.start()


def killing():
    server = Server(["fsync=on", "max_wal_size=64MB", "checkpoint_timeout=30s"], fast_folder())
    proxy = Proxy(server)
    workers, killed, ended = [], 0, 0
    try:
        server.start()
        server.sql("CREATE DATABASE kept")
        url = server.url("kept")
        look(url, [], "nothing")
        workers += [Writing(url, 1_000_000), Writing(url, 2_000_000), Writing(proxy.url("kept"), 3_000_000)]
        for n in range(TIMES):
            time.sleep(chance.uniform(0.02, 0.25))
            kind = KINDS[n % len(KINDS)]
            proxy.cutting = kind == "cut"
            if kind == "kill":
                server.kill()
                start_again(server)
                killed += 1
            elif kind == "end":
                end_some(server)
                ended += 1
            else:
                time.sleep(chance.uniform(0.02, 0.4))
            if n % LOOKS == LOOKS - 1:
                proxy.cutting = False
                look(url, workers, f"{killed} kills, {ended} ends, {proxy.cuts} cuts")
        proxy.cutting = False
        before = [len(worker.acknowledged) for worker in workers]
        time.sleep(1)
        after = [len(worker.acknowledged) for worker in workers]
        if not all(a < b for a, b in zip(before, after)):
            raise SystemExit(f"fault: a worker no longer gets on: {before} → {after}: {[worker.errors for worker in workers]}")
        if not all([worker.stop() for worker in workers]):
            raise SystemExit(f"fault: a worker ended by itself: {[worker.errors for worker in workers]}")
        time.sleep(0.2)
        steps = look(url, workers, "all")
        if proxy.cuts < TIMES // 4 or steps < TIMES:
            raise SystemExit(f"fault: too little happened: {proxy.cuts} cuts, {steps} steps")
        print(f"{killed} servers killed, {ended} times sessions ended, {proxy.cuts} connections cut: {steps} acknowledged steps are all there")
        for words in sorted({words for worker in workers for words in worker.errors}):
            print("   told on the way:", words)
    finally:
        for worker in workers:
            worker.stop()
        proxy.remove()
        server.remove()


def full_disk():
    """A small disk holds the tables: what does not fit is refused in words, and goes on once there is room."""
    place = pathlib.Path(tempfile.mkdtemp(prefix="ypf", dir="/tmp"))
    mounted = os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=14m", "tmpfs", place], capture_output=True).returncode == 0
    if not mounted:
        shutil.rmtree(place)
        print("SKIPPED: a full disk: no file system can be mounted here")
        return
    server = Server(["fsync=on"], fast_folder())
    worker = None
    try:
        space = place / "space"
        space.mkdir()
        shutil.chown(space, server.user.pw_uid, server.user.pw_gid)
        server.start()
        server.sql(f"CREATE TABLESPACE small LOCATION '{space}'")
        server.sql("CREATE DATABASE kept TABLESPACE small")
        worker = Writing(server.url("kept"), 1)
        for _ in range(1200):
            time.sleep(0.05)
            if worker.acknowledged or worker.process.poll() is not None:
                break
        ballast = place / "ballast"
        with open(ballast, "wb") as file:
            while True:
                try:
                    file.write(b"x" * 65536)
                    file.flush()
                except OSError:
                    break
        for _ in range(1200):
            time.sleep(0.05)
            if any("disk of the database server is full" in words for words in worker.errors) or worker.process.poll() is not None:
                break
        if not any("disk of the database server is full" in words for words in worker.errors):
            raise SystemExit(f"fault: nobody was told of the full disk: {worker.errors}, {len(worker.acknowledged)} steps")
        full = len(worker.acknowledged)
        look(server.url("kept"), [worker], "a full disk")
        ballast.unlink()
        time.sleep(3)
        more = len(worker.acknowledged)
        if more <= full or not worker.stop():
            raise SystemExit(f"fault: it does not go on after the disk was freed: {worker.errors}")
        steps = look(server.url("kept"), [worker], "a disk that was full")
        print(f"the disk was full after {full} steps and said so; after it was freed {steps - full} more, all there")
    finally:
        if worker:
            worker.stop()
        server.remove()
        subprocess.run(["umount", place])
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    if not available():
        sys.exit(SKIPPED)
    print(f"YIFA_SEED={seed}")
    killing()
    full_disk()
