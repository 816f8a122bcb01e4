"""A server of the data directory under measurement, and people signed in to it."""
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import time

COUNTY = "990101"
TOWN = COUNTY + "105"
VILLAGE = TOWN + "203"


def town(n):
    return f"{COUNTY}{100 + n}"


def village(of_town, n):
    return f"{town(of_town)}{201 + n % 8}"


CLERK_ROLES = ["legal_officer", "office_clerk", "petition_clerk", "mediator", "village_clerk"]
PEOPLE = {
    "village": (VILLAGE, ["village_clerk"]),
    "clerk": (TOWN, CLERK_ROLES),
    "reviewer": (COUNTY, ["county_reviewer"]),
    # What an account may be that is held back by nothing: the measure for the others.
    "administrator": (COUNTY, CLERK_ROLES + ["county_reviewer"]),
}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def cli(yifa, data, *words):
    done = subprocess.run([yifa, "--json", "--data", data, *words], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"yifa {' '.join(words)}: {done.stdout}{done.stderr}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def codes_of(yifa, data):
    """A one-time code for everyone; who has no account yet gets one."""
    known = {one["id"] for one in cli(yifa, data, "user", "list")}
    codes = {}
    for name, (org, roles) in PEOPLE.items():
        if name in known:
            codes[name] = cli(yifa, data, "user", "code", name)["code"]
            continue
        words = [word for role in roles for word in ("--role", role)]
        codes[name] = cli(yifa, data, "user", "add", name, "--name", "合成人员", "--org", org, *words)["code"]
    return codes


class Person:
    def __init__(self, port, code):
        self.port = port
        answer, headers = self.call("POST", "/api/v1/session/code", {"code": code}, {})
        self.headers = {"Cookie": headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": answer["csrf"]}
        if answer["user"]["must_change_password"]:
            self.call("POST", "/api/v1/account/password", {"new": secrets.token_urlsafe(24)})

    def call(self, method, target, body=None, headers=None):
        way = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        said = dict(self.headers if headers is None else headers)
        if body is not None:
            said["Content-Type"] = "application/json"
        way.request(method, target, json.dumps(body) if body is not None else None, said)
        answer = way.getresponse()
        text = answer.read().decode()
        way.close()
        if answer.status >= 300:
            raise SystemExit(f"{method} {target}: {answer.status} {text}")
        return json.loads(text) if text else None, answer.headers

    def lane(self, name, target, method="GET", bodies=()):
        headers = [f"{key}: {value}" for key, value in self.headers.items()]
        if method != "GET":
            headers.append("Idempotency-Key: %KEY%")
        targets = [target] if isinstance(target, str) else target
        return {"name": name, "method": method, "targets": targets, "headers": headers, "bodies": [json.dumps(body) for body in bodies]}


class Serve:
    """`yifa serve` as it is meant to run: durable, on loopback."""

    def __init__(self, yifa, data):
        self.port = free_port()
        from_ = time.perf_counter()
        words = [yifa, "--data", data, "serve", "--listen", f"127.0.0.1:{self.port}", "--quiet"]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self.healthy():
            if self.process.poll() is not None:
                raise SystemExit("the server ended by itself")
            time.sleep(0.0005)
        self.started = time.perf_counter() - from_

    def healthy(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as way:
                way.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                return way.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def memory(self):
        """Megabytes that are in memory; those read from the program's file count too."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def people(self, codes):
        return {name: Person(self.port, code) for name, code in codes.items()}

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


def folder(path):
    os.makedirs(path, exist_ok=True)
    return path
