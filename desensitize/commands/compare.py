"""`compare`: measure what a table has lost."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import add_sheet, names, opened
from desensitize.commands.hierarchies import add_hierarchies, given_hierarchies
from desensitize.risk import compare_tables
from desensitize.tables import sha256_of

HELP = "measure what a table has lost"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--qi", default="", help="quasi-identifiers, parted by commas")
    add_hierarchies(parser)
    add_sheet(parser)
    add_json(parser)


def run(given: Namespace) -> None:
    """Print the comparison; the digests are of the files that were given."""
    quasi_identifiers = names(given.qi)
    with (
        opened(given.before, given.sheet) as (before, _),
        opened(given.after, given.sheet) as (after, _),
    ):
        found = compare_tables(
            before,
            after,
            quasi_identifiers=quasi_identifiers,
            hierarchies=given_hierarchies(given.hierarchies, quasi_identifiers),
        )
    found = replace(
        found, sha256_before=sha256_of(given.before), sha256_after=sha256_of(given.after)
    )
    if given.json:
        print_json(found.as_dict())
        return
    loss = "unknown" if found.loss is None else f"{found.loss:.4f}"
    print(f"{found.suppressed_rows} of {found.rows_before} rows left out; loss {loss}.")
    for column in found.columns:
        lost = "-" if column.loss is None else f"{column.loss:.4f}"
        moved = "-" if column.distances is None else f"{column.distances.total_variation:.4f}"
        print(f"{column.name}\t{column.change}\tloss {lost}\tmoved {moved}")
