"""Payment references that find a mistyped digit: structured creditor references, ISO 11649.

`RF`, two check digits by ISO 7064 MOD 97-10, and 16 digits of our own. Between digits alone the
check finds every single mistake, which it would not between digits and letters.
"""

import re
import secrets
from uuid import UUID

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

DIGITS = 16
FOUND = re.compile(rf"RF(?:\s?[0-9]){{{DIGITS + 2}}}(?!\s?[0-9])", re.IGNORECASE)
LONGEST_TEXT = 1000


def new_reference() -> str:
    """Draw a reference at random, with its check digits in front."""
    return _checked("".join(secrets.choice("0123456789") for _place in range(DIGITS)))


def reference_of(key: UUID) -> str:
    """Return the reference of a thing of ours that money goes out for, the same each time."""
    return _checked(f"{key.int % 10**DIGITS:0{DIGITS}}")


def reference_in(text: str) -> str:
    """Return the first reference with right check digits in what a payer wrote, or ""."""
    for found in FOUND.finditer(text[:LONGEST_TEXT]):
        reference = "".join(found.group().upper().split())
        if iso11649.is_valid(reference):
            return reference
    return ""


def in_groups(reference: str) -> str:
    """Write a reference in groups of four, to be read and typed."""
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))


def _checked(body: str) -> str:
    return f"RF{mod_97_10.calc_check_digits(f'{body}RF')}{body}"
