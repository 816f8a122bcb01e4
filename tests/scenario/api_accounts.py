"""The administrators' operations, passwords, the second factor, sessions, and the first accounts of a fresh place."""
import base64
import hashlib
import hmac
import struct
import time

from api_writer import TOWN, Writer
from desk import TREE, Client, Served, check, program


def administration(w, people, watched, made):
    secadmin, auditor, sysadmin = people["secadmin"], people["auditor"], people["sysadmin"]
    user = w.write(secadmin, "makeUser", body={"id": "li.hua", "name": "李某", "org": TOWN, "roles": ["mediator"], "ledgers": ["dispute"], "reads_only": False})
    w.write(secadmin, "makeUser", body={"id": "wang", "name": "王某", "roles": ["mediator", "auditor"]}, status=422, spoil=False)
    new = watched("li.hua")
    check("the new one signs in with his code", new.sign_in_by_code(user.json["code"]).status, 200)
    check("and must first choose a password", (new.get("/api/v1/orgs").status, new.get("/api/v1/orgs").code), (403, "password_first"))
    w.write(new, "changePassword", body={"new": "short"}, status=422, spoil=False)
    w.write(new, "changePassword", body={"new": "云溪水渠-修缮记 0719"})
    check("then he goes on", new.get("/api/v1/orgs").status, 200)
    w.write(secadmin, "changeUser", "li.hua", body={"name": "李某某", "org": TOWN, "roles": ["mediator", "grid_worker"], "ledgers": ["dispute", "screening"], "reads_only": False,
                                                   "disabled": False})
    w.write(secadmin, "newCode", "li.hua")
    w.write(secadmin, "endSessions", "li.hua")
    check("his session is over", new.get("/api/v1/orgs").status, 401)
    w.write(secadmin, "dropSecondFactor", "li.hua")
    w.write(secadmin, "newCode", "nobody", status=404)
    w.write(people["clerk"], "checkHistory", status=403)
    w.write(people["clerk"], "makeBackup", status=403)
    plan = {"on": False, "at": "02:30", "folder": "", "keep": 3}
    w.write(people["clerk"], "planBackups", body=plan, status=403, spoil=False)
    w.write(sysadmin, "planBackups", body=plan | {"folder": "/nowhere/at/all"}, status=422, spoil=False)
    check("the plan is kept", w.write(sysadmin, "planBackups", body=plan).json, plan)
    shelf = sysadmin.get("/api/v1/backups").json
    check("and what lacks is told", (shelf["plan"], len(shelf["warnings"]) > 0), (plan, True))
    for one in w.of.operations.values():
        if one.method != "GET" and not one.open:
            answer = people["nobody"].request(one.method, one.address(*["x" for _ in one.names]), {} if one.takes() else None)
            check(f"{answer.what}: nobody is let in", answer.status, 401)
    w.write(people["county"], "chaseReport", body={"org": TOWN, "year": 2024})
    w.write(people["county"], "chaseReport", body={"org": "140423107", "year": 2024}, status=403, spoil=False)
    w.write(people["officer"], "enterTraining")
    check("in the training room", people["officer"].get("/api/v1/session").json["mode"], "training")
    w.write(people["officer"], "leaveTraining", query={"wipe": 1})
    w.write(sysadmin, "enterTraining", status=403)
    made["jobs_of"] = {"auditor": auditor.job(w.write(auditor, "checkHistory")), "sysadmin": sysadmin.job(w.write(sysadmin, "makeBackup"))}
    check("the chains are sound", made["jobs_of"]["auditor"]["result"]["sound"])


def totp(secret, at):
    padded = secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8)
    digest = hmac.new(base64.b32decode(padded), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 10**6:06}"


def accounts(w, people, watched):
    """Passwords, the second factor, sessions."""
    word = "高观村口的大槐树 1997"
    made = w.write(people["secadmin"], "makeUser", body={"id": "zhou", "name": "周某", "org": TOWN, "roles": ["legal_officer"]}, spoil=False).json
    zhou = watched("zhou")
    zhou.sign_in_by_code(made["code"])
    w.write(zhou, "changePassword", body={"new": word, "old": ""}, spoil=False)
    w.write(zhou, "signOut")
    check("signed out", zhou.get("/api/v1/session").status, 401)
    w.write(zhou, "signIn", body={"user": "zhou", "password": word}, spoil=False)
    check("a wrong password", zhou.sign_in("zhou", "wrong").code, "credentials")
    check("an unknown name sounds the same", zhou.sign_in("zhou2", "wrong").code, "credentials")
    zhou.sign_in("zhou", word)
    offer = w.write(zhou, "offerSecondFactor").json
    w.write(zhou, "confirmSecondFactor", body={"code": "000000"}, status=422, spoil=False)
    codes = w.write(zhou, "confirmSecondFactor", body={"code": totp(offer["secret"], time.time())}).json["recovery_codes"]
    second = watched("zhou 2")
    check("the password alone is not enough", second.sign_in("zhou", word).code, "second_factor")
    check("a wrong code neither", second.sign_in("zhou", word, "000000").code, "second_factor")
    check("a recovery code is", second.sign_in("zhou", word, codes[0]).status, 200)
    check("once", watched("zhou 3").sign_in("zhou", word, codes[0]).code, "second_factor")
    sessions = zhou.get("/api/v1/sessions").json["items"]
    check("both sessions are listed", sorted(one["current"] for one in sessions), [False, True])
    w.write(zhou, "endSession", next(one["id"] for one in sessions if not one["current"]))
    w.write(zhou, "endSession", "0" * 64, status=404)
    check("the other one is over", second.get("/api/v1/orgs").status, 401)
    w.write(zhou, "dropMySecondFactor", body={"password": word}, spoil=False)
    by_code = watched("by code")
    code = program(by_code.served.data, "user", "code", "zhou")["code"]
    w.write(by_code, "signInByCode", body={"code": code})


def first_accounts(of, folder):
    """A fresh place: whoever sees the terminal makes the first accounts, once."""
    w = Writer(of)
    data = folder / "fresh"
    program(data, "init")
    program(data, "orgs", "import", TREE / "examples/orgs/500229107.csv")
    served = Served(data)
    try:
        client = Client(served, "first")
        client.watch = of.judge
        check("nobody exists yet", client.get("/api/v1/session").code, "fresh")
        check("a code is printed", bool(served.setup_code))
        client.get("/api/v1/setup/orgs", q="高观", setup_code=served.setup_code)
        client.get("/api/v1/setup/orgs", q="高观", setup_code="0000-0000")
        check("the wizard reads the catalog and what is left to the place", [client.get(f"/api/v1/{one}").status for one in ("catalog", "settings", "figures")], [200, 200, 401])
        people = [{"id": "wu", "name": "吴某", "org": "高观镇", "roles": ["legal_officer"], "ledgers": [], "password": "三更灯火五更鸡 12"}]
        people += [{"id": role, "name": role, "org": "500229107", "roles": [role]} for role in ("system_admin", "security_admin", "audit_admin")]
        people.append({"id": "cun", "name": "村某", "org": "蒲池村", "roles": ["village_clerk"]})
        year = int(client.get("/healthz").headers["Date"].split()[3]) - 1
        setup = {"setup_code": served.setup_code, "place": {"org": TOWN}, "year": year, "county": {"late_after": 20}, "people": people}
        w.write(client, "setUp", body=setup | {"setup_code": "0000"}, status=422, spoil=False)
        for wrong, where in (({"county": {"late_after": "vier"}}, "county.late_after"), ({"county": {"late_after": "1, source: x"}}, "county.late_after"),
                             ({"county": {"nothing": 1}}, "county.nothing"), ({"year": 1999}, "year"), ({"people": [people[0] | {"roles": ["public"]}]}, "people[0].roles")):
            refused = w.write(client, "setUp", body=setup | wrong, status=422, spoil=False)
            check(f"{wrong}: where it is told", [one["where"] for one in refused.json["problems"]], [where])
        codes = w.write(client, "setUp", body=setup).json["items"]
        check("those without a password get a code", [bool(one["code"]) for one in codes], [False, True, True, True, True])
        for _ in range(100):  # the server reads its catalog anew, on the same port
            time.sleep(0.1)
            try:
                answer = Client(served).get("/api/v1/session")
            except OSError:
                continue
            if answer.status == 401 and answer.code == "unauthenticated" and (data / "catalog.d/05-setup.yaml").exists():
                break
        again = w.write(client, "setUp", body={"setup_code": served.setup_code, "people": people}, status=422, spoil=False)
        check("once", again.status >= 400)
        client = Client(served, "first")
        client.watch = of.judge
        check("and sign in", client.sign_in("wu", "三更灯火五更鸡 12").status, 200)
        check("with the year that was chosen", client.session["year"], year)
        [late] = [one for one in client.get("/api/v1/settings").json["items"] if one["id"] == "late_after"]
        check("and what the county said is in force", (late["value"], late["help"] != ""), ("20", True))
        client.get("/api/v1/completeness")
        client.get("/api/v1/figures")
        client.close()
        open_to_others = [str(one.relative_to(folder)) for one in (data, *data.rglob("*")) if one.stat().st_mode & 0o077]
        check("nothing of a data directory is anybody else's to read", open_to_others, [])
    finally:
        served.stop()
