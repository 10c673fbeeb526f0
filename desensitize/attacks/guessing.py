"""Guess a sensitive value by the nearest row of a release whose rows belong to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.attacks.certainty import NARROW
from desensitize.attacks.contract import Release
from desensitize.attacks.excess import Excess, Share, weigh
from desensitize.attacks.held_out import can_be_made_again, folds, is_decided, made_again
from desensitize.attacks.nearest import Scale

Booleans = npt.NDArray[np.bool_]


@dataclass
class Count:
    """Count how often guesses were right, fold by fold."""

    right: int = 0
    trials: int = 0

    def add(self, right: Booleans) -> None:
        """Add the guesses of one fold."""
        self.right += int(right.sum())
        self.trials += len(right)

    @property
    def share(self) -> Share:
        """Return the share of right guesses."""
        return Share(self.right, self.trials)


@dataclass
class Guesses:
    """Hold the guesses of one game: of those who are in a release, and of the control."""

    attack: Count = field(default_factory=Count)
    control: Count = field(default_factory=Count)

    @property
    def excess(self) -> Excess | None:
        """Return what the attack reaches beyond the control; None where nothing was played."""
        if not self.attack.trials or not self.control.trials:
            return None
        return weigh(self.attack.share, self.control.share)


def guess_by_nearest(
    release: Release, column: str, known: Sequence[str], *, limit: float
) -> tuple[Guesses, Guesses]:
    """Guess the value of a column by the nearest row in the known ones, in two games.

    In the first the release is asked about people of the source, and the control is the same guess
    from as many other people's true rows. In the second the release is made again without a fifth
    of the people: attacked are some of the others, and the fifth is the control (Giomi et al.,
    PoPETs 2023). Fifths are played until the outcome is sure. The second game stays empty where
    nobody knows how the release was made.
    """
    names = [*known, column]
    source = pl.read_parquet(release.source, columns=names)
    released = pl.read_parquet(release.released, columns=names)
    asked, again = Guesses(), Guesses()
    scale = Scale.of(source, known)

    def right(targets: pl.DataFrame, table: pl.DataFrame) -> Booleans:
        _, places = scale.nearest(scale.placed(targets), scale.placed(table))
        return same_values(targets[column], table[column][places], source[column])

    for fold in folds(release):
        size = min(len(fold.kept), released.height)
        others = source[fold.random.permutation(fold.kept)[:size]]
        drawn = released[fold.random.permutation(released.height)[:size]]
        held = source[fold.some(fold.held, size)]
        if size:
            asked.attack.add(right(held, drawn))
            asked.control.add(right(held, others))
        if can_be_made_again(release):
            with made_again(release, fold) as path:
                made = None if path is None else _shuffled(path, names, fold.random)
            if made is not None and made.height:
                kept = source[fold.some(fold.members, made.height)]
                again.attack.add(right(kept, made))
                again.control.add(right(held, made))
        found = [game.excess for game in (asked, again)]
        if all(each is None or is_decided(each, limit) for each in found):
            break
    return asked, again


def _shuffled(path: Path, names: Sequence[str], random: np.random.Generator) -> pl.DataFrame:
    table = pl.read_parquet(path, columns=list(names))
    # Of rows that are equally near the first is taken: their order must tell nothing.
    return table[random.permutation(table.height)]


def same_values(true: pl.Series, guess: pl.Series, whole: pl.Series) -> Booleans:
    """Say where a guess is right: the same value, or for numbers a narrow interval around it."""
    if true.dtype.is_numeric() and guess.dtype.is_numeric():
        spread = whole.cast(pl.Float64).std()
        width = NARROW * (float(spread) if isinstance(spread, float) else 0.0)
        near = (true.cast(pl.Float64) - guess.cast(pl.Float64)).abs() <= width / 2
        both = true.is_null() & guess.is_null()
        return (near.fill_null(False) | both).to_numpy()
    return true.cast(pl.String).eq_missing(guess.cast(pl.String)).to_numpy()
