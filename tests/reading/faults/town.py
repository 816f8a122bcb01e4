"""Invented towns and the numbers of their year, consistent among themselves."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NAMES = ["青石", "云溪", "白杨", "石桥铺", "柳林", "清水河", "龙泉湾", "凤栖", "双槐", "梧桐", "银杏",
         "槐荫", "松坪", "望江", "碧潭", "桃源坪", "鹿鸣", "芦花", "枣园", "沙棘", "杏花", "金沙坝",
         "麦积湾", "竹溪", "荷塘", "枫林", "紫云", "长滩", "月亮湾", "大榕", "茶山", "盐井",
         "黑石", "映山", "谷雨", "红崖"]
COUNTIES = ["临江", "安澜", "宁川", "平溪", "怀远岭", "永泽", "丰源", "宜和", "泰岭", "嘉林"]
MEETING = {2022: "党的二十大精神", 2023: "党的二十大和二十届二中全会精神",
           2024: "党的二十大和二十届二中、三中全会精神",
           2025: "党的二十大和二十届历次全会精神"}


def percent(part, whole, places=1):
    """As reports write it: rounded half up, 100% without decimals."""
    if part == whole:
        return "100%"
    step = Decimal(1).scaleb(-places)
    value = (Decimal(part) * 100 / Decimal(whole)).quantize(step, ROUND_HALF_UP)
    return f"{value.normalize():f}%" if places else f"{value}%"


def split(rng, total, parts, least=1):
    """Parts that sum up to the total, in falling order."""
    rest = total - least * parts
    assert rest >= 0
    cuts = sorted(rng.randint(0, rest) for _ in range(parts - 1))
    sizes = [b - a + least for a, b in zip([0] + cuts, cuts + [rest])]
    return sorted(sizes, reverse=True)


@dataclass
class Town:
    name: str
    kind: str      # 镇 乡 街道
    county: str
    county_kind: str
    year: int
    villages: int
    rng: object

    @property
    def place(self):
        return self.name + self.kind

    @property
    def neighbour(self):
        return self.rng.choice([n for n in NAMES if n != self.name]) + "镇"

    @property
    def own(self):
        return "我" + self.kind

    @property
    def whole(self):
        return "全" + self.kind

    @property
    def street(self):
        return self.kind == "街道"

    @property
    def government(self):
        return self.place + ("办事处" if self.street else "人民政府")

    @property
    def party(self):
        return "街道党工委" if self.street else self.kind + "党委"

    @property
    def office(self):
        return "街道办事处" if self.street else self.kind + "政府"

    @property
    def units(self):
        return "个社区" if self.street else "个村（社区）"

    @property
    def unit(self):
        return "社区" if self.street else "村（社区）"

    @property
    def meeting(self):
        return MEETING[self.year]

    @property
    def covenant(self):
        return "居民公约" if self.street else "村规民约"

    @property
    def head(self):
        return "街道办事处主任" if self.street else self.kind + "长"


def any_town(rng, year=None):
    kind = rng.choice(["镇", "镇", "镇", "乡", "街道"])
    return Town(rng.choice(NAMES), kind, rng.choice(COUNTIES),
                "区" if kind == "街道" else rng.choice(["县", "县", "市"]),
                year or rng.choice([2022, 2023, 2024, 2025]), rng.randint(9, 32), rng)
