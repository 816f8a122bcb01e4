"""One made-up year of a real town: rows by ledger, papers, people, days. Everything repeats from the town's code."""
import datetime
import hashlib
import json
import pathlib
import random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "平华军明芳霞强伟红英刚建国兰勇辉玲静斌波超敏峰林海燕鹏涛磊娟艳梅丽秀玉凤春秋冬云山川宁安康成东南西北文武学礼仁义德福贵荣昌盛兴旺"
# Public holidays of the two years, beside weekends: no office acts on them.
HOLIDAYS = {"2023": ["01-02", "01-23", "01-24", "01-25", "01-26", "01-27", "04-05", "05-01", "05-02", "05-03", "06-22", "06-23", "09-29",
                     "10-02", "10-03", "10-04", "10-05", "10-06"],
            "2024": ["01-01", "02-12", "02-13", "02-14", "02-15", "02-16", "04-04", "04-05", "05-01", "05-02", "05-03", "06-10", "09-16", "09-17",
                     "10-01", "10-02", "10-03", "10-04", "10-07"]}


class Town:
    def __init__(self, code, name, year, tree, departments, **letter):
        self.code, self.name, self.year = code, name, year
        self.rng = random.Random(f"{code}-{year}")
        self.rows = {}
        self.papers = {}
        self.letter = letter
        self.units = {label: f"{code}D{i:02d}" for i, label in enumerate(departments, 1)}
        nodes = [node for node in tree if node["code"].startswith(code) and len(node["code"]) == 12]
        self.villages = [node["code"] for node in nodes if node["kind"] == "village"]
        self.communities = [node["code"] for node in nodes if node["kind"] == "community"]
        self.names = {node["code"]: node["name"] for node in nodes}
        self.used_names = set()
        # Whoever stands in a single file: drawn apart, so that a file more changes nothing else in the town.
        self.extra = random.Random(f"{code}-{year}-files")

    # -- rows ------------------------------------------------------------------------------------------------------------
    def add(self, ledger, state=None, reason=None, parts=None, key=None, **fields):
        """Adds a row and gives its key. A field that is None is left out."""
        rows = self.rows.setdefault(ledger, [])
        key = key or f"{ledger}-{len(rows) + 1:03d}"
        row = {"@key": key}
        if state:
            row["@state"] = state
        row.update({name.rstrip("_"): value for name, value in fields.items() if value is not None})
        if parts:
            row["@parts"] = parts
        if reason:
            row["@reason"] = reason
        row["@synthetic"] = True
        rows.append(row)
        return key

    # -- days ------------------------------------------------------------------------------------------------------------
    def on(self, month, day):
        """A day of the year as text; moved on to the next working day."""
        return self.workday(datetime.date(self.year, month, day)).isoformat()

    def workday(self, day):
        while day.weekday() > 4 or day.strftime("%m-%d") in HOLIDAYS.get(str(day.year), []):
            day += datetime.timedelta(days=1)
        return day

    def after(self, day, workdays):
        day = datetime.date.fromisoformat(day)
        for _ in range(workdays):
            day = self.workday(day + datetime.timedelta(days=1))
        return day.isoformat()

    def later(self, day, days):
        return self.workday(datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()

    def spread(self, n, first=(1, 4), last=(12, 26), workdays=True):
        """n days over the stretch in their order, with some noise; several may fall on one day."""
        start = datetime.date(self.year, *first)
        length = (datetime.date(self.year, *last) - start).days
        days = []
        for i in range(n):
            at = int((i + 0.15 + 0.7 * self.rng.random()) * (length + 1) / n)
            day = start + datetime.timedelta(days=min(at, length))
            days.append(self.workday(day) if workdays else day)
        return [min(day, datetime.date(self.year, 12, 29)).isoformat() for day in sorted(days)]

    # -- people, papers, places --------------------------------------------------------------------------------------------
    def person(self):
        """A masked name as in published judgments: 王某平. Nobody is meant."""
        while True:
            name = self.rng.choice(SURNAMES) + "某" + self.rng.choice(GIVEN)
            if name not in self.used_names:
                self.used_names.add(name)
                return name

    def someone(self):
        """A masked name of a party or petitioner."""
        while True:
            name = self.extra.choice(SURNAMES) + "某" + self.extra.choice(GIVEN)
            if name not in self.used_names:
                return name

    def post(self, title, unit=None, main=None, lawyer=None, since="2021-06-01"):
        return self.add("post", name=self.person(), title=title, main=main, lawyer=lawyer, unit=self.units.get(unit), **{"from": since})

    def paper(self, title, text=""):
        """A small text file; gives its digest, which is how a file field names it."""
        content = f"{title}\n\n{self.name}（示例文本，人物、事项和数字均为虚构）\n\n{text}\n".replace("\n\n\n", "\n")
        digest = hashlib.sha256(content.encode()).hexdigest()
        assert self.papers.get(title, (content, digest)) == (content, digest), f"two papers are called {title}"
        self.papers[title] = (content, digest)
        return digest

    def share(self, total, n, least=1, step=1):
        """n whole numbers ≥ least, in steps, that add up to total."""
        parts = [least] * n
        rest = total - least * n
        while rest > 0:
            give = min(step, rest)
            parts[self.rng.randrange(n)] += give
            rest -= give
        assert sum(parts) == total
        return parts

    def pick(self, *choices):
        return self.rng.choice(choices)

    def some_villages(self, n):
        return sorted(self.rng.sample(self.villages, n))

    # -- out -----------------------------------------------------------------------------------------------------------------
    def write(self, folder):
        folder = pathlib.Path(folder) / self.code
        (folder / "files").mkdir(parents=True, exist_ok=True)
        for ledger, rows in sorted(self.rows.items()):
            lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
            (folder / f"{ledger}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for content, digest in sorted(self.papers.values()):
            (folder / "files" / f"{digest[:12]}.txt").write_text(content, encoding="utf-8")
        head = {"code": self.code, "name": self.name, "year": self.year, "synthetic": "true", **self.letter}
        (folder / "town.yaml").write_text(
            "# 示例：机构和区划为真，人物、事项、记录均为虚构。Synthetic: real offices, invented people and records.\n" +
            "".join(f'{name}: "{value}"\n' for name, value in head.items()), encoding="utf-8")
