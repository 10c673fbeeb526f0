"""Which rows come in and go with a revision, so that none does alone.

Whoever knows when somebody came in or left looks only at the rows that are new or gone. A row comes
in with enough others of its class, or waits; it goes with enough others, or stays until they do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from desensitize.revisions.counting import CLASS, CONTENT, ENTRY, REST, ROWS

RETURNING = "returning"


@dataclass(frozen=True)
class Enough:
    """Say how many rows hide each other, and how many values of each sensitive column among them.

    Where a class has fewer values, it is as many as it has.
    """

    rows: int
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Moved:
    """Hold what a revision shows: `shown` by content and by when it came, and what changed.

    `waits` are rows of the table that are not shown yet, `stays` rows that it no longer has and
    that are shown still, both by content. `left` are contents of which rows have gone.
    """

    shown: pl.DataFrame
    waits: pl.DataFrame
    stays: pl.DataFrame
    left: pl.DataFrame

    @property
    def waiting(self) -> int:
        """Count the rows that wait."""
        return int(self.waits[ROWS].sum())

    @property
    def staying(self) -> int:
        """Count the rows that stay."""
        return int(self.stays[ROWS].sum())


def first_shown(rows: pl.DataFrame, revision: int) -> pl.DataFrame:
    """Count the rows of a table by content, all of which come in with a revision."""
    return by_content(rows).with_columns(pl.lit(revision, dtype=pl.UInt32).alias(ENTRY))


def by_content(rows: pl.DataFrame) -> pl.DataFrame:
    """Count the rows of a table by content."""
    return rows.group_by(rows.columns).agg(pl.len().cast(pl.Int64).alias(ROWS))


def moved(
    rows: pl.DataFrame,
    shown: pl.DataFrame,
    left: pl.DataFrame,
    *,
    revision: int,
    enough: Enough,
    must_go: pl.DataFrame | None = None,
) -> Moved:
    """Decide which rows of a table a revision shows, and which of the last one it still does.

    `rows` are those of the table, `shown` what the last revision shows and since when, `left` the
    contents of which rows have gone before. Who comes back is told from who was never there, so
    that either kind hides only among its own. `must_go` counts by content rows that leave whatever
    that tells, as their persons asked.
    """
    now = by_content(rows)
    keys = [name for name in now.columns if name != ROWS]
    then = shown.group_by(keys).agg(pl.col(ROWS).sum().alias("then"))
    both = now.join(then, on=keys, how="full", coalesce=True).with_columns(
        pl.col(ROWS, "then").fill_null(0)
    )
    both = both.with_columns(
        new=(pl.col(ROWS) - pl.col("then")).clip(0), gone=(pl.col("then") - pl.col(ROWS)).clip(0)
    )
    values = [name for name in keys if name not in (CLASS, CONTENT, REST)]
    came = _coming(both, left, values, enough)
    went = _leaving(both, shown, values, enough)
    if must_go is not None:
        asked = both.join(must_go.rename({ROWS: "must"}), on=CONTENT).select(
            CONTENT, pl.min_horizontal("gone", "must").alias("goes")
        )
        went = pl.concat([went, asked]).group_by(CONTENT).agg(pl.col("goes").max())
        went = went.filter(pl.col("goes") > 0)
    kept = shown.join(went, on=CONTENT, how="left").with_columns(pl.col("goes").fill_null(0))
    # Rows that show the same are the same to everybody: those that came first go first.
    kept = kept.sort(CONTENT, ENTRY).with_columns(
        before=pl.col(ROWS).cum_sum().over(CONTENT) - pl.col(ROWS)
    )
    goes = (pl.col("goes") - pl.col("before")).clip(0, pl.col(ROWS))
    kept = kept.with_columns((pl.col(ROWS) - goes).alias(ROWS)).filter(pl.col(ROWS) > 0)
    columns = shown.columns
    entered = came.filter(pl.col("comes") > 0).with_columns(
        pl.col("comes").alias(ROWS), pl.lit(revision, dtype=pl.UInt32).alias(ENTRY)
    )
    waits = came.select(CONTENT, (pl.col("new") - pl.col("comes")).alias(ROWS))
    stays = both.join(went, on=CONTENT, how="left").select(
        CONTENT, (pl.col("gone") - pl.col("goes").fill_null(0)).alias(ROWS)
    )
    return Moved(
        shown=pl.concat([kept.select(columns), entered.select(columns)]),
        waits=waits.filter(pl.col(ROWS) > 0),
        stays=stays.filter(pl.col(ROWS) > 0),
        left=pl.concat([left, went.filter(pl.col("goes") > 0).select(CONTENT)]).unique(),
    )


def _coming(
    both: pl.DataFrame, left: pl.DataFrame, values: Sequence[str], enough: Enough
) -> pl.DataFrame:
    """Say of what is new how many rows of each content come in: all, or none."""
    have = both.group_by(CLASS).agg(pl.col(name).n_unique().alias(f"all {name}") for name in values)
    new = both.filter(pl.col("new") > 0)
    new = new.with_columns(pl.col(CONTENT).is_in(left[CONTENT].implode()).alias(RETURNING))
    groups = new.group_by(CLASS, RETURNING).agg(
        pl.col("new").sum().alias("size"),
        *(pl.col(name).n_unique().alias(f"in {name}") for name in values),
    )
    groups = groups.join(have, on=CLASS)
    good = pl.col("size") >= enough.rows
    for name in values:
        least = pl.min_horizontal(pl.lit(enough.values.get(name, 2)), f"all {name}")
        good &= pl.col(f"in {name}") >= least
    groups = groups.select(CLASS, RETURNING, good.alias("good"))
    return new.join(groups, on=[CLASS, RETURNING]).with_columns(
        pl.when("good").then("new").otherwise(0).alias("comes")
    )


def _leaving(
    both: pl.DataFrame, shown: pl.DataFrame, values: Sequence[str], enough: Enough
) -> pl.DataFrame:
    """Say of what is gone how many rows of each content leave.

    Known may be when somebody came and when he left. So of those of a class who came together, as
    many leave together as hide each other, and as many remain; which of several rows that show the
    same are meant nobody can tell, so that all count who may be.
    """
    leaves = both.filter(pl.col("gone") > 0).select(CONTENT, pl.col("gone").alias("goes"), "then")
    cell = [CLASS, ENTRY]
    while leaves.height:
        touched = shown.join(leaves, on=CONTENT, how="semi").select(cell).unique()
        rows = shown.join(touched, on=cell, how="semi").join(leaves, on=CONTENT, how="left")
        rows = rows.with_columns(pl.col("goes").fill_null(0))
        rows = rows.with_columns(
            out=pl.min_horizontal(ROWS, "goes"),
            stay=pl.min_horizontal(ROWS, pl.col("then").fill_null(2**62) - pl.col("goes")),
        )
        good = pl.lit(True)
        for part in ("out", "stay"):
            there = pl.col(part) > 0
            fits = pl.col(part).sum() >= pl.min_horizontal(pl.lit(enough.rows), pl.col(ROWS).sum())
            for name in values:
                least = pl.min_horizontal(
                    pl.lit(enough.values.get(name, 2)), pl.col(name).n_unique()
                )
                fits &= pl.col(name).filter(there).n_unique() >= least
            good &= (pl.col(part).sum() == 0) | fits
        bad = rows.group_by(cell).agg(good.alias("good")).filter(~pl.col("good"))
        held = rows.join(bad, on=cell, how="semi").filter(pl.col("out") > 0)
        if not held.height:
            break
        leaves = leaves.join(held, on=CONTENT, how="anti")
    return leaves.select(CONTENT, "goes")
