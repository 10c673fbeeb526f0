"""Write the release of a table, or of one part of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from desensitize.crypto import Key, KeyRing
from desensitize.engines.codebook import EXPLAINED, Explained, explained_schema
from desensitize.engines.drawing import ROW, context_of
from desensitize.engines.generalization import Labels, with_labels
from desensitize.engines.pairs import pair_of
from desensitize.engines.publication import published
from desensitize.engines.relay import with_progress, write_parquet
from desensitize.engines.shuffling import (
    Cut,
    Spilled,
    cut_of,
    gathered_rows,
    kept_rows,
    scattered,
    without_row,
)
from desensitize.engines.tally import LABEL, Tally
from desensitize.errors import TableError
from desensitize.masks import Mask
from desensitize.masks.generalize import Generalize
from desensitize.masks.labels import typed_labels
from desensitize.policy import ColumnRule, Policy
from desensitize.tables import TableInfo, describe

# These cannot fail on a value.
UNCOUNTED = ("keep", "drop", "constant")
SCATTERED, WRITTEN = 0.55, 0.93

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class Written:
    """Describe a written file; `lost` counts for each column the values that became null."""

    info: TableInfo
    lost: dict[str, int]
    book: dict[str, Any]


@dataclass(frozen=True)
class Scattered:
    """Hold masked rows, or name the runs that do; `lost` is as in `Written`."""

    found: Spilled | pl.DataFrame
    schema: pl.Schema
    lost: dict[str, int]


def write_release(
    table: pl.LazyFrame,
    target: Path,
    policy: Policy,
    *,
    schema: pl.Schema,
    keys: KeyRing | None,
    labels: Labels | None,
    rows: int | None,
    tell: Tell,
    explained: Explained = EXPLAINED,
) -> Written:
    """Mask and write the drawn rows of a table; the target appears whole or not at all.

    `schema` is that of the source, `labels` are what the search found, if the policy asked for one.
    `rows` is how many must come out, None when nobody knows. `tell` hears the share done with the
    steps “write”, “check” and “done”.

    Raises:
        DesensitizeError: a mask refuses its column.
        TableError: `unreadable-table` when other than `rows` rows came out, or `write-failed`.
    """
    tally = Tally()
    kept = table if labels is None else with_labels(table, labels)
    masked = masked_columns(kept, policy, keys, schema, labelled=labels is not None, tally=tally)
    released = masked.collect_schema()
    book = explained(policy, released)
    fields = explained_schema(released, book)
    with published(target) as temporary:
        with_progress(
            lambda: write_parquet(masked, temporary, fields),
            rows=rows or 0,
            progress=lambda share, step: tell(WRITTEN * share, step),
            message="write",
            tally=tally,
        )
        info = _checked(temporary, rows, tell)
    return Written(info, tally.suppressed, book)


def write_shuffled(
    table: pl.LazyFrame,
    target: Path,
    policy: Policy,
    *,
    schema: pl.Schema,
    keys: KeyRing | None,
    labels: Labels | None,
    rows: int,
    order: Key,
    work: Path,
    tell: Tell,
    explained: Explained = EXPLAINED,
) -> Written:
    """Do what `write_release` does, with the rows in the order of a key.

    Between the passes the masked rows lie in the folder `work`, unpacked, or in memory if they are
    few.

    Raises:
        DesensitizeError: as `write_release`.
        TableError: as `write_release`.
    """
    scattered_rows = scatter(
        table,
        work,
        policy,
        schema=schema,
        keys=keys,
        labels=labels,
        rows=rows,
        order=order,
        cut=cut_of(table, rows),
        tell=lambda share, step: tell(SCATTERED * share, step),
    )
    found, released = scattered_rows.found, scattered_rows.schema
    book = explained(policy, released)
    info = gather(
        partial(kept_rows, found, order)
        if isinstance(found, pl.DataFrame)
        else partial(
            gathered_rows, tuple(found.runs), range(found.buckets), found.buckets, released
        ),
        target,
        schema=released,
        book=book,
        rows=rows,
        tell=lambda share, step: tell(SCATTERED + (1 - SCATTERED) * share, step),
    )
    return Written(info, scattered_rows.lost, book)


def write_aligned(
    table: pl.LazyFrame,
    target: Path,
    policy: Policy,
    *,
    schema: pl.Schema,
    keys: KeyRing | None,
    labels: Labels | None,
) -> None:
    """Write the masked and numbered rows in order; no release, but what judges one.

    Raises:
        DesensitizeError: a mask refuses its column.
    """
    kept = table if labels is None else with_labels(table, labels)
    masked = masked_columns(
        kept, policy, keys, schema, labelled=labels is not None, tally=Tally(), with_row=True
    )
    masked.sink_parquet(target)


def scatter(
    table: pl.LazyFrame,
    folder: Path,
    policy: Policy,
    *,
    schema: pl.Schema,
    keys: KeyRing | None,
    labels: Labels | None,
    rows: int,
    order: Key,
    cut: Cut,
    tell: Tell,
) -> Scattered:
    """Mask the drawn and numbered rows of a table, and write them as runs into a folder.

    Or keep them, if they are few. `rows` is about how many come, for `tell`.

    Raises:
        DesensitizeError: a mask refuses its column.
    """
    tally = Tally()
    kept = table if labels is None else with_labels(table, labels)
    masked = masked_columns(
        kept, policy, keys, schema, labelled=labels is not None, tally=tally, with_row=True
    )
    found: list[Spilled | pl.DataFrame] = []
    with_progress(
        lambda: found.append(scattered(masked, folder, order=order, cut=cut)),
        rows=rows,
        progress=tell,
        message="write",
        tally=tally,
    )
    return Scattered(found[0], without_row(masked.collect_schema()), tally.suppressed)


def gather(
    ordered: Callable[[Tally], pl.LazyFrame],
    target: Path,
    *,
    schema: pl.Schema,
    book: Mapping[str, Any],
    rows: int | None,
    tell: Tell,
) -> TableInfo:
    """Write rows that come in their order; the target appears whole or not at all.

    Raises:
        TableError: `unreadable-table` when other than `rows` rows came out, or `write-failed`.
    """
    tally = Tally()
    query = ordered(tally)
    with published(target) as temporary:
        with_progress(
            lambda: write_parquet(query, temporary, explained_schema(schema, book)),
            rows=rows or 0,
            progress=lambda share, step: tell(WRITTEN * share, step),
            message="write",
            tally=tally,
        )
        return _checked(temporary, rows, tell)


def _checked(temporary: Path, rows: int | None, tell: Tell) -> TableInfo:
    tell(WRITTEN, "check")
    info = describe(temporary)
    if rows is not None and info.rows != rows:
        raise TableError("unreadable-table")
    # The last moment to cancel: after it the file is there.
    tell(1.0, "done")
    return info


def masked_columns(
    table: pl.LazyFrame,
    policy: Policy,
    keys: KeyRing | None,
    schema: pl.Schema,
    *,
    labelled: bool,
    tally: Tally,
    with_row: bool = False,
) -> pl.LazyFrame:
    """Return the query of the release; `labelled` says that the search's labels are joined.

    `with_row` keeps the numbers of the rows, by which they are shuffled.

    Raises:
        DesensitizeError: a mask refuses its column.
    """
    generalized = {rule.name: rule.make_mask() for rule in policy.generalized} if labelled else {}
    expressions: list[pl.Expr] = []
    originals: dict[str, str] = {}
    present = table.collect_schema()
    for name in schema:
        rule = policy.rule(name)
        if name in generalized:
            expressions += _labelled(rule, generalized[name], schema[name])
            continue
        context = context_of(name, schema, keys, present=present, person=policy.person)
        masked = rule.make_mask().expression(pl.col(name), context)
        if masked is None:
            continue
        if rule.from_to:
            expressions += pair_of(rule, masked, schema[name])
            # An end may be missing where the label is not.
            expressions.append(masked.alias(LABEL + name))
            originals[LABEL + name] = f" original {name}"
            continue
        if rule.mask not in UNCOUNTED:
            originals[name] = f" original {name}"
        expressions.append(masked.alias(name))
    if with_row:
        expressions.append(pl.col(ROW))
    expressions += [
        pl.col(name.removeprefix(LABEL)).alias(original) for name, original in originals.items()
    ]
    released = table.select(expressions)
    # Programs take decimals for objects; a release holds numbers that they can count with.
    decimals = [
        name
        for name, dtype in released.collect_schema().items()
        if dtype.is_decimal() and name in schema
    ]
    return tally.counted(released.with_columns(pl.col(decimals).cast(pl.Float64)), originals)


def _labelled(rule: ColumnRule, mask: Mask, dtype: pl.DataType) -> list[pl.Expr]:
    """Return the joined label: as a number or date where the policy's are such, or as two."""
    if rule.from_to:
        return pair_of(rule, pl.col(rule.name), dtype)
    kind = mask.published_type(dtype) if isinstance(mask, Generalize) else pl.String()
    return [typed_labels(pl.col(rule.name), kind)]
