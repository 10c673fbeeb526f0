"""Tell the columns of a table from those of the version before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from desensitize.tables import ColumnInfo
from marketplace.catalog.version.fitting import File, renamed_columns, unread_rows
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.catalog.version.structure import TYPE_OF_VALUES, kind_of
from marketplace.core import Refusal
from marketplace.vault.services import open_stored

MOST_NAMED = 10


@dataclass(frozen=True)
class Values:
    """What the values say of columns that differ, in names and row numbers alone.

    `renamed` has by the name of a new column that of the missing one that it goes on with,
    `unread` by the name of a column of another type the first rows that show why.
    """

    renamed: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def told(self) -> list[str]:
        """Return it in sentences without their full stops."""
        renamed = [
            _("“%(new)s” seems to be “%(former)s” under another name: type and values fit")
            % {"new": new, "former": former}
            for new, former in list(self.renamed.items())[:MOST_NAMED]
        ]
        unread = [
            _("“%(name)s” does not read as before in rows %(rows)s under the header")
            % {"name": name, "rows": ", ".join(map(str, rows))}
            for name, rows in list(self.unread.items())[:MOST_NAMED]
            if rows
        ]
        return [*renamed, *unread]

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Values:
        return cls(kept.get("renamed", {}), kept.get("unread", {}))

    def as_dict(self) -> dict[str, Any]:
        return {
            "renamed": dict(self.renamed),
            "unread": {name: list(rows) for name, rows in self.unread.items()},
        }


@dataclass(frozen=True)
class Difference:
    """Columns that are new, that are missing, and whose values are of another kind."""

    new: tuple[str, ...]
    missing: tuple[str, ...]
    other_kind: tuple[str, ...]
    values: Values = Values()

    def __bool__(self) -> bool:
        return bool(self.new or self.missing or self.other_kind)

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.new, *self.missing, *self.other_kind)

    def sentence(self) -> str:
        renamed = self.values.renamed
        parts = (
            (_("new are %(names)s"), [name for name in self.new if name not in renamed]),
            (_("missing are %(names)s"), [n for n in self.missing if n not in renamed.values()]),
            (_("of another type are %(names)s"), self.other_kind),
        )
        told = [text % {"names": _listed(names)} for text, names in parts if names]
        return "; ".join([*told, *self.values.told])


def difference(
    before: DatasetVersion,
    columns: Iterable[ColumnInfo | Column],
    values: Mapping[str, Any] | None = None,
) -> Difference:
    """Return how the columns of a table differ from those of a version, whatever their order.

    `values` is what was kept of a `compared` table (`Values.as_dict`).
    """
    known = {column.name: kind_of(column.dtype) for column in columns_of(before)}
    found = {column.name: kind_of(column.dtype) for column in columns}
    kept = Values.of(values or {})
    new = tuple(name for name in found if name not in known)
    missing = tuple(name for name in known if name not in found)
    other = tuple(name for name in found if name in known and known[name] != found[name])
    # What was kept may be of an older version.
    renamed = {n: old for n, old in kept.renamed.items() if n in new and old in missing}
    unread = {name: rows for name, rows in kept.unread.items() if name in other}
    return Difference(new, missing, other, Values(renamed, unread))


def compared(before: DatasetVersion, columns: Sequence[ColumnInfo], table: File) -> Difference:
    """Return how a table differs from a version, with what its values say of the columns.

    They are read where the columns differ. Where the bytes of the version are gone, no column is
    told to be renamed.
    """
    found = difference(before, columns)
    if not found:
        return found
    types = dict(columns_of(before).values_list("name", "dtype"))
    unread = {
        name: unread_rows(table, name, TYPE_OF_VALUES[types[name]])
        for name in found.other_kind
        if types[name] in TYPE_OF_VALUES
    }
    try:
        with open_stored(before.file) as stored:
            renamed = renamed_columns(stored, table, missing=found.missing, new=found.new)
    except Refusal:
        renamed = {}
    return replace(found, values=Values(renamed, unread))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    return shown + (" …" if len(names) > MOST_NAMED else "")
