"""Write tables for people's spreadsheets."""

import re
from pathlib import Path

import polars as pl

# What spreadsheets take for the start of a formula (OWASP, CSV injection).
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"


def write_csv(table: Path, target: Path) -> None:
    """Write a Parquet file as CSV; a text that a spreadsheet would run gets an apostrophe.

    So does a name of a column. Numbers keep their sign.
    """
    frame = pl.scan_parquet(table)
    columns = [
        (neutralized(pl.col(name)) if dtype == pl.String else pl.col(name)).alias(_head(name))
        for name, dtype in frame.collect_schema().items()
    ]
    frame.select(columns).sink_csv(target)


def _head(name: str) -> str:
    return "'" + name if re.match(FORMULA, name) else name


def neutralized(text: pl.Expr) -> pl.Expr:
    """Put an apostrophe before each text that starts like a formula."""
    return (
        pl.when(text.str.contains(FORMULA)).then(pl.concat_str(pl.lit("'"), text)).otherwise(text)
    )
