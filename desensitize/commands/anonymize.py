"""`anonymize`: generalize until every class is large enough."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from time import monotonic

import polars as pl

from desensitize.commands.answering import add_json, print_json, terminal_progress
from desensitize.commands.files import (
    RESULT,
    add_files,
    names,
    opened,
    read_again,
    write_table,
)
from desensitize.commands.hierarchies import add_hierarchies, given_hierarchies
from desensitize.commands.models import add_models, asked_closeness, asked_diversity
from desensitize.engines import run_policy
from desensitize.errors import DesensitizeError, nearest
from desensitize.policy import ORDERS, ColumnRule, Policy
from desensitize.privacy import METHODS
from desensitize.risk import measure

HELP = "generalize until classes are large enough"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add_files(parser)
    parser.add_argument("--qi", required=True, help="quasi-identifiers, parted by commas")
    parser.add_argument(
        "--by-cell",
        default="",
        help="other columns, parted by commas, that are made coarser cell by cell until rows that "
        "look alike in all of them are k or more",
    )
    add_hierarchies(parser)
    parser.add_argument("--k", type=int, default=5, help="smallest class (5)")
    add_models(parser)
    parser.add_argument(
        "--suppression", type=float, default=1.0, help="share of rows that may be removed (1.0)"
    )
    parser.add_argument("--method", choices=METHODS, default="sweep")
    parser.add_argument(
        "--order", choices=ORDERS, default="shuffled", help="of the rows that are written"
    )
    parser.add_argument(
        "--from-to", default="",
        help="columns whose intervals come as two, where each begins and ends, parted by commas",
    )  # fmt: skip
    add_json(parser)


def run(given: Namespace) -> None:
    """Generalize the quasi-identifiers, coarsen cells of some columns, and keep every other one."""
    started = monotonic()
    quasi_identifiers = names(given.qi)
    if not quasi_identifiers:
        raise DesensitizeError("no-quasi-identifiers")
    with opened(given.source, given.sheet) as (table, work):
        policy = _policy(given, quasi_identifiers, list(pl.read_parquet_schema(table)))
        plain = work / RESULT
        progress = terminal_progress()
        result = run_policy(table, plain, policy, keys=None, work=work, progress=progress)
        write_table(plain, given.target)
        figures = measure(
            read_again(given.target, plain, work),
            quasi_identifiers=policy.released_quasi_identifiers,
        )
    answer = {
        "method": given.method,
        "k": given.k,
        "loss": result.loss,
        "classes": figures.classes,
        "smallest_class": figures.smallest_class,
        "suppressed_rows": result.suppressed_rows,
        **({"hidden": list(result.hidden)} if given.by_cell else {}),
        "seconds": round(monotonic() - started, 3),
    }
    if given.json:
        print_json(answer)
    else:
        print(
            f"{figures.rows} rows in {figures.classes} classes of at least "
            f"{figures.smallest_class}; loss {result.loss:.4f}."
        )
        for name in result.hidden:
            print(f"Column “{name}” is “*” in every row: hardly a cell of it could be shown.")


def _policy(given: Namespace, quasi_identifiers: tuple[str, ...], columns: Sequence[str]) -> Policy:
    """Return the policy that is asked for.

    Raises:
        DesensitizeError: `unknown-column`, `sensitive-is-quasi` or `generalize-needs-quasi`.
    """
    diversity, closeness = asked_diversity(given.l), asked_closeness(given.t)
    by_cell, pairs = names(given.by_cell), names(given.from_to)
    for name in (*quasi_identifiers, *by_cell, *diversity, *closeness, *pairs):
        if name not in columns:
            raise DesensitizeError("unknown-column", column=name, nearest=nearest(name, columns))
    hierarchies = given_hierarchies(given.hierarchies, (*quasi_identifiers, *by_cell))
    rules = []
    for name in columns:
        asked = diversity.get(name), closeness.get(name)
        role, mask = "sensitive" if any(asked) else "other", "keep"
        if name in quasi_identifiers:
            if any(asked):
                raise DesensitizeError("sensitive-is-quasi", column=name)
            role = "quasi"
        if name in quasi_identifiers or name in by_cell:
            mask = "generalize"
        levels = {"hierarchy": hierarchies[name].rows} if name in hierarchies else {}
        rules.append(ColumnRule(name, role, mask, levels, *asked, from_to=name in pairs))
    return Policy(tuple(rules), given.k, given.suppression, given.method, given.order)
