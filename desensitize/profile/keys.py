"""Find two columns that together tell each row of a table from every other."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import polars as pl

from desensitize.errors import TableError
from desensitize.profile.columns import ColumnProfile

LEAST_ROWS = 20
"""In fewer rows, that each value stands once says nothing."""
MOST_PAIRS = 40
FIRST_ROWS = 20_000
LEAST_BY_CHANCE = 5
"""So many rows at least would stand twice, were the values of two columns strewn at random."""
DAYS = ("date", "datetime")
NAMES = ("text", "integer", *DAYS)


def is_key(profile: ColumnProfile) -> bool:
    """Return whether a column that holds names or numbers has each of its values once."""
    filled = profile.rows - profile.nulls
    names = profile.dtype in ("text", "integer")
    return names and filled >= LEAST_ROWS and profile.distinct == filled


def key_pair(path: Path, profiles: Sequence[ColumnProfile]) -> tuple[str, str] | None:
    """Return two columns of a Parquet file that are its key, such as day and point; None for none.

    One that is a key alone needs no other. Of several pairs that with a day goes first, then that
    with the fewest values.

    Raises:
        TableError: `unreadable-table`.
    """
    if any(is_key(profile) and not profile.nulls for profile in profiles):
        return None
    try:
        table = pl.scan_parquet(path)
        for first, second in _candidates(profiles):
            # What is no key mostly shows in the first rows: few pairs are looked up in all of them.
            for rows in (min(FIRST_ROWS, first.rows), first.rows):
                if not _tells_apart(table.head(rows), first.name, second.name, rows):
                    break
            else:
                return first.name, second.name
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    return None


def _tells_apart(table: pl.LazyFrame, first: str, second: str, rows: int) -> bool:
    told = table.select(pl.struct(first, second).n_unique().alias("told"))
    return bool(told.collect(engine="streaming")["told"].item() == rows)


def _candidates(
    profiles: Sequence[ColumnProfile],
) -> list[tuple[ColumnProfile, ColumnProfile]]:
    """Return pairs that may be a key, and that would hardly be one by chance."""
    usable = [
        one
        for one in profiles
        if one.dtype in NAMES and not one.nulls and one.rows >= LEAST_ROWS and one.distinct > 1
    ]
    days_first = sorted(usable, key=lambda one: one.dtype not in DAYS)
    pairs = [
        (one, other)
        for one, other in combinations(days_first, 2)
        if one.rows <= one.distinct * other.distinct <= one.rows**2 / (2 * LEAST_BY_CHANCE)
    ]
    pairs.sort(key=lambda pair: (pair[0].dtype not in DAYS, pair[0].distinct * pair[1].distinct))
    return pairs[:MOST_PAIRS]
