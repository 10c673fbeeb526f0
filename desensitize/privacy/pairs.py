"""Find two columns that hold where intervals begin and end, and write them as labels again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from desensitize.masks.ends import ANYTHING, read_ends, type_of_ends
from desensitize.privacy.hierarchy import Hierarchy

FROM, TO = "from", "to"
ENDS = ((FROM, TO), ("low", "high"), ("min", "max"), ("start", "end"), ("起", "止"))
JOINTS = ("_", " ", ".", "-", "")
OPEN = "-"
HAN = re.compile(r"[\u3400-\u9fff]")
EDGE, WITHIN, BELOW = "bound_edge", "included", "excluded"


@dataclass(frozen=True)
class Pair:
    """Name two columns that hold where the intervals of a column begin and end.

    `below` says that what stands in the second is no longer in the interval, unless both are equal.
    """

    column: str
    low: str
    high: str
    below: bool = False


def pair_names(column: str) -> tuple[str, str]:
    """Return what the two columns are called that a column comes as."""
    return f"{column}_{FROM}", f"{column}_{TO}"


def label_of(column: str, label: str, released: str) -> str:
    """Return what a column is called where it is released: of two that it comes as, each apart.

    The end of an interval is named in the script in which the label is written.
    """
    if not label or released not in pair_names(column):
        return label
    is_low = released == pair_names(column)[0]
    if HAN.search(label):
        return label + ("（起）" if is_low else "（止）")
    return f"{label}, {FROM if is_low else TO}"


def shown_as(columns: Iterable[str], released: Iterable[str]) -> tuple[str, ...]:
    """Name what a release has of some columns: each by its name, or as the pair that it came as."""
    there = frozenset(released)
    found: dict[str, None] = {}
    for name in columns:
        pair = pair_names(name)
        if name not in there and there.issuperset(pair):
            found |= dict.fromkeys(pair)
        else:
            found[name] = None
    return tuple(found)


def find_pairs(source: Iterable[str], released: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return by column of the source the two released columns that are named as its ends.

    A column that is released itself has none, and neither has one of the source's own.
    """
    before, there = list(source), frozenset(released)
    own = frozenset(before)
    found: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for column in before:
        for one, other in ((low, high) for joint in JOINTS for low, high in _named(column, joint)):
            if column in found or column in there or one in own or other in own:
                continue
            if one in there and other in there and not taken.intersection((one, other)):
                found[column] = one, other
                taken |= {one, other}
    return found


def _named(column: str, joint: str) -> list[tuple[str, str]]:
    return [(f"{column}{joint}{low}", f"{column}{joint}{high}") for low, high in ENDS]


def pairs_of(source: Mapping[str, pl.DataType], released: Path) -> list[Pair]:
    """Return the pairs of a Parquet file whose two columns are both numbers, or both days."""
    fields = pq.read_schema(released)
    types = pl.read_parquet_schema(released)
    found = []
    for column, (low, high) in find_pairs(source, list(types)).items():
        # A column of nothing at all has no type of its own.
        kinds = {type_of_ends(types[one]) for one in (low, high) if types[one] != pl.Null}
        if len(kinds) == 1 and None not in kinds:
            told = fields.field(high).metadata or {}
            found.append(Pair(column, low, high, told.get(EDGE.encode()) == BELOW.encode()))
    return found


def folded(
    table: pl.LazyFrame,
    pairs: Sequence[Pair],
    *,
    kinds: Mapping[str, pl.DataType],
    hierarchies: Mapping[str, Hierarchy],
    hidden: frozenset[str] = frozenset(),
) -> pl.LazyFrame:
    """Return a table with one column of labels in place of each pair, at the place of its first.

    What a hierarchy has a label for gets that label, and another interval is written as
    “[20, 39]”. `kinds` are the types of the columns of the source. Where nothing is told, a cell is
    null, and “*” in the columns that `hidden` names.
    """
    firsts = {pair.low: pair for pair in pairs}
    seconds = {pair.high for pair in pairs}
    types = {pair.column: type_of_ends(kinds[pair.column]) for pair in pairs}
    return table.select(
        _label(
            firsts[name],
            _labels(hierarchies.get(firsts[name].column), types[firsts[name].column]),
            types[firsts[name].column],
            is_hidden=firsts[name].column in hidden,
        )
        if name in firsts
        else pl.col(name)
        for name in table.collect_schema()
        if name not in seconds
    )


def hides(before: pl.LazyFrame, after: pl.LazyFrame, pair: Pair) -> bool:
    """Return whether more cells are empty than the source has: a mask took the values away."""
    were = before.select(pl.col(pair.column).null_count()).collect().item()
    both = pl.col(pair.low).is_null() & pl.col(pair.high).is_null()
    return bool(after.select(both.sum()).collect(engine="streaming").item() > were)


def _labels(hierarchy: Hierarchy | None, kind: pl.DataType | None) -> dict[str, str]:
    """Return by what two ends say the label of a hierarchy that has them."""
    if hierarchy is None or kind is None:
        return {}
    # Of two labels for one interval that which stands for more is read.
    order = sorted(hierarchy.losses.items(), key=lambda one: one[1])
    found = {}
    for label, _ in order:
        ends = read_ends(label, kind)
        if ends is not None and label != ANYTHING:
            low, high = pl.Series(list(ends), dtype=kind).cast(pl.String).fill_null(OPEN)
            found[f"{low} {high}"] = label
    return found


def _label(
    pair: Pair, labels: Mapping[str, str], kind: pl.DataType | None, *, is_hidden: bool
) -> pl.Expr:
    low, high = pl.col(pair.low), pl.col(pair.high)
    written = (
        pl.when(low.is_null() & high.is_null())
        .then(pl.lit(ANYTHING if is_hidden else None, dtype=pl.String))
        .when(low == high)
        .then(low.cast(pl.String))
        .otherwise(_written(pair, kind))
    )
    if labels and kind is not None:
        typed = (
            pl.col(name).cast(kind, strict=False).cast(pl.String).fill_null(OPEN)
            for name in (pair.low, pair.high)
        )
        key = pl.concat_str(*typed, separator=" ")
        known = key.replace_strict(
            list(labels), list(labels.values()), default=None, return_dtype=pl.String
        )
        written = pl.coalesce(known, written)
    return written.alias(pair.column)


def _written(pair: Pair, kind: pl.DataType | None) -> pl.Expr:
    """Return the labels of intervals as the masks of this library write them."""
    low, high = pl.col(pair.low), pl.col(pair.high)
    start, end, right = _text(low), _text(high), pl.lit(")" if pair.below else "]")
    if kind == pl.Int64 and not pair.below:
        # As “[20, 40)”, like what was binned; a release of labels then has the same ones.
        end, right = _text(high.cast(pl.Int64, strict=False) + 1), pl.lit(")")
    least = pl.lit("≥ ") + start
    most = pl.lit("< " if pair.below else "≤ ") + _text(high)
    interval = pl.lit("[") + start + pl.lit(", ") + end + right
    found = pl.when(low.is_null()).then(most).when(high.is_null()).then(least)
    if kind == pl.Date:
        year, month = low.dt.year().cast(pl.String), low.dt.strftime("%Y-%m")
        quarter = year + pl.lit("-Q") + low.dt.quarter().cast(pl.String)
        for label, length in ((year, "1y"), (quarter, "1q"), (month, "1mo")):
            last = low.dt.offset_by(length).dt.offset_by("-1d")
            found = found.when((low.dt.truncate(length) == low) & (high == last)).then(label)
    return found.otherwise(interval)


def _text(number: pl.Expr) -> pl.Expr:
    """Write numbers so that 20.0 is 20."""
    return number.cast(pl.String).str.strip_suffix(".0")
