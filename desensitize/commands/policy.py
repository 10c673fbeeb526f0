"""`policy`: work on policies."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import FORMS, add_sheet, opened
from desensitize.detectors import classify_table
from desensitize.policy import dump_policy, policy_from_template

HELP = "work on policies"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    actions = parser.add_subparsers(dest="action", required=True)
    start = actions.add_parser("init", help="print a proposed policy as TOML")
    start.add_argument("file", type=Path, help=FORMS)
    add_sheet(start)
    start.add_argument("--template", default="standard")
    add_json(start)


def run(given: Namespace) -> None:
    """Print a proposed policy."""
    with opened(given.file, given.sheet) as (table, _):
        proposals = classify_table(table)
    proposed = policy_from_template(given.template, proposals)
    if given.json:
        print_json(proposed.to_dict())
    else:
        print(dump_policy(proposed), end="")
