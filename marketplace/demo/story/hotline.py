"""Messages to a hotline that nobody sent, with the personal data in them and what each is about.

The table holds what a hotline keeps. Which matter a message is of, and where in its text something
personal stands, is known apart from the table: annotators are simulated and masks are measured by
that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Final

import polars as pl
from faker.providers.person.zh_CN import Provider as PersonWords

from marketplace.demo.story import hotline_words as words
from marketplace.demo.story.invention import Identity, Inventor

SEED: Final = 20250702
MESSAGES: Final = 3_000
HOTLINE_COLUMNS: Final = ("message_id", "received", "district", "caller", "phone", "message")
TOPICS: Final = tuple(words.TOPICS)
"""The matters that a message can be of, as a scheme of labels names them."""

_SHARES: Final = (19, 12, 17, 14, 9, 8, 13, 8)
_VAGUE_SHARE, _ASIDE_SHARE = 0.14, 0.10
_OF_TWO: Final = frozenset(one for one in PersonWords.last_names if len(one) == 2)
_GAP: Final = re.compile(r"\{(\w+)\}")
_FIRST: Final = datetime(2025, 1, 1, 7, tzinfo=UTC)
_WHOLE: Final = {
    "name": "name_plain",
    "name_bare": "name_plain",
    "name_cued": "name_cued",
    "surname_cued": "name_cued",
    "name_titled": "name_titled",
    "mobile_spaced": "mobile",
    "estate": "address",
}
"""The kind of what fills a gap, where it is not called as the gap."""


@dataclass(frozen=True)
class PersonalSpan:
    """Say that `text[start:end]` of a message is personal, and of what kind.

    Kinds are name_cued (behind a word such as “我叫”), name_titled (before a title), name_plain
    (neither), mobile, landline, id_number, bank_card, plate, address, wechat, qq, email, company.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Message:
    """A message as the hotline keeps it, with what only its inventor knows: topic and spans."""

    message_id: str
    received: datetime
    district: str
    caller: str
    phone: str
    text: str
    topic: str
    spans: tuple[PersonalSpan, ...]

    def row(self) -> tuple[str, ...]:
        """Return the cells of the table, in the order of `HOTLINE_COLUMNS`."""
        received = f"{self.received:%Y-%m-%d %H:%M}"
        return (self.message_id, received, self.district, self.caller, self.phone, self.text)


def hotline_messages(count: int = MESSAGES, *, seed: int = SEED) -> list[Message]:
    """Invent messages; the same seed gives the same ones, and fewer are the beginning of more."""
    random, inventor = Random(seed), Inventor(seed)
    topics, shares = list(words.TOPICS), list(accumulate(_SHARES))
    districts, weights = list(words.DISTRICTS), list(accumulate(words.DISTRICTS.values()))
    received, told = _FIRST, set[str]()
    made: list[Message] = []
    while len(made) < count:
        received += timedelta(minutes=1 + int(random.expovariate(1 / 48)))
        topic = random.choices(topics, cum_weights=shares)[0]
        caller = _somebody(random, inventor)
        district = random.choices(districts, cum_weights=weights)[0]
        writer = _Writer(random, inventor, caller, district)
        _write(writer, random, topic)
        if writer.text in told:
            continue
        told.add(writer.text)
        made.append(
            Message(
                f"HX{received:%Y%m}{100_001 + len(made)}",
                received,
                district,
                caller.name,
                caller.mobile,
                writer.text,
                topic,
                tuple(writer.spans),
            )
        )
    return made


def write_hotline(target: Path, messages: Sequence[Message]) -> None:
    """Write the table of messages as UTF-8 CSV with a header, without topics and spans."""
    rows = [message.row() for message in messages]
    pl.DataFrame(rows, schema=list(HOTLINE_COLUMNS), orient="row").write_csv(target)


def _somebody(random: Random, inventor: Inventor) -> Identity:
    age = min(88, 19 + int(random.gammavariate(3.0, 9)))
    return inventor.identity(age=age, sex=random.choice(("Male", "Female")))


def _write(writer: _Writer, random: Random, topic: str) -> None:
    """Write a message: who calls and from where, the matter, others named, how to be reached."""
    writer.write(random.choice(words.GREETINGS))
    if random.random() < 0.55:
        writer.write(random.choice(words.INTRODUCED))
    if random.random() < 0.6:
        writer.write(random.choice(words.LIVING))
    writer.write(f"{_matter(random, topic)}。")
    if random.random() < 0.35:
        writer.write(random.choice(words.ABOUT_OTHERS))
    if random.random() < _ASIDE_SHARE:
        other = random.choice([one for one in words.TOPICS if one != topic])
        writer.write(f"另外，{random.choice(words.TOPICS[other])}。")
    writer.write("{tried}，{ask}。")
    if random.random() < 0.6:
        writer.write(random.choice(words.REACHED))


def _matter(random: Random, topic: str) -> str:
    vague = [one for pair, said in words.VAGUE.items() if topic in pair for one in said]
    if vague and random.random() < _VAGUE_SHARE:
        return random.choice(vague)
    return random.choice(words.TOPICS[topic])


class _Writer:
    """Writes one message and remembers where something personal stands."""

    def __init__(self, random: Random, inventor: Inventor, caller: Identity, district: str) -> None:
        self._random, self._inventor = random, inventor
        self._caller, self._district = caller, district
        self.text = ""
        self.spans: list[PersonalSpan] = []

    def write(self, sentence: str) -> None:
        """Write a sentence, its gaps filled; what fills one may have gaps of its own."""
        place = 0
        for gap in _GAP.finditer(sentence):
            self._say(sentence[place : gap.start()])
            self._fill(gap.group(1))
            place = gap.end()
        self._say(sentence[place:])

    def _say(self, words_between: str) -> None:
        # A gap that was filled with nothing leaves no comma behind.
        ended = not self.text or self.text.endswith(("，", "。", "："))
        self.text += words_between.lstrip("，") if ended else words_between

    def _fill(self, gap: str) -> None:
        if gap in words.FILLINGS:
            self.text += self._random.choice(words.FILLINGS[gap])
            return
        if gap == "plain_left":
            self.text += self._random.choice(words.LEFT_OF_PLAIN)
            return
        filled, title = self._personal(gap)
        start = len(self.text)
        self.spans.append(PersonalSpan(start, start + len(filled), _WHOLE.get(gap, gap)))
        self.text += filled + title

    def _personal(self, gap: str) -> tuple[str, str]:
        """Return something personal for a gap, and the title behind it."""
        draw = self._random
        if gap == "name_titled":
            name = _somebody(draw, self._inventor).name
            title = draw.choice(("先生", "女士", "经理", "师傅", "老师", "主任"))
            return (name if draw.random() < 0.4 else _surname(name)), title
        if gap in ("name", "name_cued", "name_bare", "surname_cued"):
            own = gap != "name" and draw.random() < 0.7
            name = self._caller.name if own else _somebody(draw, self._inventor).name
            return (_surname(name) if gap == "surname_cued" else name), ""
        made = {
            "mobile": lambda: self._caller.mobile,
            "mobile_spaced": lambda: _spaced(self._caller.mobile, draw.choice(" -")),
            "landline": lambda: f"0{draw.randint(510, 599)}-{draw.randint(2_000_000, 8_999_999)}",
            "id_number": lambda: self._caller.id_number,
            "bank_card": lambda: self._caller.bank_card,
            "plate": lambda: _plate(draw),
            "address": lambda: self._address(),
            "estate": lambda: f"{draw.choice(words.ESTATES)}{draw.randint(1, 38)}号楼",
            "wechat": lambda: _handle(draw, draw.choice(("wx", "li", "abc", "hello_", "zh-"))),
            "qq": lambda: str(draw.randint(10_000_000, 3_999_999_999)),
            "email": lambda: f"{_handle(draw, 'm')}@example.{draw.choice(('com', 'cn', 'net'))}",
            "company": lambda: _company(draw),
        }
        return made[gap](), ""

    def _address(self) -> str:
        draw = self._random
        estate, street = draw.choice(words.ESTATES), draw.choice(words.STREETS)
        house, unit = draw.randint(1, 399), draw.randint(1, 4)
        door = draw.randint(1, 24) * 100 + draw.randint(1, 4)
        return draw.choice(
            (
                f"{self._district}{street}{house}号{unit}单元{door}室",
                f"江州市{self._district}{street}{house}号",
                f"{street}{house}号{estate}{unit}栋{door}",
                f"{estate}{draw.randint(1, 38)}栋{unit}单元{door}",
                f"{estate}{draw.randint(1, 38)}号楼{door}室",
                f"{street}{house}弄{draw.randint(1, 60)}号{door}室",
            )
        )


def _surname(name: str) -> str:
    return name[:2] if len(name) > 2 and name[:2] in _OF_TWO else name[:1]


def _company(draw: Random) -> str:
    town = draw.choice(("江州市", "江州", ""))
    return f"{town}{draw.choice(words.FIRMS)}{draw.choice(words.TRADES)}"


def _spaced(number: str, sign: str) -> str:
    return sign.join((number[:3], number[3:7], number[7:]))


def _plate(draw: Random) -> str:
    signs = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    body = "".join(draw.choice("0123456789") for _ in range(4))
    green = draw.random() < 0.3
    letter = draw.choice(signs[:8])
    return (
        f"苏{letter}{'D' + body + str(draw.randint(0, 9)) if green else body + draw.choice(signs)}"
    )


def _handle(draw: Random, head: str) -> str:
    return f"{head}{draw.choice(('lin', 'wang', 'sun', 'yu'))}{draw.randint(100, 9_999)}"
