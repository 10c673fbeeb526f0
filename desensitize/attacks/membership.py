"""Tell who is among the people of a sample, or of those that a synthetic copy was learned from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.attacks.contract import Attack, Attacker, Release, Remedy
from desensitize.attacks.excess import Excess, Share, added, gravity, weigh
from desensitize.attacks.held_out import (
    Fold,
    can_be_made_again,
    folds,
    is_decided,
    made_again,
)
from desensitize.attacks.inference import comparable
from desensitize.attacks.levels import hierarchies_of
from desensitize.attacks.nearest import Costs, Scale
from desensitize.attacks.reasons import NOT_MADE_AGAIN, Why
from desensitize.errors import TableError
from desensitize.privacy.tuples import distinct_tuples
from desensitize.risk.matching import pairs
from desensitize.words import mark_text

NAME = "membership"
NOBODY_FOUND = Why(
    "nobody_found",
    "The release has no column of the source by which anybody could be found.",
    mark_text("No column of the original table by which anybody could be found is released."),
)
ROWS_FIT_NOBODY = Why(
    "rows_fit_nobody",
    (
        "Some rows of the release fit nobody of the source by the hierarchies that are given, so "
        "that nobody could be looked for."
    ),
    mark_text(
        "By the levels that are set, some rows fit nobody of the original table, so that nobody "
        "could be looked for."
    ),
)
NO_SOURCE_VALUES = Why(
    "no_source_values",
    "The copy has no column with values of the source.",
    mark_text("No column of the copy holds values of the original."),
)
TOO_SMALL = Why(
    "too_small",
    "The tables are too small to play.",
    mark_text("The tables have too few rows for this."),
)
ROWS = " count "
HALF = Share.exactly(0.5)
SAMPLED = 0.5
"""Without a policy a release with fewer of the source's rows is taken for a sample."""

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.number[Any]]


def membership(release: Release, *, limit: float) -> Attack:
    """Say of somebody who is in a release, and of somebody who is not, which is which.

    The control is a coin: 0.5. For a sample, whoever fits a row is taken to be in it; the figures
    are exact, over all rows of the source. Of a synthetic copy the nearest row is asked. Who is in
    a release of everybody is no secret, and nothing is reached there.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        if release.is_synthetic:
            return _synthetic(release, limit)
        if _is_sample(release):
            return _sampled(release, limit)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    knows = "The release is of everybody in the source: who is in it is no secret."
    return Attack(NAME, knows, weigh(HALF, HALF), limit)


def _is_sample(release: Release) -> bool:
    if release.policy is not None:
        return release.policy.draws_rows
    rows = [
        int(pl.scan_parquet(path).select(pl.len()).collect().item())
        for path in (release.released, release.source)
    ]
    return rows[0] < SAMPLED * rows[1]


def _sampled(release: Release, limit: float) -> Attack:
    """Take everybody whom a row fits for a member: all members, and some who are none.

    Of `matched` rows of the source as many are members as the release has rows.
    """
    released, source = pl.scan_parquet(release.released), pl.scan_parquet(release.source)
    shared = [name for name in released.collect_schema() if name in source.collect_schema()]
    known = [name for name in release.quasi_identifiers if name in shared] or [
        name for name in shared if name not in release.sensitive
    ]
    knows = f"the exact values of {', '.join(f'“{name}”' for name in known)}."
    if not known:
        return Attack(NAME, knows, None, limit, not_tried=(NOBODY_FOUND(),))
    classes, persons = distinct_tuples(released, known), distinct_tuples(source, known)
    weights = persons[ROWS].to_numpy()
    fits = np.zeros(len(weights), dtype=bool)
    used = np.zeros(classes.height, dtype=bool)
    hierarchies = hierarchies_of(release, known)
    for places, people in pairs(classes.select(known), persons.select(known), hierarchies):
        fits[people] = True
        used[places] = True
    members, everybody = int(classes[ROWS].sum()), int(weights.sum())
    matched = int(weights[fits].sum())
    if not used.all() or matched < members or members >= everybody:
        return Attack(NAME, knows, None, limit, not_tried=(ROWS_FIT_NOBODY(),))
    wrongly = (matched - members) / (everybody - members)
    return Attack(
        NAME,
        knows,
        weigh(Share.exactly((1 + 1 - wrongly) / 2), HALF),
        limit,
        worst={
            "known": known,
            "people_not_in_the_sample": everybody - members,
            "of_them_a_row_fits": matched - members,
        },
    )


@dataclass
class Pool:
    """Add up successes and trials over folds."""

    attack: list[Share] = field(default_factory=list)
    control: list[Share] = field(default_factory=list)

    def excess(self) -> Excess | None:
        """Return what the attack reaches beyond the control; None where nothing was played."""
        if not self.attack:
            return None
        return weigh(added(*self.attack), added(*self.control) if self.control else HALF)


def _synthetic(release: Release, limit: float) -> Attack:
    """Play on the copy itself, and on copies that are made without a fifth of the people.

    On the copy: is a person nearer to it than to as many other people? In a copy that tells no
    more than the others do, half are. On one made again: of a person who was in and one who was
    not, the nearer is said to have been in. And in both, whoever has an exact copy.
    """
    columns = comparable(release)
    knows = "the exact values of all columns of the copy, of somebody in it and somebody not."
    if not columns:
        return Attack(NAME, knows, None, limit, not_tried=(NO_SOURCE_VALUES(),))
    source = pl.read_parquet(release.source, columns=columns)
    released = pl.read_parquet(release.released, columns=columns)
    scale = Scale.of(source, columns)
    games = {
        "nearer than other people": Pool(),
        "copied, more than other people have doubles": Pool(),
        "nearer than who is not in it": Pool(),
        "copied, more than who is not in it": Pool(),
    }
    nearer, copied, nearer_again, copied_again = games.values()

    def distances(targets: pl.DataFrame, table: pl.DataFrame) -> Costs:
        return scale.nearest(scale.placed(targets), scale.placed(table))[0]

    tables = source, released
    for fold in folds(release):
        if not released.height:
            break
        held = _on_the_copy((nearer, copied), fold, tables, distances)
        if can_be_made_again(release):
            with made_again(release, fold) as path:
                made = None if path is None else pl.read_parquet(path, columns=columns)
            if made is not None and made.height:
                members = distances(source[fold.some(fold.members, made.height)], made)
                controls = distances(held, made)
                nearer_again.attack.append(told_apart(members, controls))
                copied_again.attack.append(_copies(members))
                copied_again.control.append(_copies(controls))
        found = [each for pool in games.values() if (each := pool.excess()) is not None]
        if all(is_decided(each, limit) for each in found):
            break
    played = {name: each for name, pool in games.items() if (each := pool.excess()) is not None}
    if not played:
        return Attack(NAME, knows, None, limit, not_tried=(TOO_SMALL(),))
    worst = max(played, key=lambda name: gravity(played[name], limit))
    again = can_be_made_again(release) and bool(nearer_again.attack)
    return Attack(
        NAME,
        knows,
        played[worst],
        limit,
        worst={"said to be in it": worst, "columns": columns},
        not_tried=() if again else (NOT_MADE_AGAIN(),),
    )


def _on_the_copy(
    pools: tuple[Pool, Pool],
    fold: Fold,
    tables: tuple[pl.DataFrame, pl.DataFrame],
    distances: Callable[[pl.DataFrame, pl.DataFrame], Costs],
) -> pl.DataFrame:
    """Ask whether people of a source are nearer to its copy than to others; return these people."""
    nearer, copied = pools
    source, released = tables
    size = min(len(fold.kept), released.height)
    held = source[fold.some(fold.held, size)]
    to_copy = distances(held, released[fold.random.permutation(released.height)[:size]])
    to_others = distances(held, source[fold.random.permutation(fold.kept)[:size]])
    ahead = (to_copy < to_others) + 0.5 * (to_copy == to_others)
    nearer.attack.append(Share(float(ahead.sum()), len(ahead)))
    copied.attack.append(_copies(to_copy))
    copied.control.append(_copies(to_others))
    return held


def _copies(distances: Costs) -> Share:
    return Share(float((distances == 0).sum()), len(distances))


def told_apart(members: Numbers, controls: Numbers) -> Share:
    """Return how often a member is nearer than somebody of the control, over all pairs.

    A tie counts half. The trials are as many as would leave the same error if pairs were drawn
    each with new people (DeLong, DeLong and Clarke-Pearson, Biometrics 44, 1988).
    """
    inside, outside = np.sort(members), np.sort(controls)
    of_members, of_controls = 1 - _parts(outside, members), _parts(inside, controls)
    area = float(of_members.mean())
    fewer = min(len(members), len(controls))
    error = _variance(of_members) + _variance(of_controls)
    trials = int(area * (1 - area) / error) if error > 0 else fewer
    return Share(area * trials, trials) if trials else Share(area * fewer, fewer)


def _parts(ordered: Numbers, numbers: Numbers) -> Floats:
    """Return for each number the part of the ordered ones below it; equal ones count half."""
    left = np.searchsorted(ordered, numbers, side="left")
    right = np.searchsorted(ordered, numbers, side="right")
    parts: Floats = (left + right) / (2 * len(ordered))
    return parts


def _variance(parts: Floats) -> float:
    return float(parts.var(ddof=1)) / len(parts) if len(parts) > 1 else 0.25


ATTACKER = Attacker(
    name=NAME,
    play=membership,
    doing=mark_text("Asking whether a person is in the data at all"),
    knows=mark_text("everything about a person, but not whether they took part"),
    nothing=mark_text("Everybody of the original table is in it."),
    reasons=(NOBODY_FOUND, ROWS_FIT_NOBODY, NO_SOURCE_VALUES, TOO_SMALL),
    remedy=Remedy.NONE,
)
