"""The command line.

Exit codes: 0 done, 1 refused (one sentence on standard error says why and what to do), 2 wrong
usage.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from desensitize.commands import COMMANDS
from desensitize.errors import DesensitizeError
from desensitize.privacy import METHODS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer its exit code."""
    given = build_parser().parse_args(arguments)
    try:
        COMMANDS[given.command](given)
    except DesensitizeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m desensitize",
        description="Find personal fields in a table, mask them, and measure what risk remains.",
        epilog="Exit codes: 0 done, 1 refused with a sentence on standard error, 2 wrong usage.",
    )
    commands = parser.add_subparsers(dest="command", required=True)

    scan = commands.add_parser("scan", help="propose what each column is")
    scan.add_argument("file", type=Path)

    mask = commands.add_parser("mask", help="run a policy over a table")
    _add_files(mask)
    mask.add_argument("--policy", type=Path, required=True, help="a TOML file")
    mask.add_argument("--key-file", type=Path, help="32 bytes, raw or as hexadecimal digits")
    mask.add_argument("--dataset", default="", help="name that keys are bound to")
    mask.add_argument("--recipient", default="", help="name that keys are bound to")

    anonymize = commands.add_parser("anonymize", help="generalize until classes are large enough")
    _add_files(anonymize)
    anonymize.add_argument("--qi", required=True, help="quasi-identifiers, parted by commas")
    anonymize.add_argument(
        "--hierarchies", type=Path, help="folder of files *_hierarchy_COLUMN.csv in ARX's form"
    )
    anonymize.add_argument("--k", type=int, default=5, help="smallest class (5)")
    anonymize.add_argument(
        "--suppression", type=float, default=1.0, help="share of rows that may be removed (1.0)"
    )
    anonymize.add_argument("--method", choices=METHODS, default="sweep")

    risk = commands.add_parser("risk", help="measure the risk of a table")
    risk.add_argument("file", type=Path)
    risk.add_argument("--qi", default="", help="quasi-identifiers, parted by commas")
    risk.add_argument("--sensitive", default="", help="sensitive columns, parted by commas")

    policy = commands.add_parser("policy", help="work on policies")
    actions = policy.add_subparsers(dest="action", required=True)
    start = actions.add_parser("init", help="print a proposed policy as TOML")
    start.add_argument("file", type=Path)
    start.add_argument("--template", default="standard")

    for command in (scan, mask, anonymize, risk, start):
        command.add_argument("--json", action="store_true", help="answer as JSON")
    return parser


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, help="CSV or Parquet")
    parser.add_argument("target", type=Path, help="CSV or Parquet, by its ending")
