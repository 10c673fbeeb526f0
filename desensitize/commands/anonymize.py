"""`anonymize`: generalize until every class is large enough."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import monotonic

import polars as pl

from desensitize.commands.answering import add_json, print_json, terminal_progress
from desensitize.commands.files import RESULT, add_files, names, opened, write_table
from desensitize.engines import run_policy
from desensitize.errors import DesensitizeError, nearest
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import METHODS, load_hierarchy
from desensitize.risk import measure

HELP = "generalize until classes are large enough"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add_files(parser)
    parser.add_argument("--qi", required=True, help="quasi-identifiers, parted by commas")
    parser.add_argument(
        "--hierarchies", type=Path, help="folder of files *_hierarchy_COLUMN.csv in ARX's form"
    )
    parser.add_argument("--k", type=int, default=5, help="smallest class (5)")
    parser.add_argument(
        "--suppression", type=float, default=1.0, help="share of rows that may be removed (1.0)"
    )
    parser.add_argument("--method", choices=METHODS, default="sweep")
    add_json(parser)


def run(given: Namespace) -> None:
    """Generalize the quasi-identifiers and keep every other column."""
    started = monotonic()
    quasi_identifiers = names(given.qi)
    if not quasi_identifiers:
        raise DesensitizeError("no_quasi_identifiers")
    with opened(given.source) as (table, work):
        columns = pl.read_parquet_schema(table)
        for name in quasi_identifiers:
            if name not in columns:
                raise DesensitizeError(
                    "unknown_column", column=name, nearest=nearest(name, columns)
                )
        column_rules = [
            ColumnRule(name, "quasi", "generalize", _hierarchy(given.hierarchies, name))
            if name in quasi_identifiers
            else ColumnRule(name, "other", "keep")
            for name in columns
        ]
        rules = Policy(tuple(column_rules), given.k, given.suppression, given.method)
        plain = work / RESULT
        progress = terminal_progress()
        result = run_policy(table, plain, rules, keys=None, work=work, progress=progress)
        write_table(plain, given.target)
        figures = measure(plain, quasi_identifiers=quasi_identifiers)
    answer = {
        "method": given.method,
        "k": given.k,
        "loss": result.loss,
        "classes": figures.classes,
        "smallest_class": figures.smallest_class,
        "suppressed_rows": result.suppressed_rows,
        "seconds": round(monotonic() - started, 3),
    }
    if given.json:
        print_json(answer)
    else:
        print(
            f"{figures.rows} rows in {figures.classes} classes of at least "
            f"{figures.smallest_class}; loss {result.loss:.4f}."
        )


def _hierarchy(folder: Path | None, column: str) -> dict[str, object]:
    if folder is None:
        return {}
    files = sorted(folder.glob(f"*_hierarchy_{column}.csv"))
    if not files:
        return {}
    return {"hierarchy": load_hierarchy(files[0], column).rows}
