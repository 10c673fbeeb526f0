"""Find the type of text columns without losing a digit."""

import polars as pl

HEAD_ROWS = 1_000
# Runs of more than 15 digits are numbers of persons, cards or files, not amounts; floats of other
# programs would round them.
INTEGER = r"^(?:0|-?[1-9][0-9]{0,14})$"
DECIMAL = r"^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,10})?$"
DATES = {
    "%Y-%m-%d": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "%Y/%m/%d": r"^[0-9]{4}/[0-9]{2}/[0-9]{2}$",
}
MOMENTS = {
    "%Y-%m-%d %H:%M:%S": r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$",
    "%Y-%m-%dT%H:%M:%S": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$",
}


def typed_columns(table: pl.LazyFrame) -> list[pl.Expr]:
    """Answer one expression a text column: typed where every value survives exactly, else text.

    Leading zeros, long numbers, scientific notation and mixed date forms stay text. A decimal
    column gets the scale of its longest value.
    """
    names = table.collect_schema().names()
    tests: dict[str, pl.Expr] = {}
    for position, name in enumerate(names):
        tests |= {f"{position}:{test}": passes for test, passes in _tests(pl.col(name)).items()}
    # The head rules most types out, so that the whole is tested for few.
    found = _results(table.head(HEAD_ROWS), tests)
    found |= _results(table, {test: tests[test] for test, passed in found.items() if passed})
    scales = {
        str(position): pl.col(name).str.extract(r"\.([0-9]*)$").str.len_chars().max()
        for position, name in enumerate(names)
        if found[f"{position}:decimal"] and not found[f"{position}:integer"]
    }
    scale = _results(table, scales)
    return [
        _typed(pl.col(name), f"{position}:", found, scale.get(str(position)))
        for position, name in enumerate(names)
    ]


def _results(table: pl.LazyFrame, tests: dict[str, pl.Expr]) -> dict[str, int | bool]:
    if not tests:
        return {}
    expressions = [passes.alias(test) for test, passes in tests.items()]
    return table.select(expressions).collect(engine="streaming").row(0, named=True)


def _tests(column: pl.Expr) -> dict[str, pl.Expr]:
    tests = {"integer": _all(column, INTEGER), "decimal": _all(column, DECIMAL)}
    for form, pattern in DATES.items():
        read = column.str.to_date(form, strict=False)
        tests[form] = _all(column, pattern) & (read.is_not_null() | column.is_null()).all()
    for form, pattern in MOMENTS.items():
        read = column.str.to_datetime(form, strict=False)
        tests[form] = _all(column, pattern) & (read.is_not_null() | column.is_null()).all()
    return tests


def _all(column: pl.Expr, pattern: str) -> pl.Expr:
    return column.str.contains(pattern).all()


def _typed(
    column: pl.Expr, prefix: str, found: dict[str, int | bool], scale: int | None
) -> pl.Expr:
    passed = [test for test in (*DATES, *MOMENTS, "integer", "decimal") if found[prefix + test]]
    if len(passed) > 2:
        # Only a column without any value passes for dates and numbers at once.
        return column
    if "integer" in passed:
        return column.cast(pl.Int64)
    if "decimal" in passed:
        return column.cast(pl.Decimal(38, scale or 0))
    if passed and passed[0] in DATES:
        return column.str.to_date(passed[0])
    if passed:
        return column.str.to_datetime(passed[0])
    return column
