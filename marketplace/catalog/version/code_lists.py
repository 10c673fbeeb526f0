"""What the code list of a column says: the meaning of each code, and which mean nothing known."""

from desensitize.tables.codes import NULL_MARKERS
from marketplace.catalog.version.models import Column

UNKNOWN = frozenset(NULL_MARKERS) | {"unknown", "not known", "not stated", "missing", "no answer"}
"""Meanings of a code that say that nothing is known."""


def missing_codes(column: Column) -> tuple[str, ...]:
    """Return the codes of a column whose meaning is that nothing is known."""
    return tuple(code for code, text in codes_of(column).items() if text.casefold() in UNKNOWN)


def codes_of(column: Column) -> dict[str, str]:
    """Return what the codes of a column mean, by its code list."""
    parts = (line.partition("=") for line in column.code_list.splitlines())
    return {code.strip(): text.strip() for code, sign, text in parts if sign}
