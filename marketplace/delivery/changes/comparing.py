"""Compare two tables row by row, as a change data feed tells it. Pure: no models, no files.

The kinds are those of Delta Lake's change data feed.
"""

from collections.abc import Sequence

import polars as pl

from marketplace.catalog.version.counting import common_schema

KIND = "_change_type"
INSERT, DELETE = "insert", "delete"
BEFORE, AFTER = "update_preimage", "update_postimage"
COUNT = "_count"


def changes_between(
    before: pl.DataFrame, after: pl.DataFrame, key: Sequence[str] = ()
) -> pl.DataFrame:
    """Return the rows that changed, each with its kind in a last column.

    With a `key` a row that has the same key in both and other values is an update: its old row and
    then its new one. Without one, or where a key is missing or stands twice in either table, rows
    are counted: what is there more often was inserted, what less often deleted. Both tables have
    the same columns; those of two types are compared, and told, as one that holds both.
    """
    names = after.columns
    schema = common_schema(before.select(names), after)
    before, after = before.select(names).cast(schema), after.cast(schema)  # type: ignore[arg-type]
    if key and set(key) <= set(names) and all(_is_key(table, key) for table in (before, after)):
        found = _by_key(before, after, list(key))
    else:
        found = _by_count(before, after)
    return found.select(*names, KIND)


def everything(table: pl.DataFrame) -> pl.DataFrame:
    """Return every row of a first table as inserted."""
    return _as(table, INSERT)


def is_key(table: pl.DataFrame, key: Sequence[str]) -> bool:
    """Return whether the columns tell every row of a table from every other."""
    return bool(key) and set(key) <= set(table.columns) and _is_key(table, key)


def _is_key(table: pl.DataFrame, key: Sequence[str]) -> bool:
    keys = table.select(key)
    has_all = sum(keys.null_count().row(0)) == 0 if len(keys) else True
    return has_all and keys.n_unique() == len(keys)


def _by_key(before: pl.DataFrame, after: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    deleted = before.join(after, on=key, how="anti", maintain_order="left")
    inserted = after.join(before, on=key, how="anti", maintain_order="left")
    names = after.columns
    # Of the keys that stand in both, those whose rows are not the same.
    new = after.join(before, on=names, how="anti", nulls_equal=True, maintain_order="left")
    new = new.join(before.select(key), on=key, how="semi", maintain_order="left")
    old = before.join(new.select(key), on=key, how="semi", maintain_order="left")
    return pl.concat(
        [_as(deleted, DELETE), _as(old, BEFORE), _as(new, AFTER), _as(inserted, INSERT)]
    )


def _by_count(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([_as(_more_in(before, after), DELETE), _as(_more_in(after, before), INSERT)])


def _more_in(table: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Return each row as often as the table has it more often than the other one."""
    names = table.columns
    counted = table.group_by(names, maintain_order=True).len(COUNT)
    others = other.group_by(names).len(f"{COUNT}_other")
    both = counted.join(others, on=names, how="left", nulls_equal=True, maintain_order="left")
    more = pl.col(COUNT).cast(pl.Int64) - pl.col(f"{COUNT}_other").fill_null(0).cast(pl.Int64)
    left = both.with_columns(more.alias(COUNT)).filter(pl.col(COUNT) > 0)
    return left.select(pl.exclude(COUNT, f"{COUNT}_other").repeat_by(COUNT)).explode(names)


def _as(table: pl.DataFrame, kind: str) -> pl.DataFrame:
    return table.with_columns(pl.lit(kind).alias(KIND))
