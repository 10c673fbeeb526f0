"""Chinese resident identity numbers that lack so little that the rest tells it."""

from itertools import product

from desensitize.detectors.cn_id import PROVINCES, is_birth, is_resident_id
from desensitize.detectors.contract import Detector

MARKS = "*#?•●○×_"
MARK = r"[*#?•●○×_]"
SEPARATED = str.maketrans("", "", " ./-")
LENGTH, MOST_MARKED, MOST_CANDIDATES = 18, 2, 10
# From the first mark on digits and marks are mixed; a number without one has a digit less.
MARKED = "|".join(
    rf"[0-9]{{{before}}}{MARK}(?:[0-9]|{MARK}){{{LENGTH - 2 - before}}}(?:[0-9Xx]|{MARK})"
    for before in range(LENGTH - 1)
)
LAST_MARKED = rf"[1-8][0-9]{{16}}{MARK}"
SPACED = rf"[1-8][0-9]{{5}}[ ./-][0-9]{{8}}[ ./-](?:[0-9]|{MARK}){{3}}(?:[0-9Xx]|{MARK})?"
CUT = r"[0-9]{17}|[0-9]{16}[Xx]"
FORM = rf"{MARKED}|{LAST_MARKED}|{SPACED}|{CUT}"


def is_recoverable(value: str) -> bool:
    """Return whether what is left of an identity number leaves at most ten numbers that it can be.

    Of 18 digits the last follows from the others (ISO 7064, MOD 11-2), and so does any one that is
    hidden; of two that are hidden about nine pairs fit. A first digit that was cut off is one of
    eight, and the check digit says which.
    """
    number = value.translate(SEPARATED).upper()
    marked = [place for place, sign in enumerate(number) if sign in MARKS]
    if len(number) == LENGTH - 1 and not marked:
        return _is_cut(number)
    if len(number) != LENGTH or not 1 <= len(marked) <= MOST_MARKED:
        return False
    return 1 <= sum(map(is_resident_id, _filled(number, marked))) <= MOST_CANDIDATES


def _is_cut(number: str) -> bool:
    without_last = number.isdigit() and number[:2] in PROVINCES and is_birth(number[6:14])
    return without_last or any(is_resident_id(first + number) for first in "12345678")


def _filled(number: str, marked: list[int]) -> list[str]:
    last = len(number) - 1
    choices = ["0123456789X" if place == last else "0123456789" for place in marked]
    signs = list(number)
    filled = []
    for chosen in product(*choices):
        for place, sign in zip(marked, chosen, strict=True):
            signs[place] = sign
        filled.append("".join(signs))
    return filled


DETECTOR = Detector(
    kind="CN_ID_PARTIAL",
    role="direct",
    pattern=FORM,
    embedded=FORM,
    edges="0-9A-Za-z*#?•●○×",
    check=is_recoverable,
    strict=True,
)
