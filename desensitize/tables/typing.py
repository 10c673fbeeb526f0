"""Find the type of text columns without losing a digit."""

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


def write_typed(table: pl.LazyFrame, target: Path) -> None:
    """Write text columns as Parquet, each typed where every value survives exactly, else as text.

    Leading zeros, long numbers, scientific notation and mixed date forms stay text. A decimal
    column gets the scale of its longest value. The types of the first rows are taken for those of
    the whole and tested while it is written; only where that fails is it read again.
    """
    names = table.collect_schema().names()
    every = dict.fromkeys(names, TESTS)
    head = table.head(HEAD_ROWS).collect().lazy()
    found, scales = _found(head, every), _scales(head, every)
    guessed = {name: _type(found, name) for name in names}
    open_tests = {
        name: TESTS if kind == BLANK else (kind,) for name, kind in guessed.items() if kind != TEXT
    }
    written = table.select(
        _typed(name, guessed[name], scales[name]) for name in names
    ).sink_parquet(target, statistics=True, lazy=True)
    # One reading of the file feeds both.
    tests = table.select(_tests(open_tests, scales)) if open_tests else pl.LazyFrame({"": [None]})
    _, results = pl.collect_all([written, tests], engine="streaming")
    passed = results.row(0, named=True)
    if all(_holds(passed, name, kind) for name, kind in guessed.items() if kind != TEXT):
        return
    _write_after_reading(table, target, {name: _passed(found, name) for name in names})


def _holds(passed: dict[str, bool], name: str, kind: str) -> bool:
    if kind == BLANK:
        return _type(passed, name) == BLANK
    return passed[f"{kind}:{name}"]


def _write_after_reading(
    table: pl.LazyFrame, target: Path, candidates: dict[str, tuple[str, ...]]
) -> None:
    found = _found(table, candidates)
    numbers = {name: tests for name, tests in candidates.items() if "decimal" in tests}
    scales = dict.fromkeys(candidates, 0) | _scales(table, numbers)
    table.select(
        _typed(name, _type(found, name), scales[name]) for name in candidates
    ).sink_parquet(target, statistics=True)


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
