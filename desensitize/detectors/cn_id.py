"""Chinese resident identity numbers (GB 11643-1999)."""

import re
from datetime import date

from desensitize.detectors.contract import Detector

SEPARATORS = re.compile("[ ,._/-]")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
PROVINCES = frozenset(
    str(10 * region + province)
    for region, provinces in {
        1: range(1, 6),
        2: range(1, 4),
        3: range(1, 8),
        4: range(1, 7),
        5: range(5),
        6: range(1, 6),
        7: range(1, 2),
        8: range(1, 4),
    }.items()
    for province in provinces
)


def check_character(first_17: str) -> str:
    """Compute the check character of 17 digits (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def is_resident_id(value: str) -> bool:
    """Return whether 18 or 15 characters are a resident identity number: province, date, check.

    Dates run from 1800 on, since the standard's own example is of 1880.
    """
    number = SEPARATORS.sub("", value).upper()
    if number[:2] not in PROVINCES:
        return False
    if len(number) == 15 and number.isdigit() and number.isascii():
        return is_birth("19" + number[6:12])
    if len(number) != 18 or not (number[:17].isdigit() and number.isascii()):
        return False
    return is_birth(number[6:14]) and check_character(number[:17]) == number[17]


def is_birth(digits: str) -> bool:
    """Return whether eight digits are a day from 1800 on."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return born.year >= 1800


LONG = r"[1-8][0-9](?:[ ._/-]?[0-9]){15}[ ._/-]?[0-9Xx]"
# A number of 18 digits among letters or more digits.
GLUED = r"[A-Za-z]{0,8}[0-9]{17,40}[0-9Xx](?:[A-Za-z][0-9A-Za-z]{0,3})?"
SHORT = r"[1-8][0-9](?:[ ._/-]?[0-9]){13}"
# A province, a day of the last two centuries, three digits and any check character.
LIKENESS = (
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[0-9]{4}[ ._/-]?(?:18|19|20)[0-9]{2}"
    r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[ ._/-]?[0-9]{3}[0-9Xx]"
)

DETECTOR = Detector(
    kind="CN_ID",
    role="direct",
    pattern=rf"{LONG}|{SHORT}",
    embedded=LONG,
    glued=GLUED,
    runs_on=True,
    likeness=LIKENESS,
    form_tells=True,
    check=is_resident_id,
    strict=True,
    headers=(
        "身份证",
        "身份证号",
        "身份证号码",
        "证件号",
        "证件号码",
        "公民身份号码",
        "id number",
        "id card",
        "idcard",
        "identity",
        "resident id",
        "national id",
        "id no",
        "shenfenzheng",
        "shenfenzhenghao",
        "sfz",
        "zjh",
        "zjhm",
        "sfzh",
        "zhengjianhao",
    ),
)
