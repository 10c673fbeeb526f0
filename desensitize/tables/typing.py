"""Find the type of text columns without losing a digit."""

import polars as pl

# Longer runs of digits are numbers of persons, cards or files, not amounts; floats of other
# programs would round them.
MAX_DIGITS = 15
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
    tests: list[pl.Expr] = []
    for position, name in enumerate(names):
        column = pl.col(name)
        present = column.is_not_null()
        tests.append(present.any().alias(f"{position}:present"))
        tests.append(_all(column, INTEGER).alias(f"{position}:integer"))
        tests.append(_all(column, DECIMAL).alias(f"{position}:decimal"))
        tests.append(
            column.str.extract(r"\.([0-9]*)$").str.len_chars().max().alias(f"{position}:scale")
        )
        for form, pattern in DATES.items():
            dates = column.str.to_date(form, strict=False)
            fits = _all(column, pattern) & (dates.is_not_null() | column.is_null()).all()
            tests.append(fits.alias(f"{position}:{form}"))
        for form, pattern in MOMENTS.items():
            moments = column.str.to_datetime(form, strict=False)
            fits = _all(column, pattern) & (moments.is_not_null() | column.is_null()).all()
            tests.append(fits.alias(f"{position}:{form}"))
    found = table.select(tests).collect(engine="streaming").row(0, named=True)
    return [_typed(name, position, found) for position, name in enumerate(names)]


def _all(column: pl.Expr, pattern: str) -> pl.Expr:
    return column.str.contains(pattern).all()


def _typed(name: str, position: int, found: dict[str, object]) -> pl.Expr:
    column = pl.col(name)
    if not found[f"{position}:present"]:
        return column
    if found[f"{position}:integer"]:
        return column.cast(pl.Int64)
    if found[f"{position}:decimal"]:
        scale = found[f"{position}:scale"]
        return column.cast(pl.Decimal(38, scale if isinstance(scale, int) else 0))
    for form in DATES:
        if found[f"{position}:{form}"]:
            return column.str.to_date(form)
    for form in MOMENTS:
        if found[f"{position}:{form}"]:
            return column.str.to_datetime(form)
    return column
