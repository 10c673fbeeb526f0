"""Whether parts of a table hold as many of each label as the same parts of the other table.

Rows that were shuffled in blocks, or row group by row group, stay in their part, and which part a
row stands in is one more thing that somebody knows of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi

import numpy as np

from desensitize.attacks.codes import numbered
from desensitize.attacks.excess import Excess, Share, weigh
from desensitize.attacks.orders import Order
from desensitize.attacks.pairing import Relation
from desensitize.attacks.position_games import Game
from desensitize.attacks.progressions import MOST_CELLS, one_row_each
from desensitize.attacks.values import Codes, Floats, Integers

PARTS = (2, 4, 8, 16, 32, 64, 128)
FEWEST_ROWS, AGAIN, MANY_ROWS = 8, 4, 1_000_000
SPREAD = pi / 2 - 1
"""The variance of the size of a normal number, by the square of its mean."""


@dataclass(frozen=True)
class Segments(Game):
    """Count which share of a part is as the other table has it there; `parts` says into how many.

    Of a table in no order most of it is too, by chance: that is the control.
    """

    parts: int = 2

    @property
    def name(self) -> str:
        """Say into how many parts both are cut."""
        return f"as many of each label in each of {self.parts} parts"

    @property
    def grows(self) -> bool:
        """Return whether more pairs make it surer: it counts all rows each time."""
        return False

    def play(self, order: Order, most: int, random: np.random.Generator) -> Excess | None:
        """Return the excess of rows that both tables have in a part."""
        rows = len(order.second)
        if min(len(order.first), rows) < FEWEST_ROWS * self.parts:
            return None
        first, second = _labels_of(self.pairing.relations)
        if not len(first):
            return None
        cells = 1 + int(max(first.max(initial=0), second.max(initial=0)))
        if cells * self.parts > max(MOST_CELLS, 4 * rows):
            return None
        there = self._counted(first[order.first], cells)
        hits = _shared(there, self._counted(second[order.second], cells), rows)
        again = AGAIN if rows < MANY_ROWS else 1
        guesses = sum(
            # Of all rows, so that each comes once as it does in the release.
            _shared(
                there,
                self._counted(second[order.groups.permuted(random)[order.second]], cells),
                rows,
            )
            for _ in range(again)
        )
        free = (int((there > 0).sum()) // self.parts - 1) * (self.parts - 1)
        trials = _trials(guesses / again, rows, free)
        return weigh(
            Share(hits / rows * trials, trials),
            Share(guesses / (again * rows) * again * trials, again * trials),
        )

    def _counted(self, cells: Integers, different: int) -> Floats:
        """Return the share that each label has of the table in each part."""
        part = np.arange(len(cells)) * self.parts // len(cells)
        counts = np.bincount(part * different + cells, minlength=self.parts * different)
        shares: Floats = counts / len(cells)
        return shares


def _trials(by_chance: float, rows: int, free: int) -> int:
    """Return of how many trials a share of the rows is worth.

    What is missing are sizes of differences of which only `free` could be otherwise: where they are
    few it is large or small by chance, however many rows there are. A share of so many trials
    spreads as much by its mean.
    """
    missing = rows - by_chance
    if missing < 1:
        return rows
    return max(1, min(rows, int(max(0, free) * by_chance / missing / SPREAD)))


def _shared(one: Floats, other: Floats, rows: int) -> int:
    return round(float(np.minimum(one, other).sum()) * rows)


def _labels_of(relations: Sequence[Relation]) -> tuple[Integers, Integers]:
    """Number the labels of the rows of both tables, of the columns where a value has one label."""
    first, second = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    for relation in relations:
        values, labels = one_row_each(relation.first), one_row_each(relation.second)
        if len(values) * len(labels) > MOST_CELLS:
            continue
        fits = relation.fits(values[:, None], labels[None, :])
        if (fits.sum(axis=1) != 1).any():
            continue
        first = _joined(first, fits.argmax(axis=1)[relation.first], len(labels))
        second = _joined(second, relation.second, len(labels))
        both = numbered(np.concatenate([first, second]), int(max(first.max(), second.max())) + 1)[0]
        first, second = both[: len(first)], both[len(first) :]
    return first, second


def _joined(one: Integers, other: Codes | Integers, size: int) -> Integers:
    there = one if len(one) else np.zeros(len(other), dtype=np.int64)
    joined: Integers = there * size + other
    return joined
