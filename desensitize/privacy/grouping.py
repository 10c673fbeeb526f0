"""Group coded tuples into classes quickly."""

import numpy as np

from desensitize.privacy.lattice import Booleans, Floats, Integers, Lattice, Levels

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
DENSE = 100_000
CACHED_BYTES = 256 * 2**20
# Arrays are made smaller when so much of them is no longer needed.
KEPT_SHARE = 0.6
FEW = 20_000


def grouped(keys: Integers, counts: Floats) -> tuple[Integers, Integers, Integers]:
    """Return for each key its class, and for each class its rows and a first member."""
    _, first, classes = np.unique(keys, return_index=True, return_inverse=True)
    # Exact: sums of counts stay far below 2^53.
    sizes = np.bincount(classes, weights=counts).astype(np.int64)
    return classes.astype(np.int64), sizes, first.astype(np.int64)


def grouped_within(
    keys: Integers, counts: Floats, span: int
) -> tuple[Integers, Integers, Integers]:
    """Do what `grouped` does, faster where all keys lie below a `span` that is not large."""
    if span > max(DENSE, 8 * len(keys)):
        return grouped(keys, counts)
    first = np.full(span, -1, dtype=np.int64)
    # Of equal keys the last assignment stays, so that the first key goes in last.
    first[keys[::-1]] = np.arange(len(keys) - 1, -1, -1)
    found = np.flatnonzero(first >= 0)
    numbers = np.empty(span, dtype=np.int64)
    numbers[found] = np.arange(len(found))
    classes = numbers[keys]
    sizes = np.bincount(classes, weights=counts, minlength=len(found)).astype(np.int64)
    return classes, sizes, first[found]


def possible(keys: Integers, counts: Floats, smallest: int) -> Booleans:
    """Say for each key whether its class may have `smallest` rows; False is certain.

    Keys go to buckets by multiplicative hashing (Knuth, 1998, section 6.4); a class has at most
    the rows of its bucket.
    """
    bits = max(8, len(keys).bit_length() + 1)
    buckets = ((keys.view(np.uint64) * MULTIPLIER) >> np.uint64(64 - bits)).view(np.int64)
    return np.bincount(buckets, weights=counts, minlength=1 << bits)[buckets] >= smallest


class Pool:
    """Hold the tuples that a sweep has not published yet, with keys of half nodes cached."""

    def __init__(self, lattice: Lattice, tuples: Integers) -> None:
        self.lattice = lattice
        self.tuples = tuples
        self.counts: Floats = lattice.counts[tuples].astype(np.float64)
        self.left: Booleans = np.ones(len(tuples), dtype=bool)
        self.size = len(tuples)
        self.rows = int(self.counts.sum())
        self._cache: dict[tuple[int, tuple[int, ...]], Integers] = {}

    def keys(self, node: int) -> Integers:
        """Return for each tuple a number that is the same where all labels at a node are."""
        first, second = self.lattice.split(node)
        return self._half(0, first) + self._half(1, second)

    def candidates(self, node: int, smallest: int) -> tuple[Integers, Integers]:
        """Return the places of what may lie in classes of `smallest` rows, and their keys."""
        keys = self.keys(node)
        places = np.flatnonzero(possible(keys, self.counts, smallest) & self.left)
        return places, keys[places]

    def remove(self, places: Integers) -> None:
        """Take published tuples out, and make the arrays smaller where that is worth it."""
        self.take(places)
        self.tidy()

    def take(self, places: Integers) -> None:
        """Take published tuples out; the places of the others stay."""
        self.rows -= int(self.counts[places].sum())
        self.left[places] = False
        self.counts[places] = 0.0
        self.size -= len(places)

    def tidy(self) -> None:
        """Make the arrays smaller when much of them is no longer needed: places change."""
        if self.size < KEPT_SHARE * len(self.left):
            self.tuples = self.tuples[self.left]
            self.counts = self.counts[self.left]
            self._cache = (
                {half: keys[self.left] for half, keys in self._cache.items()}
                if self.size < FEW
                else {}
            )
            self.left = np.ones(self.size, dtype=bool)

    def _half(self, half: int, levels: tuple[int, ...]) -> Integers:
        found = self._cache.get((half, levels))
        if found is None:
            found = self.lattice.half_keys(half, levels, self.tuples)
            if half == 0:
                found <<= 31
            if (len(self._cache) + 1) * found.nbytes > CACHED_BYTES:
                self._cache.clear()
            self._cache[half, levels] = found
        return found


def label_classes(lattice: Lattice, levels: Levels, tuples: Integers) -> tuple[Integers, int]:
    """Return for tuples published at `levels` (one row each) the class of those with the same
    labels, whatever level they come from, and the number of classes.
    """
    classes = np.zeros(len(tuples), dtype=np.int64)
    nothing = np.zeros(len(tuples), dtype=np.float64)
    count = 1
    for position, column in enumerate(lattice.columns):
        keys = classes * len(column.labels) + column.codes[levels[:, position], tuples]
        classes, sizes, _ = grouped_within(keys, nothing, count * len(column.labels))
        count = len(sizes)
    return classes, count
