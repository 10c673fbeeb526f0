"""Identity cards of Hong Kong, Macau and Taiwan."""

from desensitize.detectors.contract import Detector

HONG_KONG = r"[A-Z]{1,2}[0-9]{6}\(?[0-9A]\)?"
MACAU = r"[157][0-9]{6}\([0-9]\)"
TAIWAN = r"[A-Z][1289][0-9]{8}"
# The letters of Taiwan's places of registration, in the order of their numbers from 10 on.
PLACES = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def is_identity_card(value: str) -> bool:
    """Return whether a text is a card number with its check digit; Macau's has none to compute."""
    number = value.upper().replace("(", "").replace(")", "")
    if value[0].isdigit():
        return True
    return _is_taiwan(number) if len(number) == 10 else _is_hong_kong(number)


def _is_taiwan(number: str) -> bool:
    place = 10 + PLACES.index(number[0])
    digits = [place // 10, place % 10, *map(int, number[1:])]
    weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
    return sum(map(int.__mul__, digits, weights)) % 10 == 0


def _is_hong_kong(number: str) -> bool:
    # A missing first letter counts as 36, letters from 10 on; the last weight is the check's own.
    values = [int(character, 36) for character in number]
    values = [36] * (9 - len(values)) + values
    return sum(map(int.__mul__, values, range(9, 0, -1))) % 11 == 0


DETECTOR = Detector(
    kind="HK_MO_TW_ID",
    role="direct",
    pattern=rf"(?i:{HONG_KONG}|{MACAU}|{TAIWAN})",
    check=is_identity_card,
    headers=(
        "香港身份证",
        "澳门身份证",
        "台湾身份证",
        "hkid",
        "hong kong id",
    ),
)
