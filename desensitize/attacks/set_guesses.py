"""Guess persons of the source by the values in which a row of the release stands alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, sqrt

import numpy as np
import numpy.typing as npt

from desensitize.attacks.codes import Numbers, SmallNumbers, most_cells, numbered, numbered_sets
from desensitize.attacks.excess import EXACT, Excess, Share, weigh

WORK = 4 * 10**9
"""Sets × rows that are counted at most unless told otherwise."""
LEAST_TRIALS = 30

Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Side:
    """Say where the rows lie from which guesses are taken, and those on which they are tried."""

    guesses: slice
    target: slice


@dataclass(frozen=True)
class Tally:
    """Count the guesses of one set of columns in two halves, by how many rows each fits.

    A half has the guesses that fit none, one, two and more rows.
    """

    halves: tuple[tuple[int, int, int, int], tuple[int, int, int, int]]

    def share(self, half: int | None = None) -> Share:
        """Return the share of right guesses, of one half or both; nothing where none was made."""
        _, right, _, trials = self._counts(half)
        return Share(right, trials) if trials else Share.exactly(0.0)

    def by_chance(self, half: int | None = None) -> Share:
        """Return the most that guesses can be right about people who did not shape them.

        Of people drawn from a population, those who fit a guess follow Poisson's law with the mean
        of that guess. Whatever these means are, the share of guesses that fit exactly one person is
        then at most √(2 · share that fits none · share that fits two) (Cauchy and Schwarz).
        """
        none, _, two, trials = self._counts(half)
        if not trials:
            return Share.exactly(0.0)
        return Share(min(float(trials), sqrt(2 * none * two)), trials)

    def _counts(self, half: int | None) -> tuple[int, int, int, int]:
        halves = self.halves if half is None else (self.halves[half],)
        none, right, two, more = (sum(each) for each in zip(*halves, strict=True))
        return none, right, two, none + right + two + more


@dataclass(frozen=True)
class SetGame:
    """Hold what the guesses reached: in the worst sets, or in all where none stands out.

    `columns` is the worst set. `alone` has for each column the guesses by it alone and the right
    ones of them: whose values were copied, no control can tell.
    """

    excess: Excess | None
    columns: tuple[str, ...]
    tried: int
    total: int
    alone: Mapping[str, Tally]


def play_sets(
    codes: Mapping[str, SmallNumbers],
    values: Mapping[str, int],
    attack: Side,
    control: Side,
    *,
    known: int,
    limit: float,
    random: np.random.Generator,
    most_sets: int | None = None,
) -> SetGame:
    """Play all sets of at most `known` columns, or as many as may be, drawn at random.

    A guess is what a row of the guesser's table shows in the columns of a set, where no other row
    of that table shows the same. It is right if exactly one row of the target does. The sets in
    which one half of the guesses reaches more than the limit are played with the other half.
    """
    names = list(codes)
    rows = len(next(iter(codes.values()))) if names else 0
    if most_sets is None:
        most_sets = max(1, WORK // max(1, rows))
    sets, total = _chosen_sets(len(names), known, most_sets, random)
    halves = random.random(rows) < 0.5
    tallies: list[tuple[tuple[int, ...], Tally, Tally]] = []
    for chosen, numbers, room in numbered_sets(
        sets, [codes[name] for name in names], list(values.values())
    ):
        if room > most_cells(rows):
            numbers, room = numbered(numbers, room)
        told, guessed = (_tally(numbers, room, side, halves) for side in (attack, control))
        tallies.append((chosen, told, guessed))
    alone = {names[one[0]]: tally for one, tally, _ in tallies if len(one) == 1}
    larger = [each for each in tallies if len(each[0]) > 1]
    most = attack.guesses.stop - attack.guesses.start
    excess, worst = _weighed(larger, limit, most)
    columns = tuple(names[one] for one in worst)
    return SetGame(excess, columns, len(tallies), total, alone)


def _chosen_sets(
    columns: int, known: int, most: int, random: np.random.Generator
) -> tuple[list[tuple[int, ...]], int]:
    sizes = range(1, min(known, columns) + 1)
    total = sum(comb(columns, size) for size in sizes)
    if total <= most:
        return sorted(one for size in sizes for one in combinations(range(columns), size)), total
    chosen: set[tuple[int, ...]] = {(one,) for one in range(columns)}
    largest = sizes[-1]
    while len(chosen) < max(most, columns):
        drawn = random.choice(columns, size=largest, replace=False)
        chosen.add(tuple(sorted(int(one) for one in drawn)))
    return sorted(chosen), total


def _tally(numbers: Numbers, room: int, side: Side, halves: Booleans) -> Tally:
    guesses = numbers[side.guesses]
    alone = np.bincount(guesses, minlength=room)[guesses] == 1
    fitting = np.bincount(numbers[side.target], minlength=room)[guesses[alone]]
    first = halves[side.guesses][alone]
    return Tally((by_fit(fitting[first]), by_fit(fitting[~first])))


def by_fit(fitting: Numbers) -> tuple[int, int, int, int]:
    """Count guesses by how many rows each fits: none, one, two, more."""
    none, one, two, more = np.bincount(np.minimum(fitting, 3), minlength=4).tolist()
    return none, one, two, more


def _weighed(
    tallies: Sequence[tuple[tuple[int, ...], Tally, Tally]], limit: float, most: int
) -> tuple[Excess | None, tuple[int, ...]]:
    """Return the excess in the sets that the first half shows to be bad, and the worst of them.

    `most` is the number of rows from which guesses are taken: as sets overlap, so many trials at
    most are independent.
    """
    bad: list[tuple[float, tuple[int, ...], Tally, Tally]] = []
    for chosen, attack, control in tallies:
        if attack.share(0).trials >= LEAST_TRIALS:
            found = _beyond_chance(attack.share(0), attack.by_chance(0), control.share())
            if found.low > limit:
                bad.append((found.low, chosen, attack, control))
    if bad:
        _, worst, _, _ = max(bad)
        told = _together([attack.share(1) for _, _, attack, _ in bad], most)
        chance = _together([attack.by_chance(1) for _, _, attack, _ in bad], most)
        guessed = _together([control.share() for _, _, _, control in bad], most)
        return _beyond_chance(told, chance, guessed), worst
    told = _together([attack.share() for _, attack, _ in tallies], most)
    if told.trials == EXACT:
        return None, ()
    return weigh(told, _together([control.share() for _, _, control in tallies], most)), ()


def _beyond_chance(told: Share, chance: Share, guessed: Share) -> Excess:
    """Weigh against whichever of two controls is right more often.

    In a single set, columns that belong together make guesses better than those of columns in
    another order, though they tell of nobody in particular.
    """
    return weigh(told, max(chance, guessed, key=lambda share: share.rate))


def _together(shares: Sequence[Share], most: int) -> Share:
    counted = [share for share in shares if share.trials != EXACT]
    trials = sum(share.trials for share in counted)
    if not trials:
        return Share.exactly(0.0)
    rate = sum(share.successes for share in counted) / trials
    return Share(rate * min(trials, most), min(trials, most))
