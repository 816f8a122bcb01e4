"""A report in parts, so that a fault can be put into one of them and its place is known."""

import copy
from dataclasses import dataclass, field


@dataclass
class Piece:
    """One sentence, with the parts of it that a fault may change."""
    text: str
    kind: str = ""                              # rate, sum, listed, frequency, count, …
    parts: dict = field(default_factory=dict)   # what stands in the text under which name
    terms: dict = field(default_factory=dict)   # the numbers behind the parts

    def put(self, name, new):
        """Writes one part anew; the first place it stands at."""
        old = self.parts[name]
        assert old in self.text, (old, self.text)
        self.text = self.text.replace(old, new, 1)
        self.parts[name] = new


@dataclass
class Line:
    role: str                 # issuer number title addressee lead h1 h2 h3 body closing signature date
    pieces: list
    label: str = ""           # （一）
    heading: str = ""         # the heading's words
    stop: str = ""            # 。 between a heading and the text after it in the same paragraph
    content: str = ""         # results duties shortcomings next_year, of the chapter it stands in
    chapter: int = -1

    def text(self):
        return self.label + self.heading + self.stop + "".join(p.text for p in self.pieces)


@dataclass
class Report:
    lines: list
    town: object

    def text(self):
        return "\n".join(line.text() for line in self.lines) + "\n"

    def copy(self):
        return copy.deepcopy(self)

    def find(self, *roles, content=None):
        return [line for line in self.lines
                if line.role in roles and (content is None or line.content == content)]

    def first(self, role):
        found = self.find(role)
        return found[0] if found else None

    def pieces(self, *kinds, content=None):
        """(line, piece) of all sentences of some kind; any kind when none is named."""
        return [(line, piece) for line in self.lines for piece in line.pieces
                if (not kinds or piece.kind in kinds) and (content is None or line.content == content)]

    def drop(self, lines):
        gone = {id(line) for line in lines}
        self.lines = [line for line in self.lines if id(line) not in gone]

    def line_of(self, line):
        """1-based place of a line."""
        return next(i for i, one in enumerate(self.lines, 1) if one is line)
