"""Find columns whose noise two releases of the same people drew anew: their mean tells more."""

import polars as pl

from desensitize.attacks.contract import Earlier, Release
from desensitize.attacks.digests import normalized
from desensitize.attacks.excess import Share
from desensitize.attacks.links import Linked, matched_rows, number_rows

MANY = 20
LEAST_LINKED = 20
CHANGED = 0.05


def redrawn_noise(release: Release, earlier: Earlier, linked: Linked) -> dict[str, Share]:
    """Return for columns of numbers the share of linked rows in which the release says another one.

    Rows are linked by all other columns that both releases have in common. Only columns that the
    sources did not change count: there each release tells another draw, and the mean tells more.
    """
    now, then = pl.scan_parquet(release.released), pl.scan_parquet(earlier.released)
    then = linked.renamed(then)
    types, before = now.collect_schema(), then.collect_schema()
    numeric = [
        name
        for name in linked.common
        if types[name].is_numeric() and before[name].is_numeric() and _has_many(now, name)
    ]
    found = {}
    for name in _unchanged(release, earlier, linked, numeric):
        by = tuple(
            other
            for other in linked.common
            if other != name and (other in linked.columns or other not in numeric)
        )
        if not by:
            continue
        first, second = number_rows((now, then), by)
        sides = [
            pl.DataFrame({"link": numbers, "value": table.select(name).collect().to_series()})
            .filter(pl.len().over("link") == 1)
            .drop_nulls()
            for numbers, table in ((first, now), (second, then))
        ]
        pairs = sides[0].join(sides[1], on="link")
        if pairs.height >= LEAST_LINKED:
            differ = int((pairs["value"] != pairs["value_right"]).sum())
            found[name] = Share(differ, pairs.height)
    return found


def _has_many(table: pl.LazyFrame, name: str) -> bool:
    return int(table.select(pl.col(name).n_unique()).collect().item()) >= MANY


def _unchanged(release: Release, earlier: Earlier, linked: Linked, names: list[str]) -> list[str]:
    """Name the columns that the sources of both releases hold alike."""
    if earlier.source is None or not names:
        return names
    one, other = matched_rows(release, earlier)
    other = linked.renamed(other.lazy()).collect()
    return [
        name
        for name in names
        if not one.height
        or name not in one.columns
        or name not in other.columns
        or float(normalized(one[name]).eq_missing(normalized(other[name])).cast(pl.Float64).sum())
        >= (1 - CHANGED) * one.height
    ]
