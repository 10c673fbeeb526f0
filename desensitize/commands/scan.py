"""`scan`: propose what each column is."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import FORMS, add_sheet, opened
from desensitize.detectors import Proposal, classify_table
from desensitize.engines.workspace import workspace
from desensitize.errors import TableError
from desensitize.risk import confirm
from desensitize.tables.excerpt import write_excerpt

HELP = "propose what each column is"
TEXT_ENDINGS = (".csv", ".tsv", ".txt")


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
    proposals = None if given.full else _told_by_excerpt(given.file)
    if proposals is None:
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


def _told_by_excerpt(source: Path) -> tuple[Proposal, ...] | None:
    if source.suffix.lower() not in TEXT_ENDINGS or not source.is_file():
        return None
    with workspace() as work:
        excerpt = work / "excerpt.csv"
        if not write_excerpt(source, excerpt):
            return None
        try:
            with opened(excerpt) as (table, _):
                return classify_table(table)
        except TableError:
            # What is wrong with a file is said of the whole of it.
            return None
