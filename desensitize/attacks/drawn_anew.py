"""Whether rows that were drawn anew repeat persons of their source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.attacks.contract import Attack, Release
from desensitize.attacks.excess import Excess, Share, added, gravity, weigh
from desensitize.attacks.held_out import (
    Fold,
    Places,
    can_be_made_again,
    folds,
    is_decided,
    made_again,
)
from desensitize.attacks.reasons import Why
from desensitize.errors import TableError
from desensitize.words import mark_text

FEWEST_ROWS = 100
NOTHING_SHARED = Why(
    "nothing_shared",
    "The copy has no column of the source, or the source too few rows.",
    mark_text("The copy has no column of the original table, or that has too few rows."),
)
ROWS = " rows "
ALONE = 0.5
"""Where fewer people of the source are alone, the others are hidden among those like them."""


@dataclass
class _Game:
    """Add up, fifth by fifth, who was found, and who would be by chance."""

    attack: list[Share] = field(default_factory=list)
    control: list[Share] = field(default_factory=list)

    def add(self, attack: Share, control: Share, *, is_of_all: bool) -> None:
        """Add one fifth; an attack on everybody is the same in each."""
        self.attack = [attack] if is_of_all else [*self.attack, attack]
        self.control.append(control)

    @property
    def excess(self) -> Excess:
        return weigh(added(*self.attack), added(*self.control))


@dataclass(frozen=True)
class _Tables:
    """Hold source and release as texts, in columns that both have."""

    source: pl.DataFrame
    released: pl.DataFrame


def play_drawn_anew(release: Release, name: str, limit: float) -> Attack:
    """Return how much oftener a row drawn anew repeats a person than other persons do.

    One person in five is set aside, and another one until the outcome is sure. Found is who is
    alone among them with some values that a row of the release has; by chance it is who is alone
    with values that one of the other persons has. Of both, release and others, as many rows are
    looked at; played with all columns and with the quasi-identifiers. Where the release can be made
    again, it is made without those set aside, and all of it is looked at: found is everybody whose
    values in all columns stand in a row, by chance who was not in it. Where most people of the
    source have doubles, only who is alone counts as found.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        source, released = (
            pl.read_parquet(path).with_columns(pl.all().cast(pl.String))
            for path in (release.source, release.released)
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    columns = [one for one in released.columns if one in source.columns]
    if not columns or source.height < FEWEST_ROWS or not released.height:
        return Attack(name, "", None, limit, not_tried=(NOTHING_SHARED(),))
    tables = _Tables(source.select(columns), released.select(columns))
    quasi = [one for one in columns if one in release.quasi_identifiers]
    games: dict[tuple[tuple[str, ...], bool], _Game] = {}
    for fold in folds(release):
        for chosen, is_again, attack, control in _played(release, tables, fold, (columns, quasi)):
            game = games.setdefault((chosen, is_again), _Game())
            game.add(attack, control, is_of_all=is_again)
        if all(is_decided(game.excess, limit) for game in games.values()):
            break
    worst = max(games, key=lambda one: gravity(games[one].excess, limit))
    excess = games[worst].excess
    return Attack(
        name,
        "The exact values of " + ", ".join(f"“{one}”" for one in worst[0]) + ".",
        excess,
        limit,
        worst={
            "columns": list(worst[0]),
            "persons": excess.trials,
            "repeated": excess.rate * excess.trials,
        },
    )


def _played(
    release: Release, tables: _Tables, fold: Fold, sets: Sequence[Sequence[str]]
) -> Iterator[tuple[tuple[str, ...], bool, Share, Share]]:
    """Play both games on one fifth of the people; they are told apart by being made again."""
    source, released = tables.source, tables.released
    size = min(len(fold.kept), released.height)
    persons = source[fold.held]
    others = source[fold.random.permutation(fold.kept)[:size]]
    drawn = released[fold.random.permutation(released.height)[:size]]
    made = None
    if can_be_made_again(release):
        with made_again(release, fold) as path:
            if path is not None:
                made = pl.read_parquet(path, columns=source.columns).cast(pl.String)
    for chosen in filter(None, dict.fromkeys(map(tuple, sets))):
        alone = persons.select(chosen).filter(~pl.struct(chosen).is_duplicated())
        found, by_chance = (
            Share(alone.join(table, on=chosen, how="semi", nulls_equal=True).height, len(persons))
            for table in (drawn, others)
        )
        yield chosen, False, found, by_chance
    if made is not None and made.height:
        yield tuple(sets[0]), True, *repeated_again(source, released, fold.held, made)


def repeated_again(
    source: pl.DataFrame, released: pl.DataFrame, held: Places, made: pl.DataFrame
) -> tuple[Share, Share]:
    """Return how many people a release repeats, and one made without those held out repeats."""
    times = _times(source, released, source.columns)
    without = _times(source[held], made, source.columns)
    counted = ~source.is_duplicated().to_numpy()
    if counted.mean() >= ALONE:
        counted = np.ones_like(counted)
    of_held = counted[held]
    chance = chance_among(without[of_held], made.height, released.height)
    return (
        Share(int((times[counted] > 0).sum()), len(times)),
        Share(min(max(chance, 0.0), 1.0) * int(of_held.sum()), len(without)),
    )


def _times(
    persons: pl.DataFrame, table: pl.DataFrame, columns: Sequence[str]
) -> npt.NDArray[np.int64]:
    """Count for each person the rows of a table that have the same values."""
    counted = table.group_by(columns).agg(pl.len().alias(ROWS))
    found = persons.select(columns).join(counted, on=columns, how="left", nulls_equal=True)
    return found[ROWS].fill_null(0).to_numpy().astype(np.int64)


def chance_among(times: npt.NDArray[np.int64], rows: int, wanted: int) -> float:
    """Return the share of persons whom some of `wanted` rows would repeat, as counted in `rows`.

    Rows drawn one by one repeat somebody by Poisson's law, with a mean that grows with their
    number; the estimate has no bias (Good and Toulmin, Biometrika 43, 1956).
    """
    power = 1.0 - wanted / rows
    if power < -1:
        # Beyond twice as many rows it would swing: what is found in all of them is the least.
        return float((times > 0).mean()) if len(times) else 0.0
    return float((1.0 - np.power(power, times)).mean()) if len(times) else 0.0
