"""Check the names of columns."""

import re
import unicodedata
from collections.abc import Sequence

from desensitize.errors import TableError
from desensitize.tables.limits import Limits

MAX_NAME_CHARACTERS = 200
BREAKS = re.compile(r"[ \t]*[\t\r\n\v\f\x85\u2028\u2029]\s*")
# Marks that programs leave at the ends of a name: of byte order, and blanks of no width.
SPACELESS = "\ufeff\u200b\u2060"
# Controls, formats (such as turns of the writing direction), surrogates and unassigned characters.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn"})
# Persian and emoji need these two inside a name.
JOINERS = "\u200c\u200d"


def checked_names(names: Sequence[str], limits: Limits) -> tuple[str, ...]:
    """Return the names without blanks around them; line breaks inside become one blank.

    Names count as the same when they differ only in capitals, blanks or the width of letters.

    Raises:
        TableError: `too-many-columns`, `unnamed-column`, `column-name-too-long`,
            `invisible-in-name` or `duplicate-column`.
    """
    if len(names) > limits.max_columns:
        raise TableError("too-many-columns", columns=len(names), limit=limits.max_columns)
    checked: list[str] = []
    seen: set[str] = set()
    for position, given in enumerate(names, start=1):
        name = BREAKS.sub(" ", given.strip().strip(SPACELESS)).strip()
        if not name:
            raise TableError("unnamed-column", position=position)
        if len(name) > MAX_NAME_CHARACTERS:
            raise TableError("column-name-too-long", position=position, limit=MAX_NAME_CHARACTERS)
        if any(unicodedata.category(one) in INVISIBLE and one not in JOINERS for one in name):
            raise TableError("invisible-in-name", position=position)
        plain = plain_name(name)
        if plain in seen:
            raise TableError("duplicate-column", column=name)
        seen.add(plain)
        checked.append(name)
    return tuple(checked)


def plain_name(name: str) -> str:
    """Return what two names have in common that count as the same."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
