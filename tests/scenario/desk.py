"""What the scenarios of the server share: a demonstration served on a port of its own, people signed in, requests, checks that are counted."""
import gzip
import http.client
import json
import os
import pathlib
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse

YIFA, TREE = sys.argv[1], pathlib.Path(sys.argv[2])
LONG = os.environ.get("YIFA_LONG") == "1"
SEED = int(os.environ.get("YIFA_SEED") or random.SystemRandom().randrange(1, 10**6))
CODE = r"[0-9A-Z]{4,5}(?:-[0-9A-Z]{4,5})+"
faults = []
checks = 0


def check(what, got, wanted=True):
    global checks
    checks += 1
    if got != wanted:
        faults.append(f"{what}: {got!r}, not {wanted!r}")
    return got == wanted


def program(data, *words, text=None):
    """The command line on the same directory while it is served; its JSON."""
    done = subprocess.run([YIFA, "--json", "--data", str(data), *map(str, words)], input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"yifa {' '.join(map(str, words))}: exit {done.returncode}: {done.stdout}{done.stderr}")
    return json.loads(done.stdout) if done.stdout.strip() else None


class Answer:
    def __init__(self, status, headers, body, what):
        self.status, self.headers, self.what = status, headers, what
        self.body = gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" and body else body

    @property
    def type(self):
        return (self.headers.get("Content-Type") or "").split(";")[0]

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """Of a problem."""
        return self.json.get("code") if self.type == "application/problem+json" else None


class Served:
    """`yifa serve` of a data directory, on 127.0.0.1 and a port the system chooses."""

    def __init__(self, data, *more):
        self.data = data
        self.said = open(str(data) + ".err", "a+", encoding="utf-8")
        self.child = subprocess.Popen([YIFA, "--data", str(data), "serve", "--listen", "127.0.0.1:0", "--quiet", *more], stdout=subprocess.PIPE,
                                      stderr=self.said, text=True)
        self.codes, self.setup_code = {}, None
        first = self.child.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
        if not found:
            raise SystemExit(f"yifa serve says {first!r}")
        self.port = int(found[1])
        self.read_codes()

    def read_codes(self):
        """Told right after the address: people of a demonstration, or the code of a fresh place, or nothing."""
        lines = []
        os.set_blocking(self.child.stdout.fileno(), False)
        quiet = 0
        while quiet < 4:
            line = self.child.stdout.readline()
            quiet = 0 if line else quiet + 1
            if line:
                lines.append(line)
            else:
                time.sleep(0.1)
        for line in lines:
            if person := re.match(rf"  (\S+) +({CODE}) ", line):
                self.codes[person[1]] = person[2]
            elif alone := re.match(rf"  ({CODE})$", line):
                self.setup_code = alone[1]

    def stop(self):
        """By its own id, politely; it must end well."""
        self.child.terminate()
        try:
            code = self.child.wait(20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            code = "killed"
        self.said.close()
        check("the server ends well when told to", code, 0)

    @property
    def lives(self):
        return self.child.poll() is None


class Client:
    """One browser: its connection, its cookie, its token."""

    def __init__(self, served, name="", english=False):
        self.served, self.name, self.english = served, name, english
        self.cookie = self.csrf = ""
        self.session = None
        self.link = None
        self.watch = None  # called with every answer

    def request(self, method, path, body=None, query=None, headers=None, bare=False):
        """`bare`: without cookie and token. A path is escaped here; bytes of a body go as they are, everything else as JSON."""
        address = urllib.parse.quote(path, safe="/")
        if query:
            address += "?" + urllib.parse.urlencode(query, doseq=True)
        sent = {"Accept-Language": "en" if self.english else "zh-CN"}
        if not bare:
            if self.cookie:
                sent["Cookie"] = self.cookie
            if self.csrf and method not in ("GET", "HEAD"):
                sent["X-CSRF-Token"] = self.csrf
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        for attempt in (1, 2):
            reused = self.link is not None
            if not reused:
                self.link = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=120)
            try:
                self.link.request(method, address, body, sent)
                got = self.link.getresponse()
                answer = Answer(got.status, got.headers, got.read(), f"{self.name} {method} {address[:200]}")
                break
            except (http.client.HTTPException, OSError):
                self.close()
                if not reused or attempt == 2:  # an idle connection may have been closed meanwhile: once anew
                    raise
        if answer.headers.get("Connection", "").lower() == "close":
            self.close()
        if self.watch:
            self.watch(self, method, path, answer)
        return answer

    def get(self, path, **query):
        return self.request("GET", path, query=query)

    def post(self, path, body=None, **more):
        return self.request("POST", path, body, **more)

    def take(self, answer):
        """The session that signing in gave."""
        if answer.status == 200:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
            self.session = answer.json
            self.csrf = self.session["csrf"]
        return answer

    def sign_in_by_code(self, code):
        return self.take(self.request("POST", "/api/v1/session/code", {"code": code}, bare=True))

    def sign_in(self, user, password, code=None):
        body = {"user": user, "password": password}
        if code:
            body["code"] = code
        return self.take(self.request("POST", "/api/v1/session", body, bare=True))

    def job(self, answer):
        """Waits for a job; the job when it is over."""
        if answer.status != 202:
            raise SystemExit(f"{answer.what}: no job but {answer.status} {answer.text[:300]}")
        for _ in range(600):
            job = self.get(f"/api/v1/jobs/{answer.json['id']}").json
            if job["state"] in ("done", "failed"):
                return job
            time.sleep(0.05)
        raise SystemExit(f"{answer.what}: the job does not end")

    def close(self):
        if self.link is not None:
            self.link.close()
        self.link = None


def demonstration(folder):
    data = folder / "demo"
    program(data, "demo")
    return data


def raw(served, sent, wait=10):
    """Bytes as they are to the port; what comes back until the other side closes."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=wait) as link:
        link.sendall(sent)
        got = b""
        try:
            while piece := link.recv(65536):
                got += piece
        except (TimeoutError, ConnectionResetError):
            pass
    return got


def run(scenario):
    """In a directory of its own; then what was found."""
    print(f"seed {SEED} (YIFA_SEED={SEED} repeats it)", flush=True)
    random.seed(SEED)
    with tempfile.TemporaryDirectory() as place:
        try:
            scenario(pathlib.Path(place))
        except Exception:  # what was found before is told as well
            faults.append(traceback.format_exc())
    for fault in faults[:200]:
        print(f"fault: {fault}")
    print(f"{checks - len(faults)} passed, {len(faults)} failed")
    sys.exit(1 if faults else 0)
