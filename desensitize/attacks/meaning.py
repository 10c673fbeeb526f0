"""What the cells of a release can mean, in terms of the values of its source."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from desensitize.attacks.contract import Release
from desensitize.attacks.origins import LEAST_LABELS, find_origins
from desensitize.attacks.pairs import exact_ends, is_pair
from desensitize.attacks.readers import Reading
from desensitize.attacks.readings import read_labels
from desensitize.attacks.reasons import UNKNOWN_ORIGIN, UNREAD_CELLS, Reason
from desensitize.attacks.values import (
    Booleans,
    Codes,
    Floats,
    Rows,
    Values,
    encode_bounds,
    encode_columns,
)
from desensitize.policy import ColumnRule

ANYTHING = -1


@dataclass(frozen=True)
class Meaning:
    """Say which values of a source column each label of a released column can stand for.

    Label r can stand for value s when `level[r]` is ANYTHING, or `climbed[level[r], s]` equals
    `key[r]`. On one level each value thus stands under one label at most, as in a hierarchy.
    `unread` counts the rows whose label could not be read, and counts as anything, or was guessed.
    """

    source: Values
    released: Values
    level: Codes
    key: Codes
    climbed: Codes
    unread: int = 0

    @property
    def column(self) -> str:
        """Name the released column."""
        return self.released.column

    def fits(self, source_rows: Rows, released_rows: Rows) -> Booleans:
        """Say for pairs of rows whether the released cell can stand for the source's value."""
        labels = self.released.codes[released_rows]
        levels, size = self.level[labels], self.source.different
        free = levels == ANYTHING
        if not len(self.climbed):
            return np.broadcast_to(free, np.broadcast_shapes(free.shape, source_rows.shape))
        # One lookup in a flat table is several times as fast as one by two numbers.
        places = np.where(free, 0, levels) * size + self.source.codes[source_rows]
        held = self.climbed.ravel().take(places)
        answer: Booleans = held == self.key[labels]
        return answer | free if free.any() else answer

    @property
    def first(self) -> Codes:
        """Number the value of each row of the source."""
        return self.source.codes

    @property
    def second(self) -> Codes:
        """Number the label of each row of the release."""
        return self.released.codes

    def shares(self) -> Floats:
        """Return for each label the share of the source's rows that it can stand for."""
        shares = np.ones(len(self.level))
        for number, row in enumerate(self.climbed):
            here = self.level == number
            known = row >= 0
            size = max(int(row.max(initial=0)), int(self.key.max(initial=0))) + 1
            rows = np.bincount(row[known], weights=self.source.counts[known], minlength=size)
            shares[here] = rows[self.key[here]] / max(1, self.source.rows)
        return shares


@dataclass(frozen=True)
class Readable:
    """Hold a release as it can be read: the meaning of its columns, and what has none.

    `source` holds every column of the source, `released` each released one by its name.
    """

    source: Mapping[str, Values]
    released: Mapping[str, Values]
    meanings: Mapping[str, Meaning]
    not_read: tuple[Reason, ...]

    @property
    def source_rows(self) -> int:
        """Return the number of rows of the source."""
        return next(iter(self.source.values())).rows

    @property
    def released_rows(self) -> int:
        """Return the number of rows of the release."""
        return next(iter(self.released.values())).rows


def read_release(release: Release, source: Mapping[str, Values] | None = None) -> Readable:
    """Read the columns of a release against those of its source, which may have been read before.

    Raises:
        TableError: `unreadable-table`.
        DesensitizeError: `bad-hierarchy`.
    """
    source = encode_columns(release.source) if source is None else source
    released = encode_columns(release.released)
    origins, bounds = find_origins(source, released)
    for origin, (low, high) in bounds.items():
        hierarchy = release.hierarchies.get(origin)
        if not is_pair(source[origin], released[low], released[high], hierarchy):
            # What is no interval may be the value itself; of two that may be, nobody knows which.
            exact = exact_ends(source[origin], released[low], released[high])
            origins |= dict.fromkeys(exact if len(exact) == 1 else (), origin)
            continue
        joined = encode_bounds(release.released, f"{low}, {high}", low, high)
        released = {name: one for name, one in released.items() if name not in (low, high)}
        released[joined.column] = joined
        origins[joined.column] = origin
    meanings: dict[str, Meaning] = {}
    not_read: list[Reason] = []
    for name, labels in released.items():
        meaning = (
            read_column(source[origins[name]], labels, release, origins[name])
            if name in origins
            else _guessed(source, labels, release, set(origins.values()))
        )
        if meaning is None:
            if labels.different > 1:
                not_read.append(UNKNOWN_ORIGIN(column=name))
            continue
        meanings[name] = meaning
        if meaning.unread:
            not_read.append(UNREAD_CELLS(rows=meaning.unread, column=name))
    return Readable(source, released, meanings, tuple(not_read))


def read_column(source: Values, released: Values, release: Release, origin: str) -> Meaning:
    """Read the labels of one released column against the values of its origin.

    Raises:
        DesensitizeError: `bad-hierarchy`.
    """
    rule = _rule(release, origin)
    reading = Reading(source, released, is_drawn=release.is_synthetic)
    read_labels(reading, rule, release.hierarchies.get(origin))
    return _meaning(reading)


def _guessed(
    source: Mapping[str, Values], labels: Values, release: Release, used: set[str]
) -> Meaning | None:
    """Return the meaning of a renamed column of many labels, all of them parts of values."""
    if labels.different < LEAST_LABELS:
        return None
    for origin, values in source.items():
        if origin not in used and values.different >= labels.different / 2:
            meaning = read_column(values, labels, release, origin)
            shares = meaning.shares()
            if not meaning.unread and np.mean(shares) <= 10 / max(1, values.different):
                return meaning
    return None


def _meaning(reading: Reading) -> Meaning:
    unread = reading.unread()
    rows = int(
        reading.released.counts[unread].sum() + reading.released.counts[reading.guessed].sum()
    )
    level = reading.level.copy()
    level[unread] = ANYTHING
    climbed = (
        np.stack(reading.climbed)
        if reading.climbed
        else np.zeros((0, reading.source.different), dtype=np.int32)
    )
    return Meaning(reading.source, reading.released, level, reading.key, climbed, rows)


def _rule(release: Release, column: str) -> ColumnRule | None:
    rules = release.policy.columns if release.policy is not None else ()
    return next((rule for rule in rules if rule.name == column), None)
