#!/usr/bin/env python3
"""A database reached over TLS and with a password file: tls.py YIFA SOURCE_TREE. The server, its authority and its certificate are made here, in a
throw-away folder. What is shown: who is told to prove the server's name does, nothing is written where it cannot, and no password is ever told."""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

from with_server import SKIPPED, Server, available

YIFA = pathlib.Path(sys.argv[1]).resolve()
ORGS = pathlib.Path(sys.argv[2]) / "examples/orgs/500229107.csv"
TOWN = "500229107"
SECRET, OTHER_SECRET = "nobody-is-told-7Q", "nor-this-one-4K"
faults, checks, said = [], 0, []


def check(what, got, wanted=True):
    global checks
    checks += 1
    if got != wanted:
        faults.append(f"{what}: {got!r}, not {wanted!r}")


def yifa(*words, environment=None, as_json=True, text=None):
    done = subprocess.run([YIFA, *(["--json"] if as_json else []), *map(str, words)], capture_output=True, text=True, timeout=120, input=text,
                          env={**os.environ, **(environment or {})})
    said.append(done.stdout + done.stderr)
    return done.returncode, json.loads(done.stdout) if as_json and done.stdout.strip() else {}


def refused(what, words, *parts, code=8, **more):
    """It does not work, and says why in words that hold the parts."""
    got, answer = yifa(*words, **more)
    message = answer.get("error", {}).get("message", "")
    check(f"{what}: exit", got, code)
    for part in parts:
        check(f"{what}: {message!r} says {part!r}", part in message)


class Authority:
    """Signs certificates; made of nothing but openssl."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.certificate, self.key = folder / f"{name}.crt", folder / f"{name}.key"
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                     "-keyout", self.key, "-out", self.certificate)

    def openssl(self, *words):
        subprocess.run(["openssl", *map(str, words)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def certify(self, host, names, days=2):
        key, asked, made, more = (self.folder / f"{host}.{end}" for end in ("key", "csr", "crt", "ext"))
        more.write_text(f"subjectAltName={names}\n")
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={host}", "-keyout", key, "-out", asked)
        self.openssl("x509", "-req", "-in", asked, "-CA", self.certificate, "-CAkey", self.key, "-CAcreateserial", "-days", days, "-extfile", more, "-out", made)
        return made, key


def secret_file(folder, name, password, mode=0o600):
    path = folder / name
    path.write_text(f"localhost:*:*:desk:{password}\n127.0.0.1:*:*:desk:{password}\n")
    path.chmod(mode)
    return path


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def secured_server(folder, authority, port):
    server = Server(["fsync=off", "log_connections=on", "ssl=on", "ssl_cert_file=server.crt", "ssl_key_file=server.key", "password_encryption=scram-sha-256"],
                    folder / "cluster", port)
    certificate, key = authority.certify("localhost", "DNS:localhost")
    for source, name in ((certificate, "server.crt"), (key, "server.key")):
        shutil.copy(source, server.data / name)
        if server.user:
            os.chown(server.data / name, server.user.pw_uid, server.user.pw_gid)
        (server.data / name).chmod(0o600)
    (server.data / "pg_hba.conf").write_text("local all yifa trust\nhostssl all desk 127.0.0.1/32 scram-sha-256\n")
    server.start()
    server.sql(f"CREATE ROLE desk LOGIN PASSWORD '{SECRET}'")
    return server


def database(server, name):
    server.sql(f"CREATE DATABASE {name} OWNER desk")
    return name


def tables(server, name):
    return server.sql("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace", name)


def main(folder):
    own, foreign = Authority(folder, "own"), Authority(folder, "foreign")
    port = free_port()
    server = secured_server(folder, own, port)
    try:
        passwords = secret_file(folder, "pgpass", SECRET)

        def url(name, host="localhost", ca=own, file=passwords, mode="verify-full", user="desk", more=""):
            parts = [f"sslmode={mode}"] + ([f"sslrootcert={ca.certificate}"] if ca else []) + ([f"passfile={file}"] if file else [])
            return f"postgresql://{user}@{host}:{port}/{name}?{'&'.join(parts)}{more}"

        it_works(folder, server, url)
        the_server_is_another(folder, server, url, foreign)
        the_password_file(folder, server, url)
        no_password_is_told(folder, server, url)
        log = (server.folder / "log").read_text()
        let_in = [line for line in log.splitlines() if "connection authorized: user=desk" in line]
        check("whoever was let in over the network spoke TLS", (len(let_in) > 10, [line for line in let_in if "SSL enabled" not in line]), (True, []))
        told = "".join(said)
        check("what was said was kept", len(told) > 2000)
        for password in (SECRET, OTHER_SECRET):
            check("no output holds a password", [text for text in said if password in text], [])
            check("nor does the server's log, but where the test itself set it", [line for line in log.splitlines() if password in line and "CREATE ROLE" not in line], [])
    finally:
        server.remove()


def it_works(folder, server, url):
    data = folder / "office"
    there = url(database(server, "county"))
    check("init", yifa("init", data, "--store", there)[0], 0)
    check("orgs", yifa("--data", data, "orgs", "import", ORGS)[0], 0)
    code, made = yifa("--data", data, "add", "dispute", "--org", TOWN, "found_on=2024-03-05", "kind=neighbour", "origin=screening")
    check("an act is kept", (code, bool(made.get("record"))), (0, True))
    check("and proved", yifa("--data", data, "verify")[1].get("sound"))
    copy = url(database(server, "copy"))
    check("prepare", yifa("store", "prepare", copy)[0], 0)
    check("moved over TLS on both sides", yifa("store", "move", there, copy, "--data", data)[0], 0)
    check("the settings hold the way to the password, not the password", SECRET in (data / "yifa.yaml").read_text(), False)
    return data


def the_server_is_another(folder, server, url, foreign):
    """The certificate does not hold: nothing is asked of it and nothing is written anywhere."""
    name = database(server, "untouched")
    wrong = [("an authority that did not sign it", url(name, ca=foreign), ["certificate verify failed"]),
             ("another host's certificate", url(name, host="127.0.0.1"), ["127.0.0.1", "does not match"]),
             ("no file with an authority", url(name).replace("own.crt", "none.crt"), ["none.crt"]),
             ("in clear", url(name, ca=None, mode="disable"), ["no pg_hba.conf entry", "no encryption"])]
    for what, there, parts in wrong:
        data = folder / "refused"
        refused(f"init, {what}", ["init", data, "--store", there], *parts)
        check(f"init, {what}: no data directory", data.exists(), False)
        check(f"init, {what}: no key", list(folder.glob("refused*")), [])
        refused(f"prepare, {what}", ["store", "prepare", there], *parts)
        check(f"{what}: nothing was written", tables(server, name), "0")
    data = folder / "office"
    settings = data / "yifa.yaml"
    right = settings.read_text()
    before = server.sql("SELECT count(*) FROM event", "county")
    settings.write_text(right.replace("own.crt", "foreign.crt"))
    act = ["--data", data, "add", "dispute", "--org", TOWN, "found_on=2024-03-06", "kind=neighbour", "origin=screening"]
    refused("an act, another authority", act, "certificate verify failed")
    refused("verify, another authority", ["--data", data, "verify"], "certificate verify failed")
    check("the server that answers does not begin", yifa("--data", data, "serve", "--listen", "127.0.0.1:0")[0], 8)
    settings.write_text(right)
    check("nothing was written", server.sql("SELECT count(*) FROM event", "county"), before)
    check("with the right one it goes on", yifa("--data", data, "verify")[1].get("sound"))


def the_password_file(folder, server, url):
    name = database(server, "lent")
    refused("another password", ["store", "prepare", url(name, file=secret_file(folder, "wrong", OTHER_SECRET))], "password")
    refused("a file others can read is not read", ["store", "prepare", url(name, file=secret_file(folder, "open", SECRET, 0o644))], "no password supplied")
    refused("a file that is not there", ["store", "prepare", url(name, file=folder / "none")], "no password supplied", environment={"HOME": str(folder)})
    refused("of another account", ["store", "prepare", url(name, user="nobody")], "no pg_hba.conf entry")
    check("nothing was written", tables(server, name), "0")
    named = {"PGPASSFILE": str(folder / "pgpass")}
    check("named by the environment", yifa("store", "prepare", url(name, file=None), environment=named)[0], 0)
    home = folder / "home"
    home.mkdir()
    secret_file(home, ".pgpass", SECRET)
    check("lying at home", yifa("store", "prepare", url(name, file=None), environment={"HOME": str(home), "PGPASSFILE": ""})[0], 0)


def served(server, data):
    """What the server and its pages say, also when the database lets it in no more."""
    with open(data.parent / "served", "w+") as out:
        child = subprocess.Popen([YIFA, "--data", data, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=out, text=True)
        address = re.search(r"http://127\.0\.0\.1:\d+", child.stdout.readline())[0]

        def asked(path):
            try:
                with urllib.request.urlopen(address + path, timeout=60) as answer:
                    status, body = answer.status, answer.read().decode()
            except urllib.error.HTTPError as refusal:
                status, body = refusal.code, refusal.read().decode()
            said.append(body)
            return status

        check("served", [asked(path) for path in ("/healthz", "/metrics", "/api/v1/door", "/public")], [200] * 4)
        server.sql("ALTER ROLE desk NOLOGIN")
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'desk'")
        told = [asked(path) for path in ("/healthz", "/healthz", "/public", "/api/v1/submissions?year=2024")]
        check("the database lets it in no more", (503 in told, 500 in told), (True, False))
        server.sql("ALTER ROLE desk LOGIN")
        check("and again", asked("/healthz"), 200)
        child.terminate()
        child.wait(30)
        out.seek(0)
        said.append(out.read() + child.stdout.read())


def no_password_is_told(folder, server, url):
    """A password in the URL is taken, not advised, and not repeated."""
    name = database(server, "told")
    inside = url(name, file=None, user=f"desk:{SECRET}")
    asked = url(name, file=None) + f"&password={SECRET}"
    for n, there in enumerate((inside, asked)):
        for as_json in (True, False):
            check(f"prepare {n}", yifa("store", "prepare", there, as_json=as_json)[0], 0)
    data = folder / "with"
    check("init", yifa("init", data, "--store", inside)[0], 0)
    check("the file that holds it is its owner's alone", oct((data / "yifa.yaml").stat().st_mode & 0o077), "0o0")
    check("orgs", yifa("--data", data, "orgs", "import", ORGS, as_json=False)[0], 0)
    for n, there in enumerate((inside, asked)):
        onward = [there.replace(f"/{name}?", "/nowhere?"), there.replace("own.crt", "foreign.crt"), there.replace(f"{there.split('/')[2].split(':')[-1]}/", "1/"),
                  there + "&sslmode=sideways", there + "&else=1", there + "&yifa_wait=x", there + "&port=x", there.replace("localhost", "[localhost")]
        for m, bad in enumerate(onward):
            for words in (["store", "prepare", bad], ["init", folder / "never", "--store", bad], ["store", "move", data, bad], ["store", "move", bad, folder / "never"]):
                for as_json in (True, False):
                    check(f"{n}.{m} {words[0]} {words[1] if words[0] == 'store' else ''}", yifa(*words, as_json=as_json)[0] in (3, 8))
    served(server, data)
    # Signs that ought to have been written otherwise in a URL.
    for bad in (f"desk:%ZZ{SECRET}", f"desk:{SECRET}%", f"desk:{SECRET}/x", f"desk:x/{SECRET}", f"desk:1/{SECRET}", f"desk:x@{SECRET}", f"desk:{SECRET}@x"):
        there = url(name, file=None, user=bad)
        refused(f"a URL that cannot be read: {bad}", ["store", "prepare", there], "cannot be read", code=3)
        yifa("store", "prepare", there, as_json=False)
        for other in (there.replace("postgresql", "mysql"), f"host=localhost password={SECRET}", f"user=desk password='{SECRET}'"):
            (data / "yifa.yaml").write_text(f"store: {other}\n")
            for as_json in (True, False):
                check(f"settings with no such store: {other}", yifa("--data", data, "verify", as_json=as_json)[0] in (3, 8))
    for wrong in (f"{SECRET}?x", f"x?{SECRET}", f"[{SECRET}", f"x:{SECRET}", OTHER_SECRET):  # passwords, and not the right one
        refused(f"another password in the URL: {wrong}", ["store", "prepare", url(name, file=None, user=f"desk:{wrong}")], "password authentication failed")
    check("nothing came of it", (folder / "never").exists(), False)


if __name__ == "__main__":
    if not available():
        sys.exit(SKIPPED)
    if not shutil.which("openssl"):
        print("SKIPPED: there is no openssl on this machine")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        pathlib.Path(place).chmod(0o711)
        main(pathlib.Path(place))
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{checks - len(faults)} passed, {len(faults)} failed")
    sys.exit(1 if faults else 0)
