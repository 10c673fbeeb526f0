"""Telephone numbers of the whole world, written so that they show as such."""

import phonenumbers

from desensitize.detectors.contract import Detector

NORTH_AMERICA = (
    r"(?:(?:\+?1|001)[-. ]?)?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[-. ])[0-9]{3}[-. ][0-9]{4}"
    r"(?: ?(?:x|ext\.?) ?[0-9]{1,6})?"
)
WORLD = r"\+[1-9][0-9]{0,2}[-. (]{0,2}[0-9][0-9 ().-]{5,18}[0-9]"


def is_telephone_number(value: str) -> bool:
    """Return whether a number in international form has a possible length for its country."""
    if not value.startswith("+"):
        return True
    try:
        number = phonenumbers.parse(value.split("x")[0].split("ext")[0], None)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_possible_number(number))


DETECTOR = Detector(
    kind="PHONE",
    role="direct",
    pattern=rf"(?:{NORTH_AMERICA}|{WORLD})",
    embedded=rf"(?:{WORLD}|{NORTH_AMERICA})",
    check=is_telephone_number,
    certainty=0.85,
)
