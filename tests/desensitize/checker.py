"""Measure a written file anew, in plain Python, sharing no code with the library.

Everything is read from a CSV file by the standard library; an empty field is a value like others.
"""

import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Row = dict[str, str]
Levels = Mapping[str, Sequence[Sequence[str]]]


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def classes_of(rows: Iterable[Row], columns: Sequence[str]) -> dict[tuple[str, ...], list[Row]]:
    classes: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        classes.setdefault(tuple(row[column] for column in columns), []).append(row)
    return classes


def values_of(rows: Iterable[Row], column: str) -> Counter[str]:
    return Counter(row[column] for row in rows)


def distinct(counts: Counter[str]) -> int:
    return len(counts)


def entropy(counts: Counter[str]) -> float:
    """Return the l of entropy l-diversity: e to the entropy."""
    total = sum(counts.values())
    return math.exp(-sum(n / total * math.log(n / total) for n in counts.values()))


def recursive(counts: Counter[str], c: float, least: int) -> bool:
    ordered = sorted(counts.values(), reverse=True)
    return ordered[0] < c * sum(ordered[least - 1 :])


def equal_distance(counts: Counter[str], whole: Counter[str]) -> float:
    total, all_rows = sum(counts.values()), sum(whole.values())
    return sum(abs(counts[value] / total - n / all_rows) for value, n in whole.items()) / 2


def ordered_distance(counts: Counter[str], whole: Counter[str]) -> float:
    """Move the mass along the sorted values; an empty field comes first."""
    values = sorted(whole, key=lambda value: (value != "", float(value or 0)))
    if len(values) < 2:
        return 0.0
    total, all_rows = sum(counts.values()), sum(whole.values())
    moved = balance = 0.0
    for value in values:
        balance += counts[value] / total - whole[value] / all_rows
        moved += abs(balance)
    return moved / (len(values) - 1)


def loss_of(rows: Sequence[Row], suppressed: int, levels: Levels) -> float:
    """Return the mean over rows and columns of (leaves under the label − 1) / (leaves − 1)."""
    under = {
        name: Counter(label for row in table for label in {*row, "*"})
        for name, table in levels.items()
    }
    lost = float(suppressed)
    for row in rows:
        lost += sum(
            (under[name][row[name]] - 1) / (len(levels[name]) - 1) for name in levels
        ) / len(levels)
    return lost / (len(rows) + suppressed)
