"""Generalization hierarchies: what a value becomes at each level."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from desensitize.errors import DesensitizeError

ANYTHING = "*"


@dataclass(frozen=True)
class Hierarchy:
    """Hold one row a value: the value itself first, then ever coarser labels, “*” last.

    Make it with `checked`, which sees to it that labels only ever merge from level to level.
    A search publishes no level below `finest`.
    """

    column: str
    rows: tuple[tuple[str, ...], ...]
    finest: int = 0

    @classmethod
    def checked(cls, column: str, rows: Iterable[Sequence[str]]) -> "Hierarchy":
        """Check rows and add the level “*” when the last one still tells values apart.

        Raises:
            DesensitizeError: `bad-hierarchy`, `hierarchy-ragged`, `hierarchy-value-twice` or
                `hierarchy-label-split`.
        """
        table = [tuple(row) for row in rows]
        if not table:
            raise DesensitizeError("bad-hierarchy", column=column, reason="it has no rows")
        depth = len(table[0])
        seen: set[str] = set()
        parents: list[dict[str, str]] = [{} for _ in range(depth)]
        for number, row in enumerate(table, start=1):
            if len(row) != depth:
                raise DesensitizeError("hierarchy-ragged", column=column, row=number)
            if row[0] in seen:
                raise DesensitizeError("hierarchy-value-twice", column=column, row=number)
            seen.add(row[0])
            for level in range(1, depth):
                if parents[level].setdefault(row[level - 1], row[level]) != row[level]:
                    raise DesensitizeError(
                        "hierarchy-label-split", column=column, row=number, level=level
                    )
        if depth == 1 or any(row[-1] != ANYTHING for row in table):
            table = [(*row, ANYTHING) for row in table]
        return cls(column, tuple(table))

    def from_level(self, finest: int) -> "Hierarchy":
        """Return the hierarchy of which a search publishes no level below `finest`.

        Raises:
            DesensitizeError: `bad-option`, where there is no such level.
        """
        if not 0 <= finest < self.levels:
            raise DesensitizeError(
                "bad-option",
                mask="generalize",
                option="finest",
                expected=f"below {self.levels}, the number of levels",
            )
        return replace(self, finest=finest)

    @property
    def losses(self) -> dict[str, float]:
        """Return for each label the share of the other values that it stands for.

        (leaves under the label − 1) / (leaves − 1): 0 for a value itself, 1 for “*”. A label that
        occurs at several levels stands for the leaves under all of them, since who reads it cannot
        tell which was meant.
        """
        under = Counter(label for row in self.rows for label in set(row))
        others = len(self.rows) - 1
        return {label: (count - 1) / others if others else 0.0 for label, count in under.items()}

    @property
    def levels(self) -> int:
        """Count the levels, the values themselves included."""
        return len(self.rows[0])


def load_hierarchy(path: Path, column: str) -> Hierarchy:
    """Read a hierarchy in ARX's form: `;` between levels, level 0 first, no header.

    Raises:
        DesensitizeError: as for `Hierarchy.checked`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DesensitizeError(
            "bad-hierarchy", column=column, reason="its file cannot be read"
        ) from error
    return read_hierarchy(text, column)


def read_hierarchy(text: str, column: str) -> Hierarchy:
    """Read a hierarchy from text in ARX's form; empty lines are passed over.

    Raises:
        DesensitizeError: as for `Hierarchy.checked`.
    """
    try:
        lines = csv.reader(StringIO(text, newline=""), delimiter=";")
        return Hierarchy.checked(column, [row for row in lines if row])
    except csv.Error as error:
        raise DesensitizeError(
            "bad-hierarchy", column=column, reason="its file cannot be read"
        ) from error


def write_hierarchy(rows: Iterable[Sequence[str]]) -> str:
    """Write the rows of a hierarchy as text in ARX's form."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue()
