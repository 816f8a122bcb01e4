"""How a fault is declared: its name, the rules that may find it, and how it is put in."""

from dataclasses import dataclass, field


@dataclass
class Fault:
    name: str              # of this kind of fault: several may belong to one rule
    rules: tuple           # finding any of them is finding the fault
    make: object           # (report, rng) -> Put, or None where the report offers no place
    also: tuple = ()       # what may truly be said besides, of the same mutation
    drafted: bool = True   # may be put into the reports that Yifa drafts too

    @property
    def group(self):
        return self.rules[0].split(".")[0]


@dataclass
class Put:
    line: object = None    # the Line it stands in; None when it is about the whole report
    near: list = field(default_factory=list)  # further lines where it may be told


FAULTS = []


def fault(name, *rules, also=(), drafted=True):
    """Registers a kind of fault. The first rule is the one the table names."""
    def register(make):
        FAULTS.append(Fault(name, rules, make, also, drafted))
        return make
    return register


def pick(rng, things):
    things = list(things)
    return rng.choice(things) if things else None
