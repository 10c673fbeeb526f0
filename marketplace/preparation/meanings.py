"""What people have written of the columns of a version, for its bytes and for their counts."""

from __future__ import annotations

from desensitize.engines.codebook import Annotation, Explained
from desensitize.policy import Policy
from desensitize.tables.codes import NULL_MARKERS
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.catalog.version.selectors import columns_of

UNKNOWN = frozenset(NULL_MARKERS) | {"unknown", "not known", "not stated", "missing", "no answer"}
"""Meanings of a code that say that nothing is known."""


def explained_columns(version: DatasetVersion, policy: Policy | None = None) -> Explained:
    """Return what an officer has written of a version's columns.

    `policy` is the one that made the values, where they are only copied.
    """
    return Explained({column.name: _annotation(column) for column in columns_of(version)}, policy)


def missing_codes(column: Column) -> tuple[str, ...]:
    """Return the codes of a column whose meaning is that nothing is known."""
    return tuple(code for code, text in codes_of(column).items() if text.casefold() in UNKNOWN)


def codes_of(column: Column) -> dict[str, str]:
    """Return what the codes of a column mean, by its code list."""
    parts = (line.partition("=") for line in column.code_list.splitlines())
    return {code.strip(): text.strip() for code, sign, text in parts if sign}


def _annotation(column: Column) -> Annotation:
    return Annotation(
        column.label, column.unit, column.meaning, codes_of(column), missing_codes(column)
    )
