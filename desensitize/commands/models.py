"""Read what is asked of sensitive columns from the command line."""

import re
from argparse import ArgumentParser
from collections.abc import Sequence

from desensitize.errors import DesensitizeError
from desensitize.privacy import CLOSENESS_KINDS, DIVERSITY_KINDS, Closeness, Diversity

ASKED = re.compile(
    r"(?P<column>.+?):(?P<number>[0-9]*\.?[0-9]+)(?::(?P<kind>[a-z]+)(?::(?P<constant>[0-9.]+))?)?"
)


def add_models(parser: ArgumentParser) -> None:
    """Add the arguments that ask for l and t; both can be given for several columns."""
    parser.add_argument(
        "--l",
        action="append",
        default=[],
        metavar="COLUMN:N[:KIND[:C]]",
        help=f"diversity of a sensitive column: {', '.join(DIVERSITY_KINDS)}",
    )
    parser.add_argument(
        "--t",
        action="append",
        default=[],
        metavar="COLUMN:X[:KIND]",
        help=f"closeness of a sensitive column: {', '.join(CLOSENESS_KINDS)}",
    )


def asked_diversity(given: Sequence[str]) -> dict[str, Diversity]:
    """Read `COLUMN:N`, `COLUMN:N:KIND` or `COLUMN:N:recursive:C`.

    Raises:
        DesensitizeError: `bad-model`, `unknown-model` or `bad-diversity`.
    """
    found = {}
    for text in given:
        column, number, kind, constant = _parts(text)
        least = int(number) if number.is_integer() else number
        found[column] = Diversity(least, kind or "distinct", constant)
    return found


def asked_closeness(given: Sequence[str]) -> dict[str, Closeness]:
    """Read `COLUMN:X` or `COLUMN:X:KIND`.

    Raises:
        DesensitizeError: `bad-model`, `unknown-model` or `bad-closeness`.
    """
    found = {}
    for text in given:
        column, number, kind, _ = _parts(text)
        found[column] = Closeness(number, kind or "equal")
    return found


def _parts(text: str) -> tuple[str, float, str, float]:
    match = ASKED.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        return (
            match["column"],
            float(match["number"]),
            match["kind"] or "",
            float(match["constant"] or 1),
        )
    except ValueError:
        raise DesensitizeError("bad-model", text=text) from None
