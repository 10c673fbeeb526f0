"""Find what links two releases of the same people: columns, and rows of the sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.attacks.codes import encoded, joined, numbered
from desensitize.attacks.contract import Earlier, Release
from desensitize.attacks.digests import Digests, normalized, row_digests
from desensitize.privacy.hierarchy import ANYTHING

KEY = bytes(32)
"""Digests are compared at once and never kept: they need no secret."""
SAME = 0.5
"""The agreement beyond chance from which two columns are one."""
OVERLAP = 0.5
"""The share of rows whose value must occur in the other release for a column to link."""
EXACT_SHARE = 0.95
"""The share of people whose value must occur in a release for it to show what is true of them."""
FEW_ROWS = 2_000
"""People of whom is looked up whether columns are the same."""


@dataclass(frozen=True)
class Linked:
    """Hold how the columns of an earlier release are called now, and those that link rows.

    `cells` are columns of which either release hides cells, so that two cells of one person need
    not be alike: they are known, and do not link. Of the columns that link, `exact` show the values
    of the source.
    """

    names: Mapping[str, str]
    columns: tuple[str, ...]
    common: tuple[str, ...]
    cells: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()

    def renamed(self, table: pl.LazyFrame) -> pl.LazyFrame:
        """Return a table of the earlier people under the names of today."""
        present = table.collect_schema().names()
        return table.select(pl.col(name).alias(self.names.get(name, name)) for name in present)

    def numbered(self, *tables: pl.LazyFrame) -> list[pl.Series]:
        """Return for each row of some tables a number of what it carries in columns that link."""
        return number_rows(tables, self.columns)


def number_rows(tables: Sequence[pl.LazyFrame], columns: tuple[str, ...]) -> list[pl.Series]:
    """Return a number for each row of some tables, equal where they agree in the columns."""
    sizes = [int(one.select(pl.len()).collect().item()) for one in tables]
    numbers, room = np.zeros(sum(sizes), dtype=np.int64), 1
    # One column after the other, since all texts of all tables at once take gigabytes.
    for name in columns:
        text = pl.col(name).map_batches(normalized, return_dtype=pl.String)
        cells = pl.concat([table.select(text).collect().to_series() for table in tables])
        numbers, room = joined(numbers, room, *encoded(cells))
    found = pl.Series(numbered(numbers, room)[0])
    ends = np.cumsum(sizes).tolist()
    return [found[end - size : end] for end, size in zip(ends, sizes, strict=True)]


def columns_that_link(release: Release, earlier: Earlier) -> Linked:
    """Find which columns are which, and which of them carry the same values in both releases.

    A column of another name is one of today when the sources agree in it for most people. Known
    columns do not link: they are generalized as each release has it.
    """
    names = _names(release, earlier)
    now = pl.scan_parquet(release.released)
    then = pl.scan_parquet(earlier.released)
    source = pl.scan_parquet(release.source)
    present = now.collect_schema().names()
    back = {names.get(name, name): name for name in then.collect_schema()}
    common = tuple(name for name in present if name in back)
    columns, cells, exact = [], [], []
    for name in common:
        if name in release.quasi_identifiers:
            continue
        mine, theirs = _normal(now, name), _normal(then, back[name])
        own = _normal(source, name) if name in source.collect_schema() else None
        if name not in release.sensitive and own is not None and _hides(own, mine, theirs):
            cells.append(name)
            continue
        if _share_in(mine, theirs) >= OVERLAP:
            columns.append(name)
            if own is not None and _share_in(own, mine) >= EXACT_SHARE:
                exact.append(name)
    return Linked(names, tuple(columns), common, tuple(cells), tuple(exact))


def _normal(table: pl.LazyFrame, name: str) -> pl.Series:
    text = pl.col(name).map_batches(normalized, return_dtype=pl.String)
    return table.select(text).collect().to_series()


def _share_in(values: pl.Series, others: pl.Series) -> float:
    """Return the share of the filled cells whose value is among others."""
    share = values.is_in(others.unique().implode()).mean()
    return share if isinstance(share, float) else 0.0


def _hides(source: pl.Series, *released: pl.Series) -> bool:
    """Return whether a release hides some cells of a column, and not all, that the source shows."""
    hidden = [(one == ANYTHING).fill_null(False) for one in released]
    told = any(one.any() and not one.all() for one in hidden)
    return told and not (source == ANYTHING).any()


def _names(release: Release, earlier: Earlier) -> dict[str, str]:
    """Return for columns of the earlier source that were renamed what they are called now."""
    if earlier.source is None:
        return {}
    here = pl.scan_parquet(release.source).collect_schema().names()
    there = pl.scan_parquet(earlier.source).collect_schema().names()
    unknown = [name for name in there if name not in here]
    free = [name for name in here if name not in there]
    if not unknown or not free:
        return {}
    one, other = matched_rows(release, earlier)
    pairs = [
        (_agreement(one[candidate], other[name]), name, candidate)
        for name in unknown
        for candidate in free
    ]
    names: dict[str, str] = {}
    for agreement, name, candidate in sorted(pairs, reverse=True):
        if agreement >= SAME and name not in names and candidate not in names.values():
            names[name] = candidate
    return names


def _agreement(one: pl.Series, other: pl.Series) -> float:
    """Return in which share of the rows two columns agree, beyond chance (Cohen's kappa)."""
    mine, theirs = normalized(one), normalized(other)
    if not len(mine):
        return 0.0
    agree = float(mine.eq_missing(theirs).cast(pl.Float64).sum()) / len(mine)
    counts = [
        pl.DataFrame({"value": each}).group_by("value").agg(share=pl.len() / len(mine))
        for each in (mine, theirs)
    ]
    both = counts[0].join(counts[1], on="value", nulls_equal=True)
    chance = float((both["share"] * both["share_right"]).sum())
    return (agree - chance) / (1 - chance) if chance < 1 else 0.0


def rows_of_people(
    release: Release, earlier: Earlier, linked: Linked, places: npt.NDArray[np.int64]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return some rows of the source, and the rows of the same people in the earlier source.

    Who cannot be found there is taken to be as today.
    """
    source = _rows(release.source, places)
    if earlier.source is None:
        return source, source
    found = _partners(release, earlier, source)
    missing = found < 0
    if missing.all():
        return source, source
    there = _rows(earlier.source, np.where(missing, found.max(), found))
    rows = linked.renamed(there.lazy()).collect()
    columns = [
        pl.select(
            pl.when(pl.lit(pl.Series(missing)))
            .then(pl.lit(source[name].cast(pl.String)))
            .otherwise(pl.lit(rows[name].cast(pl.String)))
        )
        .to_series()
        .alias(name)
        if name in rows.columns
        else source[name]
        for name in source.columns
    ]
    return source, pl.DataFrame(columns)


def matched_rows(release: Release, earlier: Earlier) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return some rows of both sources side by side, of people who can be found in both."""
    assert earlier.source is not None
    rows = int(pl.scan_parquet(release.source).select(pl.len()).collect().item())
    places = np.random.default_rng(release.seed).permutation(rows)[:FEW_ROWS]
    source = _rows(release.source, np.sort(places))
    found = _partners(release, earlier, source)
    return source[np.flatnonzero(found >= 0)], _rows(earlier.source, found[found >= 0])


def _rows(path: Path, places: npt.NDArray[np.int64]) -> pl.DataFrame:
    """Read the rows at some places, in their order."""
    different, order = np.unique(places, return_inverse=True)
    table = (
        pl.scan_parquet(path)
        .with_row_index(" place")
        .filter(pl.col(" place").is_in(pl.Series(different).cast(pl.UInt32).implode()))
        .collect(engine="streaming")
        .sort(" place")
        .drop(" place")
    )
    return table[order]


def _partners(release: Release, earlier: Earlier, source: pl.DataFrame) -> npt.NDArray[np.int64]:
    """Return for each row of the source where the same person stands in the earlier one, or −1.

    By the column of persons where both have it and somebody is in both; else by all cells of the
    row but at most one.
    """
    assert earlier.source is not None
    person = release.person
    if person is not None and person in pl.read_parquet_schema(earlier.source):
        there = pl.read_parquet(earlier.source, columns=[person])[person]
        found = _place(normalized(source[person]), normalized(there))
        if (found >= 0).any():
            return found
    before = pl.read_parquet(earlier.source)
    whole, without = row_digests(source, KEY)
    wanted = np.unique(np.concatenate([whole, without.reshape(-1)]))
    there_whole, there_without = row_digests(before, KEY)
    del before
    found = np.full(source.height, -1, dtype=np.int64)
    # The surest first: all cells, then one that only one of them has, then one that differs.
    for mine, theirs in (
        (whole[:, None], there_whole[:, None]),
        (whole[:, None], there_without),
        (without, there_whole[:, None]),
        (without, there_without),
    ):
        _fill(found, mine, theirs, wanted)
    return found


def _fill(found: npt.NDArray[np.int64], mine: Digests, theirs: Digests, wanted: Digests) -> None:
    flat, width = theirs.reshape(-1), theirs.shape[1]
    # Column by column, since all of them at once would be sorted together.
    useful = np.concatenate(
        [
            np.flatnonzero(np.isin(theirs[:, column], wanted)) * width + column
            for column in range(width)
        ]
    )
    digests, first, counts = np.unique(flat[useful], return_index=True, return_counts=True)
    if not len(digests):
        return
    place = np.minimum(np.searchsorted(digests, mine), len(digests) - 1)
    # What several rows share tells nobody apart.
    met = (digests[place] == mine) & (counts[place] == 1)
    rows = useful[first[place]] // width
    column = met.argmax(axis=1)
    here = np.flatnonzero(met.any(axis=1) & (found < 0))
    found[here] = rows[here, column[here]]


def _place(mine: pl.Series, theirs: pl.Series) -> npt.NDArray[np.int64]:
    table = pl.DataFrame({"who": theirs}).with_row_index("place").drop_nulls("who")
    first = table.unique("who", keep="first")
    found = pl.DataFrame({"who": mine}).join(first, on="who", how="left", maintain_order="left")
    return found["place"].cast(pl.Int64).fill_null(-1).to_numpy()
