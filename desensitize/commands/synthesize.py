"""`synthesize`: write a synthetic copy under differential privacy."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl

from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import RESULT, add_files, names, opened, write_table
from desensitize.commands.hierarchies import add_hierarchies, given_hierarchies
from desensitize.errors import DesensitizeError

HELP = "write rows of nobody, drawn under differential privacy"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    add_files(parser)
    parser.add_argument("--epsilon", required=True, help="what the copy may spend, such as 1")
    parser.add_argument("--delta", required=True, help="and its δ, such as 0.000000001")
    parser.add_argument(
        "--domains",
        type=Path,
        help='JSON: {"COLUMN": {"values": […]} or {"low", "high", "bins", "decimals"} or '
        '{"edges": […], "decimals"}, with "missing": false where no cell may be empty}',
    )
    add_hierarchies(parser)
    parser.add_argument("--drop", default="", help="columns to leave out, parted by commas")
    parser.add_argument("--rows", type=int, help="rows of the copy (about as many as the source)")
    parser.add_argument("--person", help="column that tells persons apart; else each row is one")
    parser.add_argument(
        "--person-rows", type=int, default=1, help="rows of one person that count (1)"
    )
    parser.add_argument("--ledger", type=Path, help="file that remembers releases")
    parser.add_argument("--budget", help="with a ledger: ε that all releases may spend")
    parser.add_argument("--delta-budget", default="0", help="δ that they may spend (0)")
    parser.add_argument("--seed", type=int, help="of the draws from the model, not of the noise")
    add_json(parser)


def run(given: Namespace) -> None:
    """Spend from the ledger where there is one, then write the copy."""
    # Loaded when it is needed: no other command should wait for the mechanisms.
    privacy = import_module("desensitize.privacy.differential")
    synthetic = import_module("desensitize.privacy.synthetic")
    budget = privacy.Budget.of(given.epsilon, given.delta)
    persons = privacy.Contribution(given.person, given.person_rows)
    charge = _charge(given, privacy)
    with opened(given.source, given.sheet) as (table, work):
        domains = synthetic.read_domains(_declared(given.domains)) if given.domains else {}
        others = [name for name in pl.read_parquet_schema(table) if name not in domains]
        left_out = names(given.drop)
        domains |= {
            name: synthetic.Levels(tuple(row[0] for row in found.rows))
            for name, found in given_hierarchies(given.hierarchies, others).items()
            if name not in (*left_out, given.person)
        }
        plain = work / RESULT
        copy = synthetic.synthesize(
            table,
            plain,
            domains=domains,
            budget=budget,
            contribution=persons,
            rows=given.rows,
            left_out=left_out,
            seed=given.seed,
            charge=charge,
        )
        write_table(plain, given.target)
    if given.json:
        print_json(copy.as_dict())
        return
    print(
        f"{copy.rows} rows drawn after {len(copy.pairs)} pairs of columns; "
        f"ε {given.epsilon} and δ {given.delta} spent."
    )


def _charge(given: Namespace, privacy: Any) -> Callable[[Any], None] | None:
    if given.ledger is None:
        return None
    if given.budget is None:
        raise DesensitizeError("bad-privacy-ledger", reason="its whole budget is not given")
    ledger = privacy.BudgetLedger(
        given.ledger, epsilon=given.budget, delta=given.delta_budget, unit=given.person
    )

    def charge(amount: Any) -> None:
        ledger.spend(amount, "synthetic copy")

    return charge


def _declared(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DesensitizeError("bad-domains", reason="there is no file to read") from error
    except (ValueError, RecursionError) as error:
        raise DesensitizeError("bad-domains", reason="the file holds no JSON") from error
