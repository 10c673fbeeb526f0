"""Whether rows that were drawn anew repeat persons of their source."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from desensitize.attacks.contract import Attack, Release
from desensitize.attacks.excess import Excess, Share, weigh
from desensitize.attacks.reasons import Reason
from desensitize.errors import TableError

ASIDE = 5
FEWEST_PERSONS = 20


def play_drawn_anew(release: Release, name: str, limit: float) -> Attack:
    """Return how much oftener a row drawn anew repeats a person than other persons do.

    One person in five is set aside. Found is who is alone among them with some values that a row
    of the release has; by chance it is who is alone with values that one of the other persons has.
    Of both, release and others, as many rows are looked at. Played with all columns and with the
    quasi-identifiers.

    Raises:
        TableError: `unreadable_table`.
    """
    try:
        source, released = (
            pl.read_parquet(path).with_columns(pl.all().cast(pl.String))
            for path in (release.source, release.released)
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable_table") from error
    columns = [one for one in released.columns if one in source.columns]
    aside = source.height // ASIDE
    if not columns or aside < FEWEST_PERSONS or not released.height:
        return Attack(name, "", None, limit, not_tried=(Reason("nothing_shared"),))
    random = np.random.default_rng(release.seed)
    order = random.permutation(source.height)
    size = min(source.height - aside, released.height)
    persons, others = source[order[:aside]], source[order[aside : aside + size]]
    drawn = released[random.permutation(released.height)[:size]]
    quasi = [one for one in columns if one in release.quasi_identifiers]
    games = {
        tuple(chosen): _repeated(chosen, persons, drawn, others)
        for chosen in (columns, quasi)
        if chosen
    }
    worst = max(games, key=lambda chosen: (games[chosen].value, games[chosen].high))
    return Attack(
        name,
        "The exact values of " + ", ".join(f"“{one}”" for one in worst) + ".",
        games[worst],
        limit,
        worst={"columns": list(worst), "persons": aside, "repeated": games[worst].rate * aside},
    )


def _repeated(
    columns: Sequence[str], persons: pl.DataFrame, drawn: pl.DataFrame, others: pl.DataFrame
) -> Excess:
    alone = persons.select(columns).filter(~pl.struct(columns).is_duplicated())
    hits, guesses = (
        alone.join(table, on=columns, how="semi", nulls_equal=True).height
        for table in (drawn, others)
    )
    return weigh(Share(hits, persons.height), Share(guesses, persons.height))
