"""Payment references that find a mistyped character: structured creditor references, ISO 11649.

`RF`, two check digits by ISO 7064 MOD 97-10, and up to 21 letters and digits of our own.
"""

from __future__ import annotations

import re
import secrets

from stdnum import iso11649
from stdnum.iso7064 import mod_97_10

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are read for others."""
LENGTH = 12
FOUND = re.compile(r"\bRF\s?\d{2}(?:\s?[0-9A-Z]{1,4}){1,6}\b", re.IGNORECASE)


def new_reference() -> str:
    """Draw a reference of 60 random bits, with its check digits in front."""
    body = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return f"RF{mod_97_10.calc_check_digits(f'{body}RF')}{body}"


def reference_in(text: str) -> str:
    """Answer the first reference with right check digits in what a payer wrote, or ""."""
    for found in FOUND.finditer(text[:500]):
        written = found.group().upper().split()
        # What follows the reference may look like more of it: the longest that checks is it.
        for count in range(len(written), 0, -1):
            candidate = "".join(written[:count])
            if iso11649.is_valid(candidate):
                return candidate
    return ""


def in_groups(reference: str) -> str:
    """Write a reference in groups of four, to be read and typed."""
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))
