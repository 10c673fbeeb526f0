"""Single out persons of the source by guesses that a release suggests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from desensitize.attacks.alike import both_tables, share_of_own_values
from desensitize.attacks.codes import SmallNumbers, encoded
from desensitize.attacks.conditions import (
    GUESSES,
    LEAST_GUESSES,
    play_conditions,
    right,
    tallied,
)
from desensitize.attacks.contract import Attack, Release
from desensitize.attacks.excess import Excess, Share, gravity, weigh
from desensitize.attacks.held_out import Fold, can_be_made_again, folds, made_again
from desensitize.attacks.predicates import (
    Asked,
    Guess,
    guesses_of_rows,
    guesses_of_values,
)
from desensitize.attacks.reasons import Reason, Why, listed
from desensitize.attacks.set_guesses import SetGame, Side, play_sets
from desensitize.words import mark_text

SINGLING_OUT = "singling out"
COPIED_VALUES = Why(
    "copied_values",
    (
        "“{column}”: {share:.1%} of the values that stand in one row of the release are one "
        "person's in the source."
    ),
    mark_text(
        "%(column)s: %(share)s of the values that stand in one row only are those of one person "
        "of the original table."
    ),
)
OTHER_VALUES = Why(
    "other_values",
    "The values of {columns} are none of the source's: who guesses by them was not tried.",
    mark_text(
        "No value of the original table is released of %(columns)s, so that nobody was looked "
        "for by these."
    ),
)
UNDRAWN_SETS = Why(
    "undrawn_sets",
    (
        "{left} of {total} sets of at most {known} columns were not tried; the others were drawn "
        "at random."
    ),
    mark_text(
        "%(left)s of %(total)s combinations of up to %(known)s columns were too many to try; the "
        "others were drawn at random."
    ),
)
KEY_SHARE = 0.5
"""A column in which so many rows have a value of their own names rows as a key does."""
COMPARABLE = 0.9
"""The share of a column's cells that must hold a value of the source; a copy drawn from listed
values has some that nobody of the source has."""
OF_THE_PACKAGE = 1_000
"""So many guesses that package makes where it is played."""


@dataclass(frozen=True)
class Game:
    """Ask for the guesses of the package `anonymeter`, or for given ones.

    That package looks at each different row once.
    """

    guesses: tuple[Guess, ...] | None = None


@dataclass
class _Played:
    """Gather what the games reached."""

    found: list[tuple[Excess, dict[str, Any]]] = field(default_factory=list)
    breaks: list[Reason] = field(default_factory=list)
    not_tried: list[Reason] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)


def guess_persons(
    release: Release, *, limit: float, game: Game | None = None, most_sets: int | None = None
) -> Attack:
    """Guess that exactly one person of the source has the values that one row of a release has.

    Guesses are tried in every set of at most `release.known` columns, and as conditions with
    bounds for numbers. The control are guesses by whoever knows each column for itself: the release
    with the values of each column in another order. Where the release can be made again, it is made
    of some of the people, and the control are as many others.

    Raises:
        DesensitizeError: `bad-guesses` or `unknown-column`, of given guesses.
        TableError: `unreadable-table`, `no-rows`, `nested-column`.
    """
    source, released = both_tables(release.source, release.released)
    random = np.random.default_rng(release.seed)
    played = _Played()
    if game is not None:
        source, released = (table.unique(maintain_order=True) for table in (source, released))
        _play_anonymeter(played, source, released, release.known, random, game)
    else:
        source, released = _comparable(release, source, released, played)
        if source.width:
            _play_release(played, source, released, release, limit, random, most_sets)
            _play_again(played, source, release, limit, random, most_sets)
    excess, worst = max(
        played.found,
        key=lambda each: gravity(each[0], limit),
        default=(None, {}),
    )
    return Attack(
        SINGLING_OUT,
        f"what a row of the release says of a person in up to {release.known} columns",
        excess,
        limit,
        worst=worst,
        not_tried=tuple(played.not_tried),
        breaks=tuple(played.breaks),
        figures=played.figures,
    )


def _comparable(
    release: Release, source: pl.DataFrame, released: pl.DataFrame, played: _Played
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Leave out the columns whose released values are not such as the source has."""
    # What was recoded is counted, and values that were changed and are nobody's guess nobody.
    counted = not release.is_synthetic
    names = [] if counted else list(pl.read_parquet_schema(release.released))
    new = [name for name in names if name not in released.columns]
    other = [
        name
        for name in released.columns
        if released[name].dtype == pl.Enum
        and share_of_own_values(source[name], released[name]) < COMPARABLE
    ]
    if not counted and (new or other):
        played.not_tried.append(OTHER_VALUES(columns=listed((*new, *other))))
    return source.drop(other), released.drop(other)


def _play_release(
    played: _Played,
    source: pl.DataFrame,
    released: pl.DataFrame,
    release: Release,
    limit: float,
    random: np.random.Generator,
    most_sets: int | None,
) -> None:
    """Play the released rows against the source, with columns in another order as control."""
    rows = released.height
    shuffled = released.select(
        released[name].gather(random.permutation(rows)) for name in released.columns
    )
    found = _sets_of(
        (released, shuffled, source),
        (0, 2),
        (1, 2),
        known=release.known,
        limit=limit,
        random=random,
        most_sets=most_sets,
    )
    played.figures |= {"sets": found.total, "sets_tried": found.tried}
    if found.tried < found.total:
        left = {"left": found.total - found.tried, "total": found.total, "known": release.known}
        played.not_tried.append(UNDRAWN_SETS(**left))
    for name, tally in found.alone.items():
        alone = tally.share()
        if alone.trials >= max(2.0, KEY_SHARE * rows) and alone.rate > limit:
            played.breaks.append(COPIED_VALUES(column=name, share=alone.rate))
    _add_sets(played, found)
    made = _made_without_some(release, source.columns)
    excess, figures = play_conditions(
        source, released, (shuffled, made), known=release.known, limit=limit, random=random
    )
    played.figures |= figures
    if excess is not None:
        played.found.append((excess, {"game": "conditions"}))


def _made_without_some(release: Release, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
    """Yield the release made of four fifths of the people, of others each time, where it can be."""
    if not can_be_made_again(release):
        return
    for fold in folds(release):
        with made_again(release, fold) as path:
            if path is None:
                return
            _, made = both_tables(release.source, path, columns)
        if not made.height or made.columns != list(columns):
            return
        yield made


def _play_again(
    played: _Played,
    source: pl.DataFrame,
    release: Release,
    limit: float,
    random: np.random.Generator,
    most_sets: int | None,
) -> None:
    """Make the release again of two fifths of the people, and try it on these and on two others.

    Both are as many: fewer people would be singled out by the same guesses more easily, or less.
    """
    if not can_be_made_again(release):
        return
    held = [fold.held for fold in folds(release)]
    if len(held) < 4:
        return
    own, other = (np.sort(np.concatenate(parts)) for parts in (held[:2], held[2:4]))
    with made_again(release, Fold(own, other, own, random)) as path:
        if path is None:
            return
        source, made = both_tables(release.source, path, source.columns)
    if not made.height or made.columns != source.columns:
        return
    kept, control = source[own], source[other]
    found = _sets_of(
        (made, kept, control),
        (0, 1),
        (0, 2),
        known=release.known,
        limit=limit,
        random=random,
        most_sets=most_sets,
    )
    _add_sets(played, found)
    guesses = guesses_of_rows(Asked(made), GUESSES, release.known, random)
    if len(guesses.found) >= LEAST_GUESSES:
        excess = weigh(right(Asked(kept), guesses), right(Asked(control), guesses))
        played.found.append((excess, {"game": "conditions, people held out"}))


def _play_anonymeter(
    played: _Played,
    source: pl.DataFrame,
    released: pl.DataFrame,
    known: int,
    random: np.random.Generator,
    game: Game,
) -> None:
    rows = released.height
    shuffled = released.select(
        released[name].gather(random.permutation(rows)) for name in released.columns
    )
    asked, own = Asked(source), Asked(released)
    control = right(asked, guesses_of_rows(Asked(shuffled), OF_THE_PACKAGE, known, random))
    kinds: dict[str, Sequence[Guess]] = {"given": game.guesses or ()}
    if game.guesses is None:
        kinds = {
            "multivariate": guesses_of_rows(own, OF_THE_PACKAGE, known, random).found,
            "univariate": guesses_of_values(own, OF_THE_PACKAGE, random),
        }
    for kind, guesses in kinds.items():
        attack = tallied(asked, guesses).share()
        played.figures |= {f"{kind}_guesses": len(guesses), f"{kind}_right": attack.successes}
        # Single values can be guessed by whoever knows each column for itself.
        if guesses and kind != "univariate":
            played.found.append((weigh(attack, control), {"game": kind}))


def _add_sets(played: _Played, found: SetGame) -> None:
    # Where no row stands alone in any set, there is nothing to guess by.
    excess = found.excess or weigh(Share.exactly(0.0), Share.exactly(0.0))
    played.found.append((excess, {"columns": list(found.columns)} if found.columns else {}))


def _sets_of(
    tables: Sequence[pl.DataFrame], attack: tuple[int, int], control: tuple[int, int], **asked: Any
) -> SetGame:
    """Play sets over tables of the same columns; the sides name guesser and target by number."""
    codes: dict[str, SmallNumbers] = {}
    values: dict[str, int] = {}
    for name in tables[0].columns:
        codes[name], values[name] = encoded(pl.concat([table[name] for table in tables]))
    places = list(_places(tables))
    sides = (Side(places[guesser], places[target]) for guesser, target in (attack, control))
    return play_sets(codes, values, *sides, **asked)


def _places(tables: Sequence[pl.DataFrame]) -> Iterator[slice]:
    start = 0
    for table in tables:
        yield slice(start, start + table.height)
        start += table.height
