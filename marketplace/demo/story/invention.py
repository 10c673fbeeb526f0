"""Identities that belong to nobody, in the forms that Chinese registers use.

Names and places are drawn from Faker's Chinese word lists by a seeded generator of our own: calling
Faker for each field would take minutes for a whole survey.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Final

from faker.providers.address.zh_CN import Provider as AddressWords
from faker.providers.person.zh_CN import Provider as PersonWords
from faker.providers.phone_number.zh_CN import Provider as PhoneWords
from faker.providers.ssn.zh_CN import Provider as RegionCodes

# The day on which everybody has the age that the survey gives.
SURVEYED_ON: Final = datetime.date(2025, 6, 30)

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS: Final = "10X98765432"
# A code that ends in 00 is a province or a prefecture, in which no number is issued.
_COUNTIES: Final = tuple(code for code in RegionCodes.area_codes if not code.endswith("00"))
_SURNAMES: Final = tuple(PersonWords.last_names)
_SURNAME_WEIGHTS: Final = tuple(accumulate(PersonWords.last_names.values()))
_GIVEN_NAMES: Final = {
    "Male": tuple(PersonWords.first_names_male),
    "Female": tuple(PersonWords.first_names_female),
}
# Prefix and length of debit cards as UnionPay banks issue them.
_CARD_KINDS: Final = (
    ("622202", 19),
    ("621700", 19),
    ("622848", 19),
    ("621661", 19),
    ("622588", 16),
)


@dataclass(frozen=True)
class Identity:
    """What a register knows of a person; nobody has these."""

    name: str
    id_number: str
    mobile: str
    home_address: str
    bank_card: str


class Inventor:
    """Draws identities from a seed; numbers and cards never come twice from one inventor."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._given_out: set[str] = set()

    def identity(self, *, age: int, sex: str) -> Identity:
        """Invent a person of that age in years on `SURVEYED_ON`; `sex` is Male or Female."""
        return Identity(
            name=self._name(sex),
            id_number=self._once(lambda: self._id_number(age, sex)),
            mobile=self._once(self._mobile),
            home_address=self._address(),
            bank_card=self._once(self._bank_card),
        )

    def _once(self, draw: Callable[[], str]) -> str:
        drawn = draw()
        while drawn in self._given_out:
            drawn = draw()
        self._given_out.add(drawn)
        return drawn

    def _pick(self, words: tuple[str, ...]) -> str:
        return words[int(self._random.random() * len(words))]

    def _digits(self, count: int) -> str:
        return f"{int(self._random.random() * 10**count):0{count}d}"

    def _name(self, sex: str) -> str:
        surname = self._random.choices(_SURNAMES, cum_weights=_SURNAME_WEIGHTS)[0]
        return surname + self._pick(_GIVEN_NAMES[sex])

    def _id_number(self, age: int, sex: str) -> str:
        oldest = _years_before(SURVEYED_ON, age + 1) + datetime.timedelta(days=1)
        youngest = _years_before(SURVEYED_ON, age)
        days = (youngest - oldest).days + 1
        born = oldest + datetime.timedelta(days=int(self._random.random() * days))
        # The 17th digit is odd for men and even for women.
        order = int(self._random.random() * 500) * 2 + (sex == "Male")
        body = f"{self._pick(_COUNTIES)}{born:%Y%m%d}{order:03d}"
        return body + check_character(body)

    def _mobile(self) -> str:
        prefixes = PhoneWords.phonenumber_prefixes
        return f"{prefixes[int(self._random.random() * len(prefixes))]}{self._digits(8)}"

    def _address(self) -> str:
        street = self._pick(_SURNAMES) + self._pick(AddressWords.street_suffixes)
        number = 1 + int(self._random.random() * 998)
        block = 1 + int(self._random.random() * 30)
        floor = 1 + int(self._random.random() * 18)
        door = 1 + int(self._random.random() * 4)
        return (
            f"{self._pick(AddressWords.provinces)}{self._pick(AddressWords.cities)}市"
            f"{self._pick(AddressWords.districts)}区{street}{number}号{block}幢{floor}{door:02d}室"
        )

    def _bank_card(self) -> str:
        prefix, length = _CARD_KINDS[int(self._random.random() * len(_CARD_KINDS))]
        body = prefix + self._digits(length - 1 - len(prefix))
        return body + luhn_digit(body)


def check_character(body: str) -> str:
    """Give the 18th character of a resident ID number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def luhn_digit(body: str) -> str:
    """Give the last digit of a card number (ISO/IEC 7812-1, Luhn)."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def _years_before(day: datetime.date, years: int) -> datetime.date:
    return day.replace(year=day.year - years)
