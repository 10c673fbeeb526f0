"""Infer a sensitive value of somebody whose other values are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from desensitize.attacks.certainty import (
    Target,
    Worst,
    grouped,
    guessed,
    target_of,
    worst_set,
)
from desensitize.attacks.codes import Coded, coded, encoded
from desensitize.attacks.contract import Attack, Attacker, Release, Remedy, Told
from desensitize.attacks.excess import Excess, Share, gravity, weigh
from desensitize.attacks.guessing import guess_by_nearest
from desensitize.attacks.held_out import can_be_made_again
from desensitize.attacks.reasons import NOT_MADE_AGAIN, Reason, Why
from desensitize.errors import DesensitizeError, TableError, nearest
from desensitize.words import mark_text

NAME = "inference"
SETS_LEFT_OUT = Why(
    "sets_left_out",
    (
        "{left} sets of {known} columns are too many to look for sure values of “{column}” in "
        "each; the {tried} likeliest were looked at."
    ),
    mark_text(
        "%(left)s combinations of %(known)s columns are too many to look in each for values of "
        "%(column)s that are sure; the %(tried)s likeliest were looked at."
    ),
)
NOT_COMPARED = Why(
    "not_compared",
    (
        "“{column}” or all that could be known beside it has other values in the release than in "
        "the source, so that nothing could be compared."
    ),
    mark_text(
        "%(column)s, or all that could be known beside it, has other values than in the original "
        "table, so that nothing could be compared."
    ),
)
PERTURBING = ("add_noise", "swap", "microaggregate", "shift_dates", "invent")
"""Masks that put another value in place of a true one, so that classes of rows say nothing."""
ENOUGH = 0.05
"""The share of certain rows beyond which no worse set of columns is searched one by one."""
COMPARABLE = 0.5


@dataclass(frozen=True)
class Found:
    """Hold how well one sensitive column is guessed by whoever knows some columns."""

    column: str
    known: tuple[str, ...]
    excess: Excess
    figures: Mapping[str, Any]


def inference(release: Release, *, limit: float) -> Attack:
    """Guess each sensitive column that is released, and count the rows where it is sure.

    Where rows are the people's own, a person's group is all rows of the release that agree in the
    known columns: the quasi-identifiers together, or the set of at most `known` columns from which
    the most rows are sure. The guess is the group's commonest value, and the control is the same
    guess in the group without the person: exact, over all rows. Where values were changed or rows
    drawn anew, the nearest row is asked instead, with a held-out fifth of the people as control.

    Raises:
        DesensitizeError: `unknown-column`.
        TableError: `unreadable-table`, `no-rows`.
    """
    try:
        schema = pl.read_parquet_schema(release.released)
        source = pl.read_parquet_schema(release.source)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    for column in release.sensitive:
        if column not in schema and column not in source:
            raise DesensitizeError("unknown-column", column=column, nearest=nearest(column, source))
    columns = [column for column in release.sensitive if column in schema]
    if not columns:
        nothing = weigh(Share.exactly(0.0), Share.exactly(0.0))
        return Attack(NAME, "No sensitive column is part of the release.", nothing, limit)
    changed = perturbed(release)
    own = [name for name in columns if not release.is_synthetic and name not in changed]
    certain, found, left_out = _in_groups(release, own, changed) if own else ({}, [], [])
    drawn = [name for name in columns if name not in own]
    games, untried = _by_nearest(release, drawn, limit)
    found += games
    left_out += untried
    if not found:
        return Attack(NAME, "Nothing could be guessed.", None, limit, not_tried=tuple(left_out))
    worst = max(found, key=lambda one: gravity(one.excess, limit))
    surest = max(certain, key=lambda name: certain[name].share, default=None)
    told: dict[str, Any] = {"column": worst.column, "known": list(worst.known)}
    if surest is not None:
        told["certain"] = {
            "column": surest,
            "known": list(certain[surest].columns),
            "share": certain[surest].share,
        }
    return Attack(
        NAME,
        _knows(release, bool(own), bool(drawn)),
        worst.excess,
        limit,
        worst=told,
        not_tried=tuple(left_out),
        certain={name: each.share for name, each in certain.items()},
        figures=dict(worst.figures),
    )


def perturbed(release: Release) -> frozenset[str]:
    """Name the columns of which the policy, or whoever asks, says that values were changed."""
    rules = () if release.policy is None else release.policy.columns
    return frozenset((*release.changed, *(one.name for one in rules if one.mask in PERTURBING)))


def _in_groups(
    release: Release, columns: Sequence[str], changed: frozenset[str]
) -> tuple[dict[str, Worst], list[Found], list[Reason]]:
    """Guess columns whose values are the people's own."""
    hidden = set(release.sensitive) | changed
    names = [name for name in pl.read_parquet_schema(release.released) if name not in changed]
    table = coded(release.released, names)
    quasi = [name for name in release.quasi_identifiers if name in names and name not in hidden]
    others = [name for name in names if name not in hidden and name not in quasi]
    rows_of_a_person = _most_rows(release)
    certain: dict[str, Worst] = {}
    found: list[Found] = []
    left_out: list[Reason] = []
    for column in columns:
        target = _target(release, table, column)
        worst = worst_set(
            table,
            target,
            quasi_identifiers=quasi,
            others=others,
            known=release.known,
            enough=ENOUGH,
        )
        certain[column] = worst
        if worst.left_out:
            told = {"left": worst.left_out, "known": release.known, "tried": worst.sets}
            left_out.append(SETS_LEFT_OUT(**told, column=column))
        for known in {tuple(quasi), worst.columns}:
            shares = guessed(grouped(table, known), target, table.weights, own=rows_of_a_person)
            excess = weigh(Share.exactly(shares["with"]), Share.exactly(shares["without"]))
            found.append(Found(column, known, excess, {"blind_guess": shares["blind"]}))
    return certain, found, left_out


def _target(release: Release, table: Coded, column: str) -> Target:
    cells = pl.read_parquet(release.released, columns=[column])[column]
    codes, _ = encoded(cells)
    # One cell for each code, in their order: codes count up as values first appear.
    first = pl.Series(codes).arg_unique().sort()
    return target_of(cells[first][pl.Series(table.codes[column])], table.weights)


def _most_rows(release: Release) -> int:
    """Return the most rows that one person has in the source."""
    if release.person is None or release.person not in pl.read_parquet_schema(release.source):
        return 1
    counts = (
        pl.scan_parquet(release.source)
        .filter(pl.col(release.person).is_not_null())
        .group_by(release.person)
        .len()
        .select(pl.col("len").max())
        .collect(engine="streaming")
    )
    return int(counts.item() or 1)


def _by_nearest(
    release: Release, columns: Sequence[str], limit: float
) -> tuple[list[Found], list[Reason]]:
    """Guess columns whose values are not the people's own."""
    found: list[Found] = []
    left_out: list[Reason] = []
    if not columns:
        return found, left_out
    shared = comparable(release)
    for column in columns:
        known = [name for name in release.quasi_identifiers if name in shared and name != column]
        known = known or [name for name in shared if name not in release.sensitive]
        if column not in shared or not known:
            left_out.append(NOT_COMPARED(column=column))
            continue
        for game in guess_by_nearest(release, column, known, limit=limit):
            if game.excess is not None:
                found.append(Found(column, tuple(known), game.excess, {}))
    if found and not can_be_made_again(release):
        left_out.append(NOT_MADE_AGAIN())
    return found, left_out


def comparable(release: Release) -> list[str]:
    """Name the columns of a release that hold values such as those of the source.

    Numbers and dates stand in for each other; of texts, half of the rows must hold one that the
    source has too.
    """
    released, source = pl.scan_parquet(release.released), pl.scan_parquet(release.source)
    types, before = released.collect_schema(), source.collect_schema()
    names = []
    for name in types:
        if name not in before or types[name].is_nested() or before[name].is_nested():
            continue
        ordered = [kind.is_numeric() for kind in (types[name], before[name])]
        if all(ordered):
            names.append(name)
            continue
        text = pl.col(name).cast(pl.String)
        known = source.select(text.unique()).collect().to_series()
        share = released.select(text.is_in(known.implode()).mean()).collect().item()
        if share is not None and share >= COMPARABLE:
            names.append(name)
    return names


def _knows(release: Release, own: bool, drawn: bool) -> str:
    parts = []
    if own:
        parts.append(
            "a person's quasi-identifiers, or the worst set of at most "
            f"{release.known} released columns, as the release shows them."
        )
    if drawn:
        parts.append(
            "a person's exact values, of whom the nearest row of the release is asked; the "
            "control are people who are not in it."
        )
    return " ".join(parts)


def _tell_worst(worst: Mapping[str, Any]) -> Told | None:
    if "column" not in worst:
        return None
    told = mark_text("%(column)s, to whoever knows %(known)s.")
    return Told(told, {"column": worst["column"], "known": worst["known"]})


ATTACKER = Attacker(
    name=NAME,
    play=inference,
    doing=mark_text("Guessing a private value of a known person"),
    knows=mark_text("all else that is released of a person"),
    nothing=mark_text("No private column is released."),
    tell_worst=_tell_worst,
    reasons=(SETS_LEFT_OUT, NOT_COMPARED),
    remedy=Remedy.PROTECT,
)
