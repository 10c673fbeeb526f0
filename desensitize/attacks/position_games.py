"""Games that somebody can play who knows the order of a table: which rows stand where."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from desensitize.attacks.excess import Excess, Share, weigh
from desensitize.attacks.orders import Order
from desensitize.attacks.pairing import Pairing
from desensitize.attacks.values import Booleans, Codes, Integers

CHUNK = 250_000
RUN = 16
MOST_TRIALS = 20_000
MOST_PERMUTATIONS, FEWEST_PERMUTED = 4, 5_000
"""Of rows, to know how often chance is right: each costs as many trials as the game itself. Of a
small table there are more, until so many rows were drawn."""
MOST_SHIFTS = 100_000


@dataclass(frozen=True)
class Game(ABC):
    """Play with an order; `radius` says how far off a row may stand, in rows."""

    pairing: Pairing
    radius: int

    @abstractmethod
    def play(self, order: Order, most: int, random: np.random.Generator) -> Excess | None:
        """Return what the order reaches beyond rows that were permuted, comparing `most` pairs."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Say what is looked for."""

    @property
    def measures(self) -> bool:
        """Return whether the very place of a row is asked for, and nothing that is only a trace."""
        return False

    @property
    def grows(self) -> bool:
        """Return whether more pairs make it surer."""
        return True


class Nearby(Game):
    """Look whether a row that fits stands where the order says, or at most `radius` rows off."""

    @property
    def name(self) -> str:
        """Say how far off."""
        return f"a row that fits at most {self.radius} rows off"

    @property
    def measures(self) -> bool:
        """Return whether the place is asked for, not a window around it."""
        return self.radius == 0

    def play(self, order: Order, most: int, random: np.random.Generator) -> Excess | None:
        """Return the excess of rows that find one that fits."""
        width = 2 * self.radius + 1
        trials = min(MOST_TRIALS, self.pairing.second_rows, max(50, most // width))
        places = random.choice(self.pairing.second_rows, trials, replace=False)
        rows = order.second[places]
        permutations = max(MOST_PERMUTATIONS, FEWEST_PERMUTED // trials)
        again = max(1, min(permutations, most // (trials * width)))
        permuted = [order.groups.draw(rows, random) for _ in range(again)]
        # All in one go: of a small table each alone would take longer to begin than to do.
        hits = self._hits(order, np.tile(places, again + 1), np.concatenate([rows, *permuted]))
        return weigh(
            Share(int(hits[:trials].sum()), trials),
            Share(int(hits[trials:].sum()), trials * again),
        )

    def _hits(self, order: Order, places: Integers, rows: Codes) -> Booleans:
        pairing, width = self.pairing, 2 * self.radius + 1
        centre = ((places + 0.5) * pairing.first_rows / pairing.second_rows).astype(np.int64)
        hits = np.zeros(len(places), dtype=bool)
        step = max(1, CHUNK // width)
        for start in range(0, len(places), step):
            part = slice(start, start + step)
            near = centre[part, None] + np.arange(-self.radius, self.radius + 1)
            inside = (near >= 0) & (near < pairing.first_rows)
            first = order.first[np.clip(near, 0, pairing.first_rows - 1)]
            hits[part] = (pairing.fits(first, rows[part, None]) & inside).any(axis=1)
        return hits


class Shifted(Game):
    """Look for the shift at which a run of rows fits, where rows were left out before it.

    Every second row of a run chooses the shift, the others are counted.
    """

    @property
    def name(self) -> str:
        """Say what is shifted."""
        return f"runs of {RUN} rows that fit after some rows were left out"

    def play(self, order: Order, most: int, random: np.random.Generator) -> Excess | None:
        """Return the excess of rows that fit at the shift of their run."""
        pairing = self.pairing
        # A revision may hold more rows than its table: those that stay until others go.
        whole = max(pairing.whole, pairing.first_rows, pairing.second_rows)
        low, high = pairing.first_rows - whole, whole - pairing.second_rows
        if low == high == 0 or pairing.second_rows < 2 * RUN:
            return None
        width = min(high - low, MOST_SHIFTS) + 1
        runs = min(MOST_TRIALS // RUN, max(4, most // (RUN * width)))
        starts = random.permutation(pairing.second_rows - RUN)[:runs]
        hits = guesses = 0
        step = max(1, CHUNK // (RUN * width))
        for first in range(0, len(starts), step):
            places = starts[first : first + step, None] + np.arange(RUN)
            # Where most shifts are possible, those near the one that is likeliest are tried.
            likely = low + (places[:, 0] * (high - low + 1 - width) // pairing.second_rows)
            shifts = likely[:, None] + np.arange(width)
            rows = order.second[places]
            permuted = order.groups.draw(rows.ravel(), random).reshape(rows.shape)
            hits += self._hits(order, places, rows, shifts)
            guesses += self._hits(order, places, permuted, shifts)
        trials = len(starts) * RUN // 2
        return weigh(Share(hits, trials), Share(guesses, trials))

    def _hits(self, order: Order, places: Integers, rows: Codes, shifts: Integers) -> int:
        at = places[:, :, None] + shifts[:, None, :]
        inside = (at >= 0) & (at < self.pairing.first_rows)
        first = order.first[np.clip(at, 0, self.pairing.first_rows - 1)]
        fits = self.pairing.fits(first, rows[:, :, None]) & inside
        best = fits[:, ::2].sum(axis=1).argmax(axis=1)
        return int(np.take_along_axis(fits[:, 1::2], best[:, None, None], axis=2).sum())


class Mapped(Game):
    """Look whether labels of a column go to one label each of the other table, place by place."""

    @property
    def name(self) -> str:
        """Say what is mapped."""
        return "other names that go to one value each"

    def play(self, order: Order, most: int, random: np.random.Generator) -> Excess | None:
        """Return the excess of rows whose label goes where most of its rows go."""
        pairing = self.pairing
        if pairing.first_rows != pairing.second_rows:
            return None
        trials = min(pairing.second_rows, max(1_000, most // 20))
        start = int(random.integers(0, pairing.second_rows - trials + 1))
        places = np.arange(start, start + trials)
        first, second = order.first[places], order.second[places]
        permuted = order.groups.draw(second, random)
        best: Excess | None = None
        for relation in pairing.columns:
            labels = relation.first[first].astype(np.int64)
            hits, guesses = (_modal(labels, relation.second[rows]) for rows in (second, permuted))
            found = weigh(Share(hits, trials), Share(guesses, trials))
            if best is None or found.value > best.value:
                best = found
        return best


def _modal(labels: Integers, others: Codes) -> int:
    room = int(others.max(initial=0)) + 1
    pairs, counts = np.unique(labels * room + others, return_counts=True)
    owners = pairs // room
    starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
    return int(np.maximum.reduceat(counts, starts).sum())
