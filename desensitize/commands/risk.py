"""`risk`: measure the risk of a table."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import names, opened
from desensitize.risk import measure
from desensitize.tables import sha256_of

HELP = "measure the risk of a table"


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--qi", default="", help="quasi-identifiers, parted by commas")
    parser.add_argument("--sensitive", default="", help="sensitive columns, parted by commas")
    add_json(parser)


def run(given: Namespace) -> None:
    """Print the measured risk of a table; the digest is of the file that was given."""
    with opened(given.file) as (table, _):
        figures = measure(
            table, quasi_identifiers=names(given.qi), sensitive=names(given.sensitive)
        )
    figures = replace(figures, sha256=sha256_of(given.file))
    if given.json:
        print_json(figures.as_dict())
        return
    for name, value in figures.as_dict().items():
        print(f"{name}\t{value}")
