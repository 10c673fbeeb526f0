"""Whether runs of rows are runs of the other table, moved and read in steps.

In a table of few labels many rows fit each one, so that no row alone tells where it comes from; a
run of some hundred does. Rows that were moved around, read by every third or backwards are such
runs, and whoever holds the list in its order finds where each of them begins.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from desensitize.attacks.excess import Excess, Share, weigh
from desensitize.attacks.orders import Order
from desensitize.attacks.pairing import Relation
from desensitize.attacks.position_games import Game
from desensitize.attacks.values import Codes, Integers

STEPS = ((500_000, 16), (10_000_000, 4))
"""Up to so many rows, steps of up to so many between the rows of a run; beyond, one."""
LONGEST, SHORTEST, RUNS = 512, 64, 8
MOST_CELLS = 2_000_000
"""A column with more pairs of values and labels is left out: neighbours tell enough of it."""
CHUNK = 1 << 16

Waves = npt.NDArray[np.complex64]


class Progression(Game):
    """Look for the place and the step at which a run of rows fits.

    Every second row of a run chooses them, the others are counted.
    """

    @property
    def name(self) -> str:
        """Say what is looked for."""
        return f"runs of rows that fit somewhere, in steps of at most {self._most_steps}"

    @property
    def grows(self) -> bool:
        """Return whether more pairs make it surer: it looks at as many runs each time."""
        return False

    @property
    def _most_steps(self) -> int:
        rows = max(self.pairing.first_rows, self.pairing.second_rows)
        return next((steps for most, steps in STEPS if rows <= most), 1)

    def play(self, order: Order, most: int, random: np.random.Generator) -> Excess | None:
        """Return the excess of rows that fit where their run does."""
        rows = len(order.second)
        length = min(LONGEST, rows // (2 * RUNS)) // 2 * 2
        if length < SHORTEST:
            return None
        starts = random.choice(rows - length, RUNS, replace=False)
        runs = order.second[starts[:, None] + np.arange(length)]
        permuted = order.groups.draw(runs.ravel(), random).reshape(runs.shape)
        both = np.concatenate([runs, permuted])
        first = np.zeros(len(order.first), dtype=np.complex64)
        choosing = np.zeros((len(both), length // 2), dtype=np.complex64)
        for one, other in _waves(self.pairing.relations, random):
            first += one[order.first]
            choosing += other[both[:, ::2]]
        if not first.any():
            return None
        fits = self._fits(order, both, *_best_places(first, choosing, self._most_steps))
        trials = RUNS * (length // 2)
        return weigh(Share(int(fits[:RUNS].sum()), trials), Share(int(fits[RUNS:].sum()), trials))

    def _fits(self, order: Order, runs: Codes, steps: Integers, begins: Integers) -> Integers:
        """Count of each run those rows that fit which did not choose."""
        at = begins[:, None] + steps[:, None] * np.arange(1, runs.shape[1], 2)
        inside = (at >= 0) & (at < len(order.first))
        others = order.first[np.clip(at, 0, len(order.first) - 1)]
        fits = self.pairing.fits(others, runs[:, 1::2]) & inside
        counted: Integers = fits.sum(axis=1)
        return counted


def _waves(
    relations: Sequence[Relation], random: np.random.Generator
) -> Iterator[tuple[Waves, Waves]]:
    """Hand out for each column a number for each row of both tables.

    The numbers of two rows point the same way where the rows fit, and else anywhere.
    """
    for relation in relations:
        values, labels = one_row_each(relation.first), one_row_each(relation.second)
        if len(values) * len(labels) > MOST_CELLS:
            continue
        fits = relation.fits(values[:, None], labels[None, :])
        waves = np.exp(2j * np.pi * random.random(len(labels))).astype(np.complex64)
        met = (fits @ waves) / np.maximum(1, fits.sum(axis=1)).astype(np.float32)
        yield _centred(met[relation.first]), _centred(waves[relation.second])


def _centred(waves: Waves) -> Waves:
    # Else rows of a frequent label would seem to fit everywhere.
    moved: Waves = (waves - waves.mean()).astype(np.complex64)
    return moved


def one_row_each(codes: Codes) -> Codes:
    """Return a row of each code; the first row stands for a code that no row has."""
    rows = np.zeros(int(codes.max(initial=0)) + 1, dtype=np.int32)
    rows[codes] = np.arange(len(codes), dtype=np.int32)
    return rows


def _best_places(first: Waves, runs: Waves, most_steps: int) -> tuple[Integers, Integers]:
    """Return for each run the step between its rows and where it begins, where it fits best.

    Of a run every second row is given, which stand two steps apart. For each step the rows of one
    remainder are laid beside each other, so that one convolution looks at all places of a run.
    """
    width = runs.shape[1]
    size = min(CHUNK, 1 << int(np.ceil(np.log2(2 * len(first) + 64 * width))))
    wanted = np.conj(np.fft.fft(runs, size, axis=1)).astype(np.complex64)
    best = np.full(len(runs), -np.inf)
    steps, begins = (np.zeros(len(runs), dtype=np.int64) for _ in range(2))
    for step in range(1, most_steps + 1):
        upwards = _in_lanes(len(first), 2 * step, width)
        for sign, where in ((1, upwards), (-1, upwards[::-1])):
            laid = np.where(where >= 0, first[where], 0).astype(np.complex64)
            for start in range(0, len(laid), size - width):
                table = np.fft.fft(laid[start : start + size], size).astype(np.complex64)
                found = np.fft.ifft(table * wanted, axis=1).real[:, : size - width]
                found = found[:, : len(laid) - start]
                found[:, where[start : start + found.shape[1]] < 0] = -np.inf
                places = found.argmax(axis=1)
                reached = found[np.arange(len(runs)), places]
                better = reached > best
                best[better], steps[better] = reached[better], sign * step
                begins[better] = where[start + places[better]]
    return steps, begins


def _in_lanes(rows: int, apart: int, gap: int) -> Integers:
    """Return the rows by their remainders, each lane parted from the next by −1s."""
    longest = -(-rows // apart)
    laid = np.full((apart, longest + gap), -1, dtype=np.int64)
    lanes = np.arange(apart * longest).reshape(longest, apart).T
    laid[:, :longest] = np.where(lanes < rows, lanes, -1)
    return laid.ravel()
