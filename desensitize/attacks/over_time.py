"""Look at all revisions of a product together, knowing when a person came and left."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from desensitize.attacks.composition import CAME_ALONE, LEFT_ALONE, NAME
from desensitize.attacks.contract import Attack
from desensitize.attacks.excess import Excess, Share, gravity, weigh
from desensitize.attacks.reasons import listed
from desensitize.errors import TableError
from desensitize.revisions.candidates import Candidates

KNOWS = "the exact quasi-identifiers of a person, all revisions, and when the person came and left"


@dataclass(frozen=True)
class Difference:
    """Hold what one revision shows and the other does not: rows, and those that give people away.

    `small` are rows in groups of fewer than k by the known columns, `alone` those that no other is
    like, `alone_within` those that none of the whole table is like. `sure` has by sensitive column
    the share of the rows whose value is certain by the difference and was not by the table.
    """

    rows: int
    small: int
    alone: int
    alone_within: int
    sure: dict[str, float]


def difference(
    shows: Path, lacks: Path, *, known: Sequence[str], sensitive: Sequence[str], k: int
) -> Difference:
    """Return what rows tell that stand in one table oftener than in the other.

    That is what a feed of changes delivers.

    Raises:
        TableError: `unreadable-table`.
    """
    try:
        return _difference(shows, lacks, list(known), list(sensitive), k)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def _difference(
    shows: Path, lacks: Path, known: list[str], sensitive: list[str], k: int
) -> Difference:
    names = list(pl.read_parquet_schema(shows))
    # Texts of millions of rows take gigabytes; their hashes tell two apart all but surely.
    row, looks = " row", " looks"
    one, other = (
        pl.scan_parquet(path)
        .select(
            pl.struct(pl.col(name).cast(pl.String) for name in names).hash().alias(row),
            pl.struct(pl.col(name).cast(pl.String) for name in known).hash().alias(looks),
            *(pl.col(name).cast(pl.String).hash() for name in sensitive),
        )
        .group_by(row, looks, *sensitive)
        .agg(pl.len().cast(pl.Int64).alias(" rows"))
        for path in (shows, lacks)
    )
    joined = one.join(other.select(row, " rows"), on=row, how="left", suffix=" there")
    table = joined.with_columns(
        (pl.col(" rows") - pl.col(" rows there").fill_null(0)).clip(0).alias(" more")
    ).collect(engine="streaming")
    groups = table.group_by(looks).agg(
        pl.col(" rows").sum().alias(" all"),
        pl.col(" more").sum(),
        *(pl.col(name).n_unique().alias(f" all {name}") for name in sensitive),
        *(
            pl.col(name).filter(pl.col(" more") > 0).n_unique().alias(f" more {name}")
            for name in sensitive
        ),
    )
    groups = groups.filter(pl.col(" more") > 0)
    rows = int(groups[" more"].sum())
    if not rows:
        return Difference(0, 0, 0, 0, dict.fromkeys(sensitive, 0.0))
    more = groups[" more"]
    sure = {
        name: int(more.filter((groups[f" more {name}"] == 1) & (groups[f" all {name}"] > 1)).sum())
        / rows
        for name in sensitive
    }
    return Difference(
        rows=rows,
        small=int(more.filter(more < k).sum()),
        alone=int((more == 1).sum()),
        alone_within=int((groups[" all"] == 1).sum()),
        sure=sure,
    )


def over_time(
    candidates: Candidates,
    *,
    came: Difference | None,
    left: Difference | None,
    known: Sequence[str],
    k: int,
    limit: float,
) -> Attack:
    """Return how far somebody comes who holds all revisions.

    `came` and `left` are what the newest shows beyond the one before and the other way round, None
    where each revision brings other rows.
    """
    found: list[tuple[Excess, dict[str, Any]]] = []
    certain: dict[str, float] = {}
    breaks = []
    for family, tally in candidates.rows.items():
        shares = weigh(Share.exactly(tally.together), Share.exactly(tally.alone))
        found.append((shares, {"revisions": "all", "linked_by": family}))
    for (_family, column), tally in candidates.sure.items():
        shares = weigh(Share.exactly(tally.together), Share.exactly(tally.alone))
        found.append((shares, {"revisions": "all", "column": column}))
        certain[column] = max(certain.get(column, 0.0), tally.together - tally.alone)
    for why, change in ((CAME_ALONE, came), (LEFT_ALONE, left)):
        if change is None or not change.rows:
            continue
        shares = weigh(
            Share.exactly(change.alone / change.rows),
            Share.exactly(change.alone_within / change.rows),
        )
        found.append((shares, {"revisions": why.code, "rows": change.rows}))
        for column, share in change.sure.items():
            certain[column] = max(certain.get(column, 0.0), share)
        if change.small:
            breaks.append(why(rows=change.small, k=k, columns=listed(known)))
    excess, worst = max(found, key=lambda one: gravity(one[0], limit))
    return Attack(NAME, KNOWS, excess, limit, worst=worst, breaks=tuple(breaks), certain=certain)


def worse_of(one: Attack, other: Attack) -> Attack:
    """Return two attacks by the same name as one, by whatever each reached."""
    worst = max(
        (each for each in (one, other) if each.excess is not None),
        key=lambda each: gravity(each.excess, each.limit),  # type: ignore[arg-type]
        default=one,
    )
    names = {*one.certain, *other.certain}
    return Attack(
        one.name,
        " · ".join(dict.fromkeys((one.knows, other.knows))),
        worst.excess,
        worst.limit,
        worst=worst.worst,
        not_tried=(*one.not_tried, *other.not_tried),
        breaks=(*one.breaks, *other.breaks),
        certain={
            name: max(one.certain.get(name, 0.0), other.certain.get(name, 0.0)) for name in names
        },
    )
