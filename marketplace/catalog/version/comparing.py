"""Tell the columns of a table from those of the version before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from desensitize.tables import ColumnInfo
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.catalog.version.structure import kind_of

MOST_NAMED = 10


@dataclass(frozen=True)
class Difference:
    """Columns that are new, that are missing, and whose values are of another kind."""

    new: tuple[str, ...]
    missing: tuple[str, ...]
    other_kind: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.missing or self.other_kind)

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.new, *self.missing, *self.other_kind)

    def sentence(self) -> str:
        parts = (
            (_("new are %(names)s"), self.new),
            (_("missing are %(names)s"), self.missing),
            (_("of another type are %(names)s"), self.other_kind),
        )
        return "; ".join(text % {"names": _listed(names)} for text, names in parts if names)


def difference(before: DatasetVersion, columns: Iterable[ColumnInfo | Column]) -> Difference:
    """Return how the columns of a table differ from those of a version, whatever their order."""
    known = {column.name: kind_of(column.dtype) for column in columns_of(before)}
    found = {column.name: kind_of(column.dtype) for column in columns}
    return Difference(
        new=tuple(name for name in found if name not in known),
        missing=tuple(name for name in known if name not in found),
        other_kind=tuple(name for name in found if name in known and known[name] != found[name]),
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    return shown + (" …" if len(names) > MOST_NAMED else "")
