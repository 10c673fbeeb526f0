"""Invent cells: the same seed invents the same ones."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from faker import Faker

from benchmarks.labelled.numbers import mobile_number, resident_id

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂英子涵浩宇欣怡梓萱俊熙思远雨桐一诺"
PINYIN = ("wei", "fang", "na", "min", "jing", "li", "qiang", "lei", "jun", "yang", "xiu", "ying")
PINYIN_SURNAMES = ("Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu")
AREAS = ("010", "021", "020", "0755", "0571", "025", "028", "0531", "0371")
CITIES = (
    "广东省深圳市南山区",
    "浙江省杭州市西湖区",
    "北京市海淀区",
    "四川省成都市武侯区",
    "湖北省武汉市洪山区",
    "江苏省苏州市吴中区",
)
ROADS = ("人民路", "中山路", "解放大道", "科技园路", "建设街", "文化路", "长江路", "学府路")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


class Inventor:
    """Invent values; `row` is the number of the row that is being made."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.chinese, self.english = Faker("zh_CN"), Faker("en_US")
        self.chinese.seed_instance(seed)
        self.english.seed_instance(seed + 1)
        self.row = 0

    def one(self, *values: str) -> str:
        """Choose one of the values."""
        return self.random.choice(values)

    def digits(self, count: int) -> str:
        """Return so many digits."""
        return "".join(self.random.choices("0123456789", k=count))

    def number(self, first: int, last: int) -> int:
        """Return a whole number between two, both included."""
        return self.random.randint(first, last)

    def moment(self, first: int = 1990, last: int = 2025) -> datetime:
        """Return a moment between the starts of two years, without a zone."""
        start, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
        seconds = self.random.randrange(int((end - start).total_seconds()))
        return (start + timedelta(seconds=seconds)).replace(tzinfo=None)

    def name(self) -> str:
        """Return a Chinese name of two or three characters."""
        return self.one(*SURNAMES) + "".join(self.random.choices(GIVEN, k=self.number(1, 2)))

    def pinyin_name(self) -> str:
        """Return a name in pinyin, the surname first."""
        given = "".join(self.random.choices(PINYIN, k=self.number(1, 2)))
        return f"{self.one(*PINYIN_SURNAMES)} {given.title()}"

    def home(self) -> str:
        """Return an address down to the flat."""
        house = f"{self.number(1, 999)}号{self.number(1, 20)}栋{self.number(101, 2500)}室"
        return self.one(*CITIES) + self.one(*ROADS) + house

    def landline(self) -> str:
        """Return an area code and a number of seven or eight digits."""
        area = self.one(*AREAS)
        return f"{area}-{self.number(2, 8)}{self.digits(7 if len(area) == 3 else 6)}"

    def plate(self) -> str:
        """Return a number plate of five characters after the place's two."""
        tail = "".join(self.random.choices("ABCDEFGH0123456789", k=5))
        return self.one(*"京沪粤浙苏川鲁") + self.one(*"ABCDE") + tail

    def note(self) -> str:
        """Return what somebody writes about a person, or about nothing."""
        notes: tuple[Callable[[], str], ...] = (
            lambda: f"客户{self.name()}，电话{mobile_number(self.random)}，请尽快回电",
            lambda: f"身份证号 {resident_id(self.random)} 已核验",
            lambda: f"联系邮箱 {self.english.email()}，谢谢",
            lambda: f"患者{self.name()}，男，住{self.home()}，复查",
            self.chinese.sentence,
        )
        return self.random.choice(notes)()


def full_width(text: str) -> str:
    """Return the text in the full-width forms of East Asian typewriters."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def grouped(text: str, *lengths: int, by: str = " ") -> str:
    """Part a text into groups of the given lengths."""
    parts, start = [], 0
    for length in lengths:
        parts.append(text[start : start + length])
        start += length
    return by.join(part for part in (*parts, text[start:]) if part)
