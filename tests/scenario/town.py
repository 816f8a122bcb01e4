"""What the scenarios share: a town's data directory worked on through the command line, and checks that are counted."""
import json
import pathlib
import subprocess
import sys
import tempfile

YIFA, TREE = sys.argv[1], pathlib.Path(sys.argv[2])
TOWN = "500229107"
faults = []
checks = 0


class Town:
    def __init__(self, folder):
        self.data = str(folder / "data")
        self.folder = folder
        self.made = self.ok("init", self.data, bare=True)
        self.ok("orgs", "import", str(TREE / "examples/orgs/500229107.csv"))

    def call(self, *words, text=None, bare=False):
        front = [YIFA, "--json"] if bare else [YIFA, "--json", "--data", self.data]
        done = subprocess.run(front + list(words), input=text, capture_output=True, text=True, cwd=self.folder)
        answer = json.loads(done.stdout) if done.stdout.strip() else None
        return done.returncode, answer

    def ok(self, *words, **more):
        code, answer = self.call(*words, **more)
        if code != 0:
            raise SystemExit(f"{words}: exit {code}: {answer}")
        return answer

    def figure(self, name, period="2023"):
        return self.ok("figure", name, "--org", TOWN, "--period", period)


def check(what, got, wanted):
    global checks
    checks += 1
    if got != wanted:
        faults.append(f"{what}: {got!r}, not {wanted!r}")


def sound(town, what):
    code, answer = town.call("verify")
    check(f"verify after {what}", (code, answer and answer["faults"]), (0, []))


def run(*scenarios):
    for scenario in scenarios:
        with tempfile.TemporaryDirectory() as place:
            scenario(pathlib.Path(place))
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{checks - len(faults)} passed, {len(faults)} failed")
    sys.exit(1 if faults else 0)
