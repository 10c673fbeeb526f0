"""Put labels of a release on levels, each of which leads from a value to one label at most."""

from heapq import heappop, heappush
from secrets import randbits

import numpy as np
import polars as pl
from numpy.typing import NDArray

from desensitize.attacks.values import Booleans, Codes, Floats, Integers, Values
from desensitize.masks.dates import as_dates

UNREAD, ANYTHING = -2, -1
MOST_LEVELS = 32
MOSTLY = 0.9


class Reading:
    """Collect what the labels of one released column can mean.

    Labels are on level UNREAD until a reader puts them elsewhere; `key` and `climbed` are as in
    `Meaning`. Of rows that were drawn anew a label may stand in more rows than its value does.
    `guessed` says which labels were read as what they most likely mean, and may mean something
    else.
    """

    def __init__(self, source: Values, released: Values, *, is_drawn: bool = False) -> None:
        self.source, self.released, self.is_drawn = source, released, is_drawn
        self.level: Codes = np.full(released.different, UNREAD, dtype=np.int32)
        self.key: Codes = np.zeros(released.different, dtype=np.int32)
        self.climbed: list[Codes] = []
        self.guessed: Booleans = np.zeros(released.different, dtype=bool)
        self.numbers = source.numbers()
        self.label_numbers = released.numbers()

    def unread(self) -> Integers:
        """Number the labels that nobody has read yet."""
        return np.flatnonzero(self.level == UNREAD)

    def labels(self, numbers: Integers) -> pl.Series:
        """Return some labels as text."""
        return self.released.texts.gather(numbers)

    def left_out(self) -> int:
        """Return how many rows of the source the release lacks."""
        return max(0, self.source.rows - self.released.rows)

    def is_numeric(self) -> bool:
        """Return whether the values of the source are numbers, but for a few."""
        present = int(self.source.texts.is_not_null().sum())
        return bool(np.isfinite(self.numbers).sum() >= MOSTLY * max(1, present))

    def days(self) -> Floats | None:
        """Return the source's values as days since 1970, NaN where none; None without dates."""
        texts = self.source.texts
        if isinstance(self.source.dtype, pl.Datetime):
            texts = texts.str.head(10)
        dates = texts.to_frame("").select(as_dates(pl.col(""), pl.String())).to_series()
        present = int(texts.is_not_null().sum())
        if dates.is_not_null().sum() < MOSTLY * max(1, present):
            return None
        return dates.dt.epoch("d").cast(pl.Float64).fill_null(np.nan).to_numpy()

    def anything(self, labels: Integers) -> None:
        """Let labels stand for anything."""
        self.level[labels] = ANYTHING

    def forget(self) -> None:
        """Take back what was read, but for the labels that stand for anything."""
        self.level[self.level != ANYTHING] = UNREAD
        self.climbed = []

    def put(self, labels: Integers, keys: Codes, climbed: Codes) -> None:
        """Put labels on a new level."""
        if len(labels):
            self.level[labels] = len(self.climbed)
            self.key[labels] = keys
            self.climbed.append(climbed)

    def by_text(
        self, derived: pl.Series, labels: Integers, texts: pl.Series | None = None
    ) -> "Match":
        """Match labels, or texts made from them, to texts derived from the source's values."""
        seed = randbits(64)
        wanted, known = _hashed(self.labels(labels) if texts is None else texts, seed)
        different, first, which = np.unique(wanted[known], return_index=True, return_inverse=True)
        numbers = np.argsort(np.argsort(first)).astype(np.int32)
        keys = np.full(len(labels), -1, dtype=np.int32)
        keys[known] = numbers[which]
        given, present = _hashed(derived, seed)
        climbed = np.full(len(given), -1, dtype=np.int32)
        if len(different):
            place = np.minimum(np.searchsorted(different, given), len(different) - 1)
            met = present & (different[place] == given)
            climbed[met] = numbers[place[met]]
        return Match(self, labels, keys, climbed, len(different))

    def by_interval(
        self,
        labels: Integers,
        low: Floats,
        high: Floats,
        numbers: Floats,
        *,
        open_low: Booleans | bool = False,
        open_high: Booleans | bool = False,
    ) -> None:
        """Read labels as intervals of numbers that the source's values have; empty ones are not."""
        finite = np.flatnonzero(np.isfinite(numbers))
        order = finite[np.argsort(numbers[finite], kind="stable")]
        ordered = numbers[order]
        start = np.where(
            open_low, np.searchsorted(ordered, low, "right"), np.searchsorted(ordered, low, "left")
        )
        end = np.where(
            open_high,
            np.searchsorted(ordered, high, "left"),
            np.searchsorted(ordered, high, "right"),
        )
        filled = start < end
        labels, start, end = labels[filled], start[filled], end[filled]
        if not len(labels):
            return
        spans, which = np.unique(np.stack([start, end], axis=1), axis=0, return_inverse=True)
        families = _families(spans)
        if families.max() >= MOST_LEVELS:
            spans, back = np.unique(_snapped(spans, len(ordered)), axis=0, return_inverse=True)
            which, families = back.ravel()[which.ravel()], _families(spans, len(spans))
        for family in range(int(families.max()) + 1):
            members = np.flatnonzero(families == family)
            lengths = spans[members, 1] - spans[members, 0]
            ends = np.cumsum(lengths)
            places = np.repeat(spans[members, 0] - (ends - lengths), lengths) + np.arange(ends[-1])
            climbed = np.full(len(numbers), -1, dtype=np.int32)
            climbed[order[places]] = np.repeat(members, lengths)
            here = families[which.ravel()] == family
            self.put(labels[here], which.ravel()[here].astype(np.int32), climbed)


class Match:
    """Hold how labels met values: only labels that meet one can be read so."""

    def __init__(
        self, reading: Reading, labels: Integers, keys: Codes, climbed: Codes, size: int
    ) -> None:
        self.reading, self.labels, self.keys, self.climbed = reading, labels, keys, climbed
        met = climbed >= 0
        self._rows = np.bincount(
            climbed[met], weights=reading.source.counts[met], minlength=max(1, size)
        )
        released = np.bincount(
            keys[keys >= 0],
            weights=reading.released.counts[labels[keys >= 0]],
            minlength=max(1, size),
        )
        self._released = released

    @property
    def found(self) -> Booleans:
        """Say which labels some value of the source goes to."""
        answer: Booleans = (self.keys >= 0) & (self._rows[self.keys] > 0)
        return answer

    @property
    def too_many(self) -> Booleans:
        """Say which labels stand in more rows than the values that go to them."""
        answer: Booleans = self._released[self.keys] > self._rows[self.keys]
        return answer & (not self.reading.is_drawn)

    @property
    def holds(self) -> bool:
        """Return whether all labels can be read so, as to their values and their numbers."""
        return bool(self.found.all() and not self.too_many.any())

    def accept(self, chosen: Booleans | None = None) -> None:
        """Read the labels that were found, or some of them."""
        taken = self.found if chosen is None else self.found & chosen
        self.reading.put(self.labels[taken], self.keys[taken], self.climbed)


def _hashed(texts: pl.Series, seed: int) -> tuple[NDArray[np.uint64], Booleans]:
    """Return a number for each text, and which are not null.

    Two of a million texts share one once in 10^7 times, and whoever writes them cannot choose
    which, since the seed is drawn. A join of the texts themselves takes ten times the memory.
    """
    return texts.hash(seed).to_numpy(), texts.is_not_null().to_numpy()


def _families(spans: Integers, most: int = MOST_LEVELS) -> Integers:
    """Number families of intervals, sorted by their start, that do not overlap within one.

    Past `most` families nothing is told apart any more.
    """
    families = np.zeros(len(spans), dtype=np.int64)
    if not np.any(spans[1:, 0] < np.maximum.accumulate(spans[:, 1])[:-1]):
        return families
    ends: list[tuple[int, int]] = []
    free: list[int] = []
    used = 0
    for number, (start, end) in enumerate(spans.tolist()):
        while ends and ends[0][0] <= start:
            heappush(free, heappop(ends)[1])
        if free:
            family = heappop(free)
        else:
            family, used = used, used + 1
            if used > most:
                families[number:] = used
                return families
        families[number] = family
        heappush(ends, (end, family))
    return families


def _snapped(spans: Integers, most: int) -> Integers:
    """Widen intervals to the cells of a grid half as coarse as they are long: few then overlap."""
    lengths = np.maximum(1, spans[:, 1] - spans[:, 0])
    grid = 2 ** np.maximum(0, np.floor(np.log2(lengths)).astype(np.int64) - 1)
    start = spans[:, 0] // grid * grid
    return np.stack([start, np.minimum(most, -(-spans[:, 1] // grid) * grid)], axis=1)
