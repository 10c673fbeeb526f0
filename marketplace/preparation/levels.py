"""A hierarchy as a page shows it: how many labels each level has, and what lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desensitize.privacy import Hierarchy
from marketplace.catalog.models import DatasetVersion
from marketplace.preparation.models import ColumnFinding, ColumnHierarchy
from marketplace.preparation.selectors import earlier_hierarchy, hierarchy_of
from marketplace.preparation.source import ColumnValues, column_values

EXAMPLES = 6
MOST_ROWS_TO_EDIT = 2_000


@dataclass(frozen=True)
class Level:
    """A level: its number from 0 on, how many different labels it has, and some of them."""

    number: int
    labels: int
    examples: tuple[str, ...]
    has_more: bool


@dataclass(frozen=True)
class HierarchyInUse:
    """The hierarchy of a column: the one that was set, else the one made from its values.

    `earlier` is that of an earlier version where this one has none of its own; `shows_earlier`
    tells that the rows are its.
    """

    column: str
    rows: tuple[tuple[str, ...], ...]
    kept: ColumnHierarchy | None
    values: ColumnValues
    earlier: ColumnHierarchy | None = None
    shows_earlier: bool = False

    @property
    def is_editable(self) -> bool:
        """Return whether it is short enough for a field on a page."""
        return len(self.rows) <= MOST_ROWS_TO_EDIT

    def unnamed(self, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Return the values of the column that some rows do not name."""
        named = {row[0] for row in rows}
        return tuple(value for value in self.values.values if value not in named)


def hierarchy_in_use(
    version: DatasetVersion, finding: ColumnFinding, *, earlier: bool = False
) -> HierarchyInUse:
    """Read the hierarchy of a column and its values. The actor may see the source.

    `earlier` asks for the rows of an earlier version, to start from.

    Raises:
        Invalid: the column has too many different values for a hierarchy.
        WrongState: the file was removed or is damaged.
    """
    kept, values = hierarchy_of(version, finding.name), column_values(version, finding.name)
    before = earlier_hierarchy(version, finding.name) if kept is None else None
    shown = kept or (before if earlier else None)
    rows = Hierarchy.checked(finding.name, shown.rows).rows if shown else values.hierarchy().rows
    shows_earlier = before is not None and shown is before
    return HierarchyInUse(finding.name, rows, kept, values, before, shows_earlier)


def levels_of(rows: Sequence[Sequence[str]]) -> list[Level]:
    """Count the different labels of each level, in the order of the rows."""
    return [
        _level(number, dict.fromkeys(labels))
        for number, labels in enumerate(zip(*rows, strict=True))
    ]


def _level(number: int, labels: dict[str, None]) -> Level:
    some = tuple(labels)[:EXAMPLES]
    return Level(number, len(labels), some, len(labels) > len(some))
