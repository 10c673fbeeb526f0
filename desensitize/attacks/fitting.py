"""Say which released labels can stand for which values, and which rows for which persons."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.privacy.hierarchy import ANYTHING, Hierarchy

Booleans = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

UNTOLD = -2
"""The number of a sensitive value that is hidden."""

NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?"
BRACKETS = re.compile(rf"^([\[(])\s*({NUMBER})\s*,\s*({NUMBER})\s*([\])])$")
DASH = re.compile(rf"^({NUMBER})\s*(?:-|–|~)\s*({NUMBER})$")
PERIOD = re.compile(r"^([0-9]{3})0s$|^([0-9]{4}(?:-[0-9]{2})?)$")
HIDDEN = re.compile(r"\*|[^*]+")


class Labels:
    """Read the labels of one released column."""

    def __init__(self, labels: Sequence[str | None], hierarchy: Hierarchy | None) -> None:
        self.labels = pl.Series(list(labels), dtype=pl.String)
        self.under: dict[str, set[str]] = {}
        for row in hierarchy.rows if hierarchy is not None else ():
            for label in row[1:]:
                self.under.setdefault(label, set()).add(row[0])

    def fit(self, values: pl.Series) -> Booleans:
        """Return a line for each label, true where it can stand for the value of the column.

        “*” stands for anything, and so does nothing at all where no value is missing. An interval
        stands for the numbers within it, the beginning of a date for its days, and “31**” for what
        has other characters there.
        """
        numbers = values.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
        texts = values.to_list()
        found = np.zeros((len(self.labels), len(values)), dtype=bool)
        places: dict[str | None, list[int]] = {}
        for place, text in enumerate(texts):
            places.setdefault(text, []).append(place)
        for line, label in enumerate(self.labels.to_list()):
            if label is None:
                found[line] = True if None not in places else [text is None for text in texts]
                continue
            if label == ANYTHING:
                found[line] = True
                continue
            found[line, places.get(label, [])] = True
            for value in self.under.get(label, ()):
                found[line, places.get(value, [])] = True
            if label not in self.under:
                found[line] |= self._read(label, values, numbers)
        return found

    def unread(self, known: pl.Series) -> Booleans:
        """Say which labels are no values of the source and say nothing that can be read."""
        unknown = ~self.labels.is_in(known.implode()).fill_null(True).to_numpy()
        for line in np.flatnonzero(unknown):
            label = self.labels[int(line)]
            unknown[line] = label != ANYTHING and label not in self.under and not _can_read(label)
        return unknown

    def _read(self, label: str, values: pl.Series, numbers: npt.NDArray[np.float64]) -> Booleans:
        if period := PERIOD.match(label):
            start = period.group(1) or f"{period.group(2)}-"
            return _true(values.str.starts_with(start))
        if bounds := _bounds(label):
            low, high, opens, closes = bounds
            above = numbers > low if opens else numbers >= low
            below = numbers < high if closes else numbers <= high
            inside: Booleans = above & below
            return inside
        if ANYTHING in label:
            parts = HIDDEN.findall(label)
            pattern = "".join("." if part == ANYTHING else re.escape(part) for part in parts)
            return _true(values.str.contains(f"^{pattern}$"))
        if re.fullmatch(NUMBER, label):
            equal: Booleans = numbers == float(label)
            return equal
        return np.zeros(len(values), dtype=bool)


def _can_read(label: str) -> bool:
    return bool(_bounds(label) or PERIOD.match(label) or ANYTHING in label)


def _bounds(label: str) -> tuple[float, float, bool, bool] | None:
    if found := BRACKETS.match(label):
        left, low, high, right = found.groups()
        return float(low), float(high), left == "(", right == ")"
    if found := DASH.match(label):
        return float(found.group(1)), float(found.group(2)), False, False
    return None


def _true(flags: pl.Series) -> Booleans:
    answer: Booleans = flags.fill_null(False).to_numpy()
    return answer


@dataclass(frozen=True)
class Side:
    """Hold the classes of one release by the known columns, and the cells that lie in each.

    Cell i of `cells` lies in class `owner[i]`, carries what links as `link[i]` and a number of all
    sensitive values, stands for `rows[i]` rows, and says in `oftener[i]` whether its release has
    more rows that carry this than the other one.
    """

    known: tuple[str, ...]
    classes: pl.DataFrame
    labels: Mapping[str, Labels]
    codes: Mapping[str, Integers]
    starts: Integers
    link: Integers
    rows: Integers
    oftener: Booleans
    sensitive: Mapping[str, Integers]

    @property
    def most(self) -> int:
        """Return how many classes there are, or how many cells in one of them if that is more."""
        return max(1, self.classes.height, int(np.diff(self.starts).max(initial=0)))


@dataclass(frozen=True)
class Fitting:
    """Hold for some persons the cells of a release that fit them."""

    side: Side
    persons: int
    person: Integers
    cell: Integers

    @classmethod
    def of(cls, side: Side, persons: pl.DataFrame) -> "Fitting":
        """Find what fits."""
        fits = np.ones((persons.height, side.classes.height), dtype=bool)
        for name in side.known:
            values = persons[name].unique(maintain_order=True)
            order = pl.int_range(len(values), dtype=pl.Int64, eager=True)
            places = persons[name].replace_strict(values, order).to_numpy()
            means = side.labels[name].fit(values)
            fits &= means.T[:, side.codes[name]][places]
        person, owner = np.nonzero(fits)
        lengths = side.starts[owner + 1] - side.starts[owner]
        ends = np.cumsum(lengths)
        cells = np.repeat(side.starts[owner] - (ends - lengths), lengths)
        cells += np.arange(len(cells))
        return cls(side, persons.height, np.repeat(person, lengths), cells)

    def met_in(self, other: "Fitting") -> npt.NDArray[np.bool_]:
        """Say which cells carry what some fitting cell of the other release carries."""
        room = 1 + max(self.side.link.max(initial=0), other.side.link.max(initial=0))
        mine = self.person * room + self.side.link[self.cell]
        return np.isin(mine, other.person * room + other.side.link[other.cell])

    def missed_by(self, other: "Fitting", exact: Integers, own: Integers) -> Booleans:
        """Say which cells can be those of persons whom the other release was made without.

        Who fits no row there was left out of it, so that the own row is among those of which the
        other release has fewer. That is told rightly, and counts, only where a person's own values
        (`own`, numbered as `exact` has them by link) stand in such a row.
        """
        missing = (other.total() == 0)[self.person]
        kept: Booleans = missing & self.side.oftener[self.cell]
        right = kept & (exact[self.side.link[self.cell]] == own[self.person])
        found = np.bincount(self.person[right], minlength=self.persons) > 0
        kept &= found[self.person]
        return kept

    def total(self, kept: npt.NDArray[np.bool_] | None = None) -> Floats:
        """Count for each person the rows that fit."""
        rows = self.side.rows[self.cell] if kept is None else self.side.rows[self.cell] * kept
        return np.bincount(self.person, rows, minlength=self.persons).astype(np.float64)

    def sure(self, column: str, kept: npt.NDArray[np.bool_] | None = None) -> Floats:
        """Say for each person, by 1 or 0, whether all rows that fit carry one value."""
        value = self.side.sensitive[column][self.cell]
        person = self.person
        if kept is not None:
            value, person = value[kept], person[kept]
        single = self.side.sensitive[column]
        if not len(single) or single.max() == single.min():
            # One value in all rows: nothing is learned from those that fit.
            return np.zeros(self.persons)
        low = np.full(self.persons, np.iinfo(np.int64).max)
        high = np.full(self.persons, -1)
        np.minimum.at(low, person, value)
        np.maximum.at(high, person, value)
        sure: Floats = ((low == high) & (low != UNTOLD)).astype(np.float64)
        return sure
