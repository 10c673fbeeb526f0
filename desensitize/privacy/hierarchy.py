"""Generalization hierarchies: what a value becomes at each level."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desensitize.errors import DesensitizeError

ANYTHING = "*"


@dataclass(frozen=True)
class Hierarchy:
    """Hold one row a value: the value itself first, then ever coarser labels, “*” last.

    Make it with `checked`, which sees to it that labels only ever merge from level to level.
    """

    column: str
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def checked(cls, column: str, rows: Iterable[Sequence[str]]) -> "Hierarchy":
        """Check rows and add the level “*” when the last one still tells values apart.

        Raises:
            DesensitizeError: `bad_hierarchy`.
        """
        table = [tuple(row) for row in rows]
        if not table:
            raise DesensitizeError("bad_hierarchy", column=column, reason="it has no rows")
        depth = len(table[0])
        if any(len(row) != depth for row in table):
            raise DesensitizeError(
                "bad_hierarchy", column=column, reason="its rows differ in length"
            )
        if len({row[0] for row in table}) != len(table):
            raise DesensitizeError("bad_hierarchy", column=column, reason="a value occurs twice")
        for level in range(1, depth):
            parents: dict[str, str] = {}
            for row in table:
                if parents.setdefault(row[level - 1], row[level]) != row[level]:
                    raise DesensitizeError(
                        "bad_hierarchy",
                        column=column,
                        reason=f"a label of level {level - 1} has two labels at level {level}",
                    )
        if depth == 1 or any(row[-1] != ANYTHING for row in table):
            table = [(*row, ANYTHING) for row in table]
        return cls(column, tuple(table))

    @property
    def losses(self) -> dict[str, float]:
        """Answer for each label the share of the other values that it stands for.

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
        DesensitizeError: `bad_hierarchy`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file, delimiter=";") if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DesensitizeError(
            "bad_hierarchy", column=column, reason="its file cannot be read"
        ) from error
    return Hierarchy.checked(column, rows)
