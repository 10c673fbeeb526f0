"""`scan`: propose what each column is."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import FORMS, add_sheet, opened
from desensitize.detectors import classify_table
from desensitize.risk import confirm

HELP = "propose what each column is"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path, help=FORMS)
    add_sheet(parser)
    parser.add_argument(
        "--full",
        action="store_true",
        help="read every cell of the columns that a sample takes for harmless",
    )
    add_json(parser)


def run(given: Namespace) -> None:
    """Print what each column is taken for."""
    with opened(given.file, given.sheet) as (table, _):
        proposals = classify_table(table)
        if given.full:
            proposals = confirm(table, proposals)
    if given.json:
        print_json({"columns": [proposal.as_dict() for proposal in proposals]})
        return
    for proposal in proposals:
        kind = proposal.kind or "-"
        print(f"{proposal.name}\t{proposal.role}\t{kind}\t{proposal.evidence}")
