"""Count the rows of a release that a person can have, whoever knows some columns exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desensitize.attacks.excess import Share
from desensitize.attacks.meaning import ANYTHING, Meaning
from desensitize.attacks.values import Booleans, Codes, Floats, Integers

Hashes = NDArray[np.uint64]
MOST_LOOKUPS = 30_000_000
"""Persons times combinations of levels that are looked up exactly; beyond, persons are drawn."""
LEAST_DRAWN = 5_000


@dataclass(frozen=True)
class Found:
    """Hold how many of `trials` persons one row stands out for.

    `by_chance` counts those for whom another row would stand out as clearly if the rows that say
    the same as theirs were not there. `right` is the mean chance that the likeliest row is the
    right one, and `fewest` the smallest number of rows that fit somebody. `are_all` says that
    nobody was left out, so that the shares are no estimates.
    """

    found: int
    by_chance: int
    trials: int
    right: float
    fewest: int
    are_all: bool

    @property
    def share(self) -> Share:
        """Return the share of persons for whom a row stands out."""
        return self._share(self.found)

    @property
    def share_by_chance(self) -> Share:
        """Return the share of those for whom one would without their own."""
        return self._share(self.by_chance)

    def _share(self, persons: int) -> Share:
        if self.are_all and self.trials:
            return Share.exactly(persons / self.trials)
        return Share(persons, max(1, self.trials))


@dataclass(frozen=True)
class _Persons:
    """Hold different known tuples, of one person each where persons are told apart."""

    rows: Integers
    weights: Integers
    owners: Integers | None
    share: float


def find_candidates(meanings: Sequence[Meaning], seed: int, persons: Codes | None = None) -> Found:
    """Look for the rows of persons whose values in the columns of some meanings are known.

    A class of rows that say the same and fit c persons has a row of one of them with the weight
    1 / c. A row stands out for a person when its weight is more than half of that of all rows that
    fit. Of a class as many rows count as different persons can have: many rows of one person are
    one. `persons` numbers the person of each row of the source; without it each row is one.
    """
    classes = _Classes(meanings)
    known = _known_tuples(meanings, seed, persons, classes.signatures)
    tuples, members = _pairs(meanings, classes, known)
    size = classes.sizes
    if persons is None or known.owners is None:
        counted = np.bincount(members, known.weights[tuples], minlength=len(size))
    else:
        room = int(persons.max()) + 1
        crowds = np.unique(members * room + known.owners[tuples])
        counted = np.bincount(crowds // room, minlength=len(size))
    claims = np.asarray(counted, dtype=np.float64)
    if known.share < 1:
        # Drawn persons tell little of small classes: these have at least as many as rows.
        claims = np.maximum(claims / known.share, size)
    return _stand_out(tuples, members, size, claims, known)


class _Classes:
    """Group the rows of a release that mean the same, by the levels that their labels are on."""

    def __init__(self, meanings: Sequence[Meaning]) -> None:
        rows = np.zeros(meanings[0].released.rows, dtype=np.uint64)
        levels = np.zeros(meanings[0].released.rows, dtype=np.uint64)
        for number, meaning in enumerate(meanings):
            rows += _hash(number, meaning.level, _key_of(meaning))[meaning.released.codes]
            levels += _hash(number, meaning.level, np.zeros_like(meaning.key))[
                meaning.released.codes
            ]
        self.hashes, first, self.sizes = np.unique(rows, return_index=True, return_counts=True)
        _, one, self.signature_of = np.unique(levels[first], return_index=True, return_inverse=True)
        self.levels = np.stack(
            [meaning.level[meaning.released.codes[first[one]]] for meaning in meanings], axis=1
        )

    @property
    def signatures(self) -> int:
        """Return the number of combinations of levels."""
        return len(self.levels)


def _known_tuples(
    meanings: Sequence[Meaning], seed: int, persons: Codes | None, signatures: int
) -> _Persons:
    hashes = np.zeros(meanings[0].source.rows, dtype=np.uint64)
    for number, meaning in enumerate(meanings):
        values = np.arange(meaning.source.different, dtype=np.int32)
        hashes += _hash(number, np.zeros_like(values), values)[meaning.source.codes]
    if persons is not None:
        hashes += _hash(len(meanings), np.zeros_like(persons), persons)
    _, rows, weights = np.unique(hashes, return_index=True, return_counts=True)
    share, most = 1.0, max(LEAST_DRAWN, MOST_LOOKUPS // max(1, signatures))
    if len(rows) > most:
        drawn = np.random.default_rng(seed).choice(len(rows), most, replace=False)
        share, rows, weights = most / len(rows), rows[drawn], weights[drawn]
    owners = None if persons is None else persons[rows].astype(np.int64)
    return _Persons(rows, weights, owners, share)


def _pairs(
    meanings: Sequence[Meaning], classes: _Classes, known: _Persons
) -> tuple[Integers, Integers]:
    """Return the numbers of tuples and classes that fit; on one signature a tuple has one class."""
    tuples, members = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    codes = [meaning.source.codes[known.rows] for meaning in meanings]
    lifted: dict[tuple[int, int], tuple[Hashes, Booleans]] = {}
    for levels in classes.levels:
        hashes = np.zeros(len(known.rows), dtype=np.uint64)
        fits = np.ones(len(known.rows), dtype=bool)
        for number, (meaning, level) in enumerate(zip(meanings, levels.tolist(), strict=True)):
            if (number, level) not in lifted:
                lifted[number, level] = _lift(number, meaning, level)
            label, goes = lifted[number, level]
            hashes += label[codes[number]]
            fits &= goes[codes[number]]
        here = np.flatnonzero(fits)
        place = np.minimum(np.searchsorted(classes.hashes, hashes[here]), len(classes.hashes) - 1)
        met = classes.hashes[place] == hashes[here]
        tuples.append(here[met])
        members.append(place[met])
    return np.concatenate(tuples), np.concatenate(members)


def _lift(number: int, meaning: Meaning, level: int) -> tuple[Hashes, Booleans]:
    size = meaning.source.different
    if level == ANYTHING:
        keys, goes = np.zeros(size, dtype=np.int32), np.ones(size, dtype=bool)
    else:
        keys, goes = meaning.climbed[level], meaning.climbed[level] >= 0
    return _hash(number, np.full(size, level, dtype=np.int32), keys), goes


def _stand_out(
    tuples: Integers, members: Integers, sizes: Integers, claims: Floats, known: _Persons
) -> Found:
    weight = 1 / claims[members]
    rows = np.minimum(sizes, np.maximum(1, claims))[members]
    order = np.lexsort((-weight, tuples))
    tuples, members, weight, rows = tuples[order], members[order], weight[order], rows[order]
    total = np.bincount(tuples, weight * rows, minlength=len(known.rows))
    first = np.flatnonzero(np.r_[True, tuples[1:] != tuples[:-1]]) if len(tuples) else tuples
    fitted = tuples[first]
    best, total = weight[first], total[fitted]
    after = np.minimum(first + 1, max(0, len(tuples) - 1))
    another = np.where((after > first) & (tuples[after] == fitted), weight[after], 0.0)
    rest = total - best * rows[first]
    alone = best > total / 2
    again = (another > rest / 2) & (another >= best / 2)
    fitting = np.bincount(tuples, sizes[members], minlength=len(known.rows))[fitted]
    weights = known.weights[fitted]
    if known.owners is not None:
        # A person is found where any of its rows is.
        _, one = np.unique(known.owners[fitted], return_inverse=True)
        alone, again = (np.bincount(one, flags) > 0 for flags in (alone, again))
        right = np.zeros(len(alone))
        np.maximum.at(right, one, best / total)
        weights = np.ones(len(alone), dtype=np.int64)
    else:
        right = best / total
    trials = int(weights.sum())
    return Found(
        found=int(weights[alone].sum()),
        by_chance=int(weights[again].sum()),
        trials=trials,
        right=float((weights * right).sum() / trials) if trials else 0.0,
        fewest=int(fitting.min()) if trials else 0,
        are_all=known.share == 1,
    )


def _key_of(meaning: Meaning) -> Codes:
    return np.where(meaning.level == ANYTHING, 0, meaning.key).astype(np.int32)


def _hash(column: int, level: Codes, key: Codes) -> Hashes:
    """Mix three numbers to 64 bits that can be added up (the finalizer of SplitMix64, twice)."""
    mixed = (level + 2).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for part in (np.uint64(column + 1), (key + 2).astype(np.uint64)):
        mixed = (mixed ^ part) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    return mixed
