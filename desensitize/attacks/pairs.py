"""Read two columns that hold where intervals begin and end as the one column that they are."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from desensitize.attacks.contract import Release
from desensitize.attacks.levels import hierarchies_of
from desensitize.attacks.values import Booleans, Floats, Values, encode_column
from desensitize.engines.workspace import workspace
from desensitize.errors import TableError
from desensitize.masks.ends import read_ends, type_of_ends
from desensitize.privacy.hierarchy import Hierarchy
from desensitize.privacy.pairs import Pair, folded, hides, pairs_of

MOST_CROSSED = 0.25
"""So many rows may end before they begin in a pair: they are read by nobody, the others still."""


@contextmanager
def as_labels(release: Release) -> Iterator[Release]:
    """Hand out a release in which a column that came as two is one again, as earlier ones are.

    `written` names the bytes themselves. Two columns that are named as ends and are none stay two,
    and whoever is found by the column, or whose secret it is, is so by both.

    Raises:
        TableError: `unreadable-table`.
    """
    paths = [(release.released, release.source)]
    paths += [(one.released, one.source or release.source) for one in release.earlier]
    if not any(_pairs(path, source) for path, source in paths):
        yield release
        return
    with workspace() as folder:
        found = [
            _as_labels(release, path, source, folder / str(number))
            for number, (path, source) in enumerate(paths)
        ]
        (shown, names), *before = found
        yield replace(
            release,
            released=shown,
            written=release.file,
            earlier=tuple(
                replace(one, released=path)
                for one, (path, _) in zip(release.earlier, before, strict=True)
            ),
            quasi_identifiers=_named(release.quasi_identifiers, names),
            sensitive=_named(release.sensitive, names),
            cleared=_named(release.cleared, names),
            identifying=_named(release.identifying, names),
            changed=_named(release.changed, names),
        )


def fold_made(release: Release, path: Path, folder: Path) -> None:
    """Write one column of labels in place of two, in a table that was made as the release was."""
    made, _ = _as_labels(release, path, release.source, folder / "labels")
    if made != path:
        made.replace(path)


def _as_labels(
    release: Release, path: Path, source: Path, folder: Path
) -> tuple[Path, Mapping[str, tuple[str, ...]]]:
    """Return the file in which pairs are labels, and what columns are called there instead."""
    called: dict[str, tuple[str, ...]] = {}
    pairs = []
    asked = _pairs(path, source)
    hierarchies = hierarchies_of(release, [pair.column for pair in asked])
    for pair in asked:
        before = encode_column(source, pair.column)
        low, high = (encode_column(path, name) for name in (pair.low, pair.high))
        known = hierarchies.get(pair.column)
        if not is_pair(before, low, high, known, below=pair.below, most_crossed=MOST_CROSSED):
            called[pair.column] = pair.low, pair.high
            continue
        pairs.append(pair)
        called |= dict.fromkeys((pair.low, pair.high), (pair.column,))
    if not pairs:
        return path, called
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    try:
        people, table = pl.scan_parquet(source), pl.scan_parquet(path)
        folded(
            table,
            pairs,
            kinds=people.collect_schema(),
            hierarchies=hierarchies,
            hidden=frozenset(one.column for one in pairs if hides(people, table, one)),
        ).sink_parquet(target)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error
    return target, called


def _pairs(path: Path, source: Path) -> list[Pair]:
    try:
        return pairs_of(pl.read_parquet_schema(source), path)
    except (pl.exceptions.PolarsError, pa.ArrowException, OSError) as error:
        raise TableError("unreadable-table") from error


def is_pair(
    source: Values,
    low: Values,
    high: Values,
    hierarchy: Hierarchy | None = None,
    *,
    below: bool = False,
    most_crossed: float = 0.0,
) -> bool:
    """Return whether two columns can be the ends of intervals of a column of the source.

    They are none where more than `most_crossed` of them end before they begin, nor where one of
    both could be the column itself:
    each of its values is one of the source, in no more rows than there. Exact values are none the
    less exact because another column stands beside them. Where all are labels of a hierarchy, they
    are read by it.
    """
    starts, ends = _places(low), _places(high)
    for one, places in ((low, starts), (high, ends)):
        if np.any(np.isnan(places) & one.texts.is_not_null().to_numpy()):
            return False
    start, end = starts[low.codes], ends[high.codes]
    crossed = start > end
    if crossed.any() and crossed.mean() > most_crossed:
        return False
    start, end = start[~crossed], end[~crossed]
    if _most_within(source, start, end, below=below) <= 1:
        # The interval says as much as the value does.
        return True
    if hierarchy is not None and _are_labels(hierarchy, source, low, high, ~crossed):
        return True
    return not exact_ends(source, low, high)


def _most_within(source: Values, start: Floats, end: Floats, *, below: bool) -> int:
    """Return how many values of the source lie in one of the intervals at most."""
    ordered = np.unique(_places(source))
    ordered = ordered[~np.isnan(ordered)]
    told = ~(np.isnan(start) & np.isnan(end))
    low, high = np.nan_to_num(start[told], nan=-np.inf), np.nan_to_num(end[told], nan=np.inf)
    last = np.searchsorted(ordered, high, "right")
    if below:
        last = np.where(low < high, np.searchsorted(ordered, high, "left"), last)
    return int((last - np.searchsorted(ordered, low, "left")).max(initial=0))


def exact_ends(source: Values, low: Values, high: Values) -> list[str]:
    """Name the columns of a pair that could by themselves be the column of the source."""
    return [one.column for one in (low, high) if _is_exact(source, one)]


def _places(values: Values) -> Floats:
    """Return the values as numbers or days, NaN for what is missing or neither."""
    if values.dtype == pl.Date:
        days = values.texts.str.to_date().to_physical().cast(pl.Float64)
        return days.fill_null(np.nan).to_numpy()
    return values.numbers()


def _is_exact(source: Values, column: Values) -> bool:
    """Return whether values could be those of the source as they are."""
    places, rows = _places(column), column.counts
    there = ~np.isnan(places)
    ordered, which = np.unique(_places(source), return_inverse=True)
    if not there.any() or not len(ordered):
        return False
    counts = np.bincount(which.ravel(), weights=source.counts)
    found = np.minimum(np.searchsorted(ordered, places[there]), len(ordered) - 1)
    enough: Booleans = rows[there] <= counts[found]
    return bool(np.all((ordered[found] == places[there]) & enough))


def _are_labels(
    hierarchy: Hierarchy, source: Values, low: Values, high: Values, rows: Booleans
) -> bool:
    """Return whether a hierarchy has a label for the interval of each of some rows."""
    kind = type_of_ends(source.dtype)
    if kind is None:
        return False
    listed = {(None, None), *(read_ends(label, kind) for label in hierarchy.losses)}
    pairs = pl.DataFrame({"low": low.codes[rows], "high": high.codes[rows]}).unique()
    starts, ends = (
        one.texts.str.to_date(strict=False)
        if kind == pl.Date
        else one.texts.cast(kind, strict=False)
        for one in (low, high)
    )
    return all((starts[one], ends[other]) in listed for one, other in pairs.iter_rows())


def _named(columns: Sequence[str], called: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Name columns as the release does: by both where a pair stays two, else by one."""
    return tuple(dict.fromkeys(name for one in columns for name in called.get(one, (one,))))
