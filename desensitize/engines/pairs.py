"""Let a column of intervals come as two: where each begins, and where it ends."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.masks.ends import ANYTHING, Ends, ends_of, read_ends, type_of_ends
from desensitize.masks.hierarchy import HierarchyLevel
from desensitize.policy import ColumnRule
from desensitize.privacy.pairs import BELOW, FROM, TO, WITHIN

MEANINGS = {
    FROM: "The least value that the cell can stand for; empty where nothing is told or no end is.",
    TO: "The greatest value that the cell can stand for; empty where nothing is told or no end is.",
}
BEYOND = "What the cell stands for is less, unless both ends are equal; empty where none is told."


def pair_of(rule: ColumnRule, labels: pl.Expr, dtype: pl.DataType) -> list[pl.Expr]:
    """Return the two columns that the labels of a column come as.

    Raises:
        DesensitizeError: `from-to-type` or `from-to-label`.
    """
    kind = check_pair(rule, dtype)
    ends = ends_of(labels.cast(pl.String), kind)
    return [end.alias(name) for end, name in zip(ends, rule.released_as, strict=True)]


def said_of_pair(rule: ColumnRule, released: str, dtype: pl.DataType) -> dict[str, Any]:
    """Return what a codebook says of one of the two columns, of this type."""
    which = FROM if released == rule.released_as[0] else TO
    below = which == TO and dtype.is_float()
    return {
        "bound_of": rule.name,
        "bound": which,
        "bound_edge": BELOW if below else WITHIN,
        "bound_meaning": BEYOND if below else MEANINGS[which],
    }


def bounds_of(labels: Mapping[str, Any], dtype: pl.DataType) -> dict[str, list[Any]]:
    """Return by label the two values that stand for it, as JSON holds them."""
    found = {label: read_ends(label, dtype) for label in labels if label != ANYTHING}
    return {label: [_plain(end) for end in ends] for label, ends in found.items() if ends}


def _plain(end: Any) -> Any:
    return end if end is None or isinstance(end, int | float) else end.isoformat()


def check_pair(rule: ColumnRule, dtype: pl.DataType) -> pl.DataType:
    """Return the type of both columns that a column of this type comes as.

    Raises:
        DesensitizeError: `from-to-type`; `from-to-label` for a hierarchy of which a label is no
            interval that holds what it stands for.
    """
    kind = type_of_ends(dtype)
    if kind is None:
        raise DesensitizeError("from-to-type", column=rule.name)
    options = rule.make_mask().options
    rows = (options.table("hierarchy") if "hierarchy" in options else None) or ()
    single = isinstance(rule.make_mask(), HierarchyLevel)
    first = options.integer("level" if single else "finest") if rows else 0
    for row in rows:
        value = (read_ends(row[0], kind) or (None,))[0]
        for label in row[first : first + 1] if single else row[first:]:
            ends = read_ends(label, kind)
            if ends is None or (value is not None and not _holds(ends, value, kind)):
                raise DesensitizeError("from-to-label", column=rule.name, label=label)
    return kind


def _holds(ends: Ends, value: Any, kind: pl.DataType) -> bool:
    low, high = ends
    if low == high:
        return low is None or low == value
    above = low is None or low <= value
    return above and (high is None or value < high or (value == high and kind != pl.Float64))
