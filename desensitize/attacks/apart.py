"""Compare all rows of two tables: whether anybody may stand in both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow.parquet as pq

from desensitize.attacks.digests import Digests, cell_digests
from desensitize.attacks.people import BATCH_ROWS, keys_of
from desensitize.errors import TableError

NUMBERS: Mapping[str, int] = {
    "CN_ID": 0,
    "CN_MOBILE": 11,
    "PHONE": 9,
    "BANK_CARD": 0,
    "IBAN": 0,
    "CN_PASSPORT": 0,
    "HK_MO_TW_ID": 0,
    "US_SSN": 0,
    "EMAIL": 0,
}
"""Kinds of numbers that one person alone has, and how many characters at the end count; 0 is all.

A telephone number is the same with and without the code of its country.
"""
LEAST_LENGTH = 7
"""Shorter ones are nobody's number."""
ID_LENGTH = 18
FILLED = 0.95
"""The share of rows that have a number, from which people are compared by it."""
ALIKE = 0.5
"""The share of cells that stand in a column of the other table, from which both say the same."""
MOST_ALIKE = 1
"""With more such columns persons are found by what is said of them, whatever their numbers are."""
MOST_CELLS = 20_000_000
"""A smaller table of more cells is not held in memory, and nothing is said of it."""


@dataclass(frozen=True)
class People:
    """Name a table about people: its Parquet file, and by what its people are told apart.

    `kinds` has by column which kind of number a detector recognized, `person` the column that tells
    persons apart.
    """

    path: Path
    kinds: Mapping[str, str]
    person: str | None = None


@dataclass(frozen=True)
class Compared:
    """Say whether somebody may stand in both tables, and by which kinds of numbers that was asked.

    Without a kind that both have, nothing common proves nothing.
    """

    is_common: bool
    kinds: tuple[str, ...] = ()

    @property
    def are_apart(self) -> bool:
        """Return whether it is shown that nobody stands in both."""
        return bool(self.kinds) and not self.is_common


@dataclass
class _Rows:
    """Hold the digests of some rows of a table: of its cells, and of its numbers written bare."""

    cells: Mapping[str, Digests]
    bare: Mapping[str, Digests]
    keys: tuple[str, ...]

    def rows(self) -> Digests:
        """Return what stands for rows, whole and without each of their cells, ascending."""
        stacked = np.column_stack(list(self.cells.values()))
        whole = stacked.sum(axis=1, dtype=np.uint64)
        # What nothing is left of is nobody's row.
        return _different([whole, (whole[:, None] - stacked).reshape(-1)])

    def named(self) -> Digests:
        """Return what tells its people apart, ascending."""
        return _different([*(self.cells[name] for name in self.keys), *self.bare.values()])

    def said(self) -> dict[str, Digests]:
        """Return what each other column says."""
        told_apart = {*self.keys, *self.bare}
        return {name: cells for name, cells in self.cells.items() if name not in told_apart}


@dataclass
class _Said:
    """Count in which cells of a column the columns of another table say the same."""

    values: Digests
    often: npt.NDArray[np.int64]
    met: dict[str, npt.NDArray[np.bool_]] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Digests) -> "_Said":
        """Return what a column says, nothing met yet."""
        return cls(*np.unique(cells[cells != 0], return_counts=True))

    def meet(self, name: str, cells: Digests) -> None:
        """Take in some cells of a column of the other table."""
        there = np.isin(self.values, cells)
        self.met[name] = self.met[name] | there if name in self.met else there

    @property
    def is_alike(self) -> bool:
        """Return whether a column says of most what this one says; one value alone says nothing."""
        least = ALIKE * self.often.sum()
        return len(self.values) > 1 and any(
            self.often[one].sum() >= least for one in self.met.values()
        )


def compare_people(one: People, other: People, *, key: bytes) -> Compared:
    """Compare all rows of two tables by the digests of which sketches keep a part.

    Somebody may stand in both where a row, a row but for a cell, or what tells persons apart is the
    same; numbers are compared however they are written. That nobody does is said only where both
    tables have numbers of one kind in nearly all rows and say nothing else of their people that is
    the same: a number that was made up would else hide somebody. `key` has 16, 24 or 32 bytes;
    nothing of the tables is kept.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        small, large = sorted((one, other), key=lambda each: _shape_of(each.path)[0])
        rows, columns = _shape_of(small.path)
        if not 0 < rows * (columns + 1) <= MOST_CELLS:
            return Compared(is_common=False)
        return _compared(small, large, key)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def _shape_of(path: Path) -> tuple[int, int]:
    table = pl.scan_parquet(path)
    return int(table.select(pl.len()).collect().item()), len(table.collect_schema())


def _compared(small: People, large: People, key: bytes) -> Compared:
    keys = [tuple(keys_of(each.path, each.person)) for each in (small, large)]
    table = pl.read_parquet(small.path)
    held = _read(table, small, keys[0], key)
    rows, named = held.rows(), held.named()
    said = [_Said.of(cells) for cells in held.said().values()]
    filled, count = dict.fromkeys(_numbers(large), 0), 0
    with pq.ParquetFile(large.path) as file:
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            part = pl.DataFrame(batch)
            read = _read(part, large, keys[1], key)
            if _meet(read.rows(), rows) or _meet(read.named(), named):
                return Compared(is_common=True)
            for name, cells in read.said().items():
                for one in said:
                    one.meet(name, cells)
            for name, more in _filled(part, large).items():
                filled[name] += more
            count += part.height
    if sum(one.is_alike for one in said) > MOST_ALIKE:
        return Compared(is_common=False)
    both = _kinds(_filled(table, small), small, table.height) & _kinds(filled, large, count)
    return Compared(is_common=False, kinds=tuple(sorted(both)))


def _read(table: pl.DataFrame, people: People, keys: tuple[str, ...], key: bytes) -> _Rows:
    named = dict.fromkeys((*keys, *_numbers(people)))
    return _Rows(
        cells={column.name: cell_digests(column, key) for column in table},
        bare={
            name: cell_digests(bare(table[name], people.kinds.get(name, "")), key) for name in named
        },
        keys=keys,
    )


def bare(cells: pl.Series, kind: str) -> pl.Series:
    """Write numbers without what only shapes them: signs, blanks, case, the code of a country.

    Of a Chinese ID number of 18 characters what one of 15 says. What is too short is null, and so
    is, where no detector recognized numbers, what is said in words: digits in it are nobody's.
    """
    if cells.dtype.is_float():
        cells = cells.cast(pl.Int64, strict=False)
    texts = cells.cast(pl.String).str.normalize("NFKC").str.to_lowercase()
    if kind not in NUMBERS:
        texts = texts.set(texts.str.contains(r"[\p{L}--[a-z]]").fill_null(False), None)
    texts = texts.str.replace(r"\.0+$", "").str.replace_all(r"[^0-9a-z]", "")
    if kind == "CN_ID":
        whole = (texts.str.len_chars() == ID_LENGTH).fill_null(False)
        short = texts.str.slice(0, 6) + texts.str.slice(8, 9)
        texts = pl.select(pl.when(whole).then(short).otherwise(texts)).to_series()
    if last := NUMBERS.get(kind, 0):
        texts = texts.str.tail(last)
    return texts.set((texts.str.len_chars() < LEAST_LENGTH).fill_null(True), None)


def _numbers(people: People) -> list[str]:
    return [name for name, kind in people.kinds.items() if kind in NUMBERS]


def _filled(table: pl.DataFrame, people: People) -> dict[str, int]:
    """Count the rows that have a number, by column."""
    return {
        name: int(bare(table[name], people.kinds[name]).is_not_null().sum())
        for name in _numbers(people)
    }


def _kinds(filled: Mapping[str, int], people: People, rows: int) -> set[str]:
    """Name the kinds of numbers that nearly all rows have."""
    return {people.kinds[name] for name, count in filled.items() if count >= FILLED * rows}


def _different(parts: Sequence[Digests]) -> Digests:
    """Return all digests once, ascending, but that of nothing."""
    found = np.unique(np.concatenate([np.zeros(1, dtype=np.uint64), *parts]))
    return found[1:]


def _meet(some: Digests, others: Digests) -> bool:
    """Return whether two ascending sets have one in common."""
    if not len(others):
        return False
    places = np.minimum(np.searchsorted(others, some), len(others) - 1)
    return bool((others[places] == some).any())
