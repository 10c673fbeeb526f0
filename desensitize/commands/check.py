"""`check`: ask a table rules of quality."""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl

from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import add_sheet, opened
from desensitize.quality import (
    Circumstances,
    Described,
    Finding,
    Measured,
    Rule,
    measure,
    reference_keys,
    rules_from,
)

HELP = "ask a table rules of quality"
NOT_HELD = 3


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("source", type=Path, help="XLSX, CSV or Parquet, also packed")
    parser.add_argument(
        "--rules", type=_said, required=True, metavar="FILE", help="the rules, as a list in JSON"
    )
    parser.add_argument(
        "--arrived",
        type=_day,
        default=datetime.now().astimezone().date(),
        help="the day it came, for `fresh` (today)",
    )
    parser.add_argument(
        "--past",
        type=_rows,
        default=(),
        help="rows of tables before it, newest first, for `volume`",
    )
    parser.add_argument(
        "--dataset",
        type=_named,
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="a table that `exists` looks into",
    )
    add_sheet(parser)
    add_json(parser)


def run(given: Namespace) -> int:
    """Print how each rule ended; 3 where one that blocks has failed."""
    rules = rules_from(given.rules)
    with opened(given.source, given.sheet) as (table, _):
        found = measure(table, rules, _circumstances(given))
    if given.json:
        print_json(_as_dict(found))
    else:
        print("\n".join(_lines(found)))
    return NOT_HELD if found.holds else 0


def _circumstances(given: Namespace) -> Circumstances:
    others: dict[str, Path] = dict(given.dataset)

    def reference(name: str, column: str) -> pl.DataFrame | None:
        if name not in others:
            return None
        with opened(others[name]) as (table, _):
            return reference_keys(table, column, Described())

    return Circumstances(arrived=given.arrived, past=given.past, reference=reference)


def _as_dict(found: Measured) -> dict[str, object]:
    return {
        "rows": found.rows,
        "cells": found.cells,
        "filled": found.filled,
        "holds": found.holds,
        "findings": [
            {
                "rule": one.rule.as_dict(),
                "characteristic": one.rule.characteristic,
                "outcome": str(one.outcome),
                "reason": one.reason and str(one.reason),
                "checked": one.checked,
                "failing": one.failing,
                "examples": list(one.examples),
            }
            for one in found.findings
        ],
    }


def _lines(found: Measured) -> Iterator[str]:
    yield f"{found.rows} rows; {found.filled} of {found.cells} cells are filled."
    for one in found.findings:
        yield f"{one.outcome}\t{_named_rule(one.rule)}\t{_told(one)}"
    yield "The table is held." if found.holds else "Nothing holds the table."


def _named_rule(rule: Rule) -> str:
    parameters = json.dumps(dict(rule.parameters), ensure_ascii=False) if rule.parameters else ""
    return " ".join(part for part in (rule.kind, ", ".join(rule.columns), parameters) if part)


def _told(one: Finding) -> str:
    if one.reason is not None and not one.checked:
        return str(one.reason)
    rows = f"{one.failing} of {one.checked} fail"
    shown = f", such as rows {', '.join(map(str, one.examples))}" if one.examples else ""
    return f"{rows}{shown}{'' if one.holds or not one.failing else f' ({one.rule.severity})'}"


def _said(path: str) -> object:
    """Read a list of rules, or what is sent to a centre, which holds it as `rules`."""
    try:
        said = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ArgumentTypeError(f"{path} cannot be opened") from error
    except (ValueError, RecursionError) as error:
        raise ArgumentTypeError(f"{path} holds no JSON: write a list of rules") from error
    return said.get("rules") if isinstance(said, dict) else said


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("write the day as YYYY-MM-DD") from error


def _rows(text: str) -> Sequence[int]:
    try:
        found = tuple(int(part) for part in text.split(","))
    except ValueError as error:
        raise ArgumentTypeError("write whole numbers, parted by commas") from error
    if min(found) < 0:
        raise ArgumentTypeError("write whole numbers, parted by commas")
    return found


def _named(text: str) -> tuple[str, Path]:
    name, parted, path = text.partition("=")
    if not (name and parted and path):
        raise ArgumentTypeError("write NAME=FILE")
    return name, Path(path)
