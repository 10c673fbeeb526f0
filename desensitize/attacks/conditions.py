"""Single persons of the source out by conditions that a release suggests."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from desensitize.attacks.excess import Excess, Share, added, weigh
from desensitize.attacks.held_out import is_decided
from desensitize.attacks.predicates import Asked, Guess, Guesses, fitting, guesses_of_rows
from desensitize.attacks.set_guesses import Tally, by_fit

GUESSES, LEAST_GUESSES = 3_000, 100
"""So many guesses at a time leave an excess open by less than .025 to either side where one in five
is right; fewer than the least show nothing beside the sets."""


def play_conditions(
    source: pl.DataFrame,
    released: pl.DataFrame,
    controls: tuple[pl.DataFrame, Iterator[pl.DataFrame]],
    *,
    known: int,
    limit: float,
    random: np.random.Generator,
) -> tuple[Excess | None, dict[str, float]]:
    """Return what conditions of released rows reach, and how many there were.

    The controls are the release with each column in an order of its own, and releases made in the
    same way without some of the people. Columns that belong together make guesses better than those
    in an order of their own, though they tell of nobody. So the others count where they are right
    more often, with as many rows, until the outcome is sure; where nobody knows how the release is
    made, the most that guesses can be right about people who did not shape them does. Where the
    rows suggest no other guess, the rate is exact. The excess is None where there are too few.
    """
    shuffled, others = controls
    asked = Asked(source)
    made = next(others, None)
    alone = right(asked, guesses_of_rows(Asked(shuffled), GUESSES, known, random))
    told = guessed = Share(0, 0)
    while True:
        rows = released.height if made is None else min(made.height, released.height)
        some = released[random.permutation(released.height)[:rows]]
        own = guesses_of_rows(Asked(some), GUESSES, known, random)
        tally = tallied(asked, own.found)
        told = added(told, tally.share())
        figures = {"guesses": told.trials, "guesses_right": told.successes}
        if told.trials < LEAST_GUESSES:
            return None, figures
        chance = tally.by_chance()
        if made is not None:
            other = made[random.permutation(made.height)[:rows]]
            chance = right(asked, guesses_of_rows(Asked(other), GUESSES, known, random))
        guessed = added(guessed, chance)
        shown = Share.exactly(told.rate) if own.are_all else told
        excess = weigh(shown, max(guessed, alone, key=lambda share: share.rate))
        made = None if is_decided(excess, limit) else next(others, None)
        if made is None:
            return excess, figures


def right(table: Asked, guesses: Guesses) -> Share:
    """Return how often exactly one row fulfils a guess."""
    return tallied(table, guesses.found).share()


def tallied(table: Asked, guesses: Sequence[Guess]) -> Tally:
    """Count guesses by how many rows fulfil them."""
    counts = np.array(fitting(table, guesses), dtype=np.int64)
    return Tally((by_fit(counts), (0, 0, 0, 0)))
