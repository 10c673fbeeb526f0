"""`private-count`: count under differential privacy, and write down what that has spent."""

from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path

import polars as pl

from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import add_sheet, names, opened

HELP = "count with noise, within a privacy budget"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path)
    add_sheet(parser)
    parser.add_argument("--by", default="", help="columns to count by, parted by commas")
    parser.add_argument("--epsilon", required=True, help="what this release may spend")
    parser.add_argument(
        "--delta", default="0", help="needed for columns whose values are not listed (0)"
    )
    parser.add_argument(
        "--values",
        action="append",
        default=[],
        metavar="COLUMN=A,B,…",
        help="the values that a column can have, known without looking at the table",
    )
    parser.add_argument("--ledger", type=Path, required=True, help="file that remembers releases")
    parser.add_argument("--budget", required=True, help="ε that all releases together may spend")
    parser.add_argument("--delta-budget", default="0", help="δ that they may spend (0)")
    parser.add_argument("--unit", help="column that tells persons apart; else each row is one")
    parser.add_argument("--rows", type=int, default=1, help="rows of one person that count (1)")
    add_json(parser)


def run(given: Namespace) -> None:
    """Spend from the ledger, then print the noisy cells."""
    # Loaded when it is needed: no other command should wait for the mechanisms.
    privacy = import_module("desensitize.privacy.differential")
    listed = {
        name.strip(): names(values)
        for name, _, values in (each.partition("=") for each in given.values)
    }
    by = {name: listed.get(name) for name in names(given.by)}
    ledger = privacy.BudgetLedger(
        given.ledger, epsilon=given.budget, delta=given.delta_budget, unit=given.unit
    )
    spending = privacy.Spending(
        privacy.Budget.of(given.epsilon, given.delta),
        ledger,
        privacy.Contribution(given.unit, given.rows),
    )
    with opened(given.file, given.sheet) as (table, _):
        cells = privacy.private_counts(pl.scan_parquet(table), by, spending)
    left = ledger.left()
    if given.json:
        print_json(
            {
                "cells": cells.to_dicts(),
                "epsilon": spending.epsilon,
                "delta": float(spending.budget.delta),
                "left_epsilon": float(left.epsilon),
                "left_delta": float(left.delta),
            }
        )
        return
    print("\t".join(cells.columns))
    for row in cells.rows():
        print("\t".join("" if value is None else str(value) for value in row))
