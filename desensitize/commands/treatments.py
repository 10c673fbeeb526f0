"""`treatments`: show what could be done to a table, what each keeps, and who gets how far."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import FORMS, add_sheet, opened
from desensitize.detectors import classify_table
from desensitize.errors import DesensitizeError
from desensitize.policy import PERSONAL_ROLES, load_policy, policy_from_template

if TYPE_CHECKING:
    from desensitize.treatments import Treatment, Tried

HELP = "show what could be done to a table: what each treatment keeps, and who gets how far"
HEAD = ("", "useful", "up to", "worst attacker", "verdict", "what is done")


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("source", type=Path, help=FORMS)
    add_sheet(parser)
    parser.add_argument("--policy", type=Path, help="the policy to start from, as TOML (proposed)")
    parser.add_argument("--template", default="standard", help="how it is proposed (standard)")
    parser.add_argument(
        "--known", type=int, default=4, help="most columns of a person that are known (4)"
    )
    add_json(parser)


def run(given: Namespace) -> None:
    """Print each treatment that was tried, and which to adopt.

    Raises:
        DesensitizeError: `bad-known`, or table or policy cannot be used.
    """
    # Loaded when it is needed: no other command should wait for the mechanisms.
    treatments = import_module("desensitize.treatments")
    if given.known < 1:
        raise DesensitizeError("bad-known")
    with opened(given.source, given.sheet) as (table, _):
        found = classify_table(table)
        policy = policy_from_template(given.template, found)
        if given.policy is not None:
            policy = load_policy(given.policy)
        roles = {one.name: one.role for one in found if one.role in PERSONAL_ROLES}
        tried = treatments.try_treatments(table, policy, roles=roles, known=given.known)
    best = tried.best
    if given.json:
        print_json({**tried.as_dict(), "adopt": best})
    else:
        print("\n".join(_lines(tried, best)))


def _lines(tried: Tried, best: int | None) -> Iterator[str]:
    rows = [HEAD, *(_row(place, one) for place, one in enumerate(tried.treatments, start=1))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD) - 1)]
    for row in rows:
        cells = (text.ljust(width) for text, width in zip(row, [*widths, 0], strict=True))
        yield "  ".join(cells).rstrip()
    if tried.rows_tried < tried.rows:
        yield f"Tried on {tried.rows_tried} of {tried.rows} rows."
    yield _advised(tried, best)


def _row(place: int, one: Treatment) -> tuple[str, ...]:
    done = "; ".join(step.sentence for step in one.steps) or "the policy as it is"
    if one.refusal:
        return (str(place), "", "", "", "refused", f"{done} ({one.refusal})")
    useful = "" if one.usefulness is None else f"{one.usefulness:.0%}"
    excess = "" if one.excess is None else f"{one.excess:.1%}"
    return (str(place), useful, excess, one.attacker, str(one.verdict), done)


def _advised(tried: Tried, best: int | None) -> str:
    if best is None:
        return "None of them withstood every attacker: leave out more, or give more rows."
    if not best and not tried.treatments[0].steps:
        return "The policy as it is withstands every attacker that was tried."
    return f"Adopt {best + 1}: of those that withstood every attacker it keeps the most."
