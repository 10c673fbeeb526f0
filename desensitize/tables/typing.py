"""Find the type of text columns without losing a digit."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

HEAD_ROWS = 1_000
# Runs of more than 15 digits are numbers of persons, cards or files, not amounts; floats of other
# programs would round them.
INTEGER = r"^(?:0|-?[1-9][0-9]{0,14})$"
DECIMAL = r"^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,%d})?$"
LONGEST_SCALE = 10
DATES = {
    "%Y-%m-%d": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "%Y/%m/%d": r"^[0-9]{4}/[0-9]{2}/[0-9]{2}$",
}
MOMENTS = {
    "%Y-%m-%d %H:%M:%S": r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$",
    "%Y-%m-%dT%H:%M:%S": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$",
}
TESTS = (*DATES, *MOMENTS, "integer", "decimal")
BLANK = "blank"
TEXT = "text"


@dataclass(frozen=True)
class _Types:
    """Hold the kind of each column, and the digits behind the point of those that are decimal."""

    kinds: dict[str, str]
    scales: dict[str, int]

    @property
    def columns(self) -> list[pl.Expr]:
        return [_typed(name, kind, self.scales[name]) for name, kind in self.kinds.items()]

    @property
    def tests(self) -> list[pl.Expr]:
        asked = {
            name: TESTS if kind == BLANK else (kind,)
            for name, kind in self.kinds.items()
            if kind != TEXT
        }
        return _tests(asked, self.scales)

    def hold(self, passed: dict[str, bool]) -> bool:
        return all(
            _type(passed, name) == BLANK if kind == BLANK else passed[f"{kind}:{name}"]
            for name, kind in self.kinds.items()
            if kind != TEXT
        )


def write_typed(table: pl.LazyFrame, target: Path) -> None:
    """Write text columns as Parquet, each typed where every value survives exactly, else as text.

    Leading zeros, long numbers, scientific notation and mixed date forms stay text. A decimal
    column gets the scale of its longest value. The types of the first rows are taken for those of
    the whole and tested while it is written; only where that fails is it read again.
    """
    guessed, candidates = _guessed(table)
    written = table.select(guessed.columns).sink_parquet(target, statistics=True, lazy=True)
    # One reading of the file feeds both.
    tests = table.select(guessed.tests) if guessed.tests else pl.LazyFrame({"": [None]})
    _, results = pl.collect_all([written, tests], engine="streaming")
    if not guessed.hold(results.row(0, named=True)):
        types = _read_types(table, candidates)
        table.select(types.columns).sink_parquet(target, statistics=True)


def typed(table: pl.LazyFrame) -> pl.LazyFrame:
    """Return the query with its text columns typed as `write_typed` would write them.

    Reads the whole table to know, and every column of it, so that collecting the answer meets no
    byte that this has not met.
    """
    guessed, candidates = _guessed(table)
    met = [pl.col(name).null_count().alias(f"nulls:{name}") for name in guessed.kinds]
    results = table.select(*guessed.tests, *met).collect(engine="streaming")
    holds = guessed.hold(results.row(0, named=True))
    return table.select((guessed if holds else _read_types(table, candidates)).columns)


def _guessed(table: pl.LazyFrame) -> tuple[_Types, dict[str, tuple[str, ...]]]:
    # From the first rows, with the tests that each column may still pass as a whole.
    names = table.collect_schema().names()
    every = dict.fromkeys(names, TESTS)
    head = table.head(HEAD_ROWS).collect().lazy()
    found = _found(head, every)
    types = _Types({name: _type(found, name) for name in names}, _scales(head, every))
    return types, {name: _passed(found, name) for name in names}


def _read_types(table: pl.LazyFrame, candidates: dict[str, tuple[str, ...]]) -> _Types:
    found = _found(table, candidates)
    numbers = {name: tests for name, tests in candidates.items() if "decimal" in tests}
    scales = dict.fromkeys(candidates, 0) | _scales(table, numbers)
    return _Types({name: _type(found, name) for name in candidates}, scales)


def _found(table: pl.LazyFrame, candidates: dict[str, tuple[str, ...]]) -> dict[str, bool]:
    scales = dict.fromkeys(candidates, LONGEST_SCALE)
    tests = _tests(candidates, scales)
    return table.select(tests).collect(engine="streaming").row(0, named=True) if tests else {}


def _scales(table: pl.LazyFrame, candidates: dict[str, tuple[str, ...]]) -> dict[str, int]:
    lengths = [
        pl.col(name).str.extract(r"\.([0-9]{1,10})$").str.len_chars().max() for name in candidates
    ]
    if not lengths:
        return {}
    longest = table.select(lengths).collect(engine="streaming").row(0, named=True)
    return {name: scale or 0 for name, scale in longest.items()}


def _tests(candidates: dict[str, tuple[str, ...]], scales: dict[str, int]) -> list[pl.Expr]:
    return [
        _test(pl.col(name), test, scales[name]).alias(f"{test}:{name}")
        for name, tests in candidates.items()
        for test in tests
    ]


def _test(column: pl.Expr, test: str, scale: int) -> pl.Expr:
    if test == "integer":
        return column.str.contains(INTEGER).all()
    if test == "decimal":
        # With no digit behind the point the form of whole numbers is left.
        return column.str.contains(DECIMAL % scale if scale else INTEGER).all()
    if test in DATES:
        read = column.str.to_date(test, strict=False)
        return column.str.contains(DATES[test]).all() & _reads_all(column, read)
    read = column.str.to_datetime(test, strict=False)
    return column.str.contains(MOMENTS[test]).all() & _reads_all(column, read)


def _reads_all(column: pl.Expr, read: pl.Expr) -> pl.Expr:
    return read.null_count() == column.null_count()


def _passed(found: dict[str, bool], name: str) -> tuple[str, ...]:
    return tuple(test for test in TESTS if found.get(f"{test}:{name}"))


def _type(found: dict[str, bool], name: str) -> str:
    passed = _passed(found, name)
    if len(passed) > 2:
        # Only a column without any value passes for dates and numbers at once.
        return BLANK
    return passed[0] if passed else TEXT


def _typed(name: str, kind: str, scale: int) -> pl.Expr:
    column = pl.col(name)
    if kind == "integer":
        return column.cast(pl.Int64, strict=False)
    if kind == "decimal":
        return column.cast(pl.Decimal(38, scale), strict=False)
    if kind in DATES:
        return column.str.to_date(kind, strict=False)
    if kind in MOMENTS:
        return column.str.to_datetime(kind, strict=False)
    return column
