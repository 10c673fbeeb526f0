"""The hierarchies of earlier versions of a dataset, held against the values of the newest data."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Invalid
from marketplace.preparation.column.models import ColumnFinding
from marketplace.preparation.column.selectors import earlier_hierarchies, findings_of
from marketplace.preparation.version.values import column_values


@dataclass(frozen=True)
class Inherited:
    """What was set for a column of the same name in version `number`.

    `new_values` are those of the column that the rows do not name; `problem` says why its values
    cannot be looked at.
    """

    finding: ColumnFinding
    rows: Sequence[Sequence[str]]
    number: int
    new_values: tuple[str, ...]
    problem: str = ""

    @property
    def new_count(self) -> int:
        """Count the values that have no row yet; which they are is told behind a look alone."""
        return len(self.new_values)

    @property
    def covers(self) -> bool:
        """Return whether every value of the column has its row."""
        return not self.new_values and not self.problem


def inherited_of(version: DatasetVersion) -> list[Inherited]:
    """Hold the newest earlier hierarchies against a version's columns, in their order.

    Columns that have a hierarchy of their own, or are gone, are left out. The actor may see the
    source.

    Raises:
        WrongState: the file was removed or is damaged.
    """
    earlier = {one.name: one for one in earlier_hierarchies(version)}
    found = []
    for finding in findings_of(version).filter(name__in=list(earlier)):
        kept = earlier[finding.name]
        named = {row[0] for row in kept.rows}
        values: tuple[str, ...] = ()
        problem = ""
        try:
            values = column_values(version, finding.name).values
        except Invalid as refusal:
            problem = refusal.sentence
        new = tuple(value for value in values if value not in named)
        found.append(Inherited(finding, kept.rows, kept.version.number, new, problem))
    return found
