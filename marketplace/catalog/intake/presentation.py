"""What pages tell of a file that came, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.errors import TableError
from desensitize.tables import SeenRow, Survey
from desensitize.tables.reading import (
    CHANGED,
    EMPTY,
    HEADER,
    LONG,
    NOTE,
    OUT,
    SHORT,
    TITLE,
    TOTAL,
    TWICE,
    UNNAMED,
)
from marketplace.catalog.dataset.choices import ColumnType
from marketplace.catalog.version.adapters import refusal_of

KINDS_OF_ROWS: Mapping[str, Promise] = {
    TITLE: gettext_lazy("above the header: left out"),
    HEADER: gettext_lazy("header"),
    TOTAL: gettext_lazy("total"),
    NOTE: gettext_lazy("remark below the table"),
    SHORT: gettext_lazy("too few fields"),
    LONG: gettext_lazy("too many fields"),
    OUT: gettext_lazy("not read"),
}
ODDITIES: Mapping[str, Promise] = {
    UNNAMED: gettext_lazy("has no name in the file"),
    TWICE: gettext_lazy("the name stands twice in the file"),
    EMPTY: gettext_lazy("holds nothing"),
    CHANGED: gettext_lazy("the name held characters that nobody sees"),
}
CELLS_TOLD = 6


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview: its number in the file, what it is taken for, its cells."""

    number: int
    kind: str
    words: str
    cells: tuple[str, ...]


def row_words(row: SeenRow) -> str:
    """Return a row in one line, as it is offered to be left out."""
    filled = [cell for cell in row.cells if cell.strip()][:CELLS_TOLD]
    return _("Row %(number)d, %(kind)s: %(cells)s") % {
        "number": row.number,
        "kind": KINDS_OF_ROWS[row.kind],
        "cells": " | ".join(filled),
    }


def preview_of(seen: Survey) -> tuple[list[ShownRow], list[ShownRow]]:
    """Return the first and the last rows of a file, each as wide as the widest."""
    return _shown(seen.head, seen), _shown(seen.tail, seen)


def ragged_rows(seen: Survey) -> list[ShownRow]:
    """Return the rows with more or fewer fields than the header, as many as are told."""
    return _shown(tuple(row for row in seen.odd if row.kind in (SHORT, LONG)), seen)


def _shown(rows: tuple[SeenRow, ...], seen: Survey) -> list[ShownRow]:
    width = max((len(row.cells) for row in (*seen.head, *seen.tail, *seen.odd)), default=0)
    return [
        ShownRow(
            row.number,
            row.kind,
            str(KINDS_OF_ROWS.get(row.kind, "")),
            (*row.cells, *[""] * (width - len(row.cells))),
        )
        for row in rows
    ]


def refusal_words(seen: Survey) -> str:
    """Return why a reading makes no table of a file, "" where it does."""
    if not seen.refusal:
        return ""
    return refusal_of(TableError(seen.refusal, **seen.figures)).sentence


def type_words(dtype: str) -> str:
    return str(dict(ColumnType.choices).get(dtype, ""))
