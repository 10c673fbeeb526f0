"""Put labelled columns together into a table."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from benchmarks.labelled.inventor import Inventor
from benchmarks.labelled.personal import PERSONAL
from benchmarks.labelled.traps import TRAPS


@dataclass(frozen=True)
class Label:
    """Say what a column is: where it came from, its kind or None, and the roles that are right."""

    origin: str
    kind: str | None
    roles: tuple[str, ...]


def labelled_table(
    names: Sequence[str], *, rows: int, seed: int, nulls: float = 0.0, as_text: bool = False
) -> tuple[pl.DataFrame, dict[str, Label]]:
    """Invent a table of the named columns, and answer what each one is.

    A share of `nulls` of the cells is empty; `as_text` writes every cell as text.
    """
    inventor = Inventor(seed)
    columns: list[pl.Series] = []
    labels: dict[str, Label] = {}
    for name in names:
        kind, roles, make = PERSONAL.get(name) or (None, ("other",), TRAPS[name])
        cells: list[object] = []
        for row in range(rows):
            inventor.row = row
            made = make(inventor)
            cells.append(None if inventor.random.random() < nulls else made)
        if as_text:
            cells = [None if cell is None else str(cell) for cell in cells]
        columns.append(pl.Series(name, cells, strict=False))
        labels[name] = Label(name, kind, roles)
    return pl.DataFrame(columns), labels


def with_meaningless_headers(
    table: pl.DataFrame, labels: dict[str, Label], *, seed: int
) -> tuple[pl.DataFrame, dict[str, Label]]:
    """Shuffle the columns and call them c1, c2 and so on."""
    names = list(labels)
    random.Random(seed).shuffle(names)
    plain = {name: f"c{place}" for place, name in enumerate(names, start=1)}
    return table.select(names).rename(plain), {plain[name]: labels[name] for name in names}
