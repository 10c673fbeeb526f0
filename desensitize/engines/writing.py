"""Write the release of a table, or of one part of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from desensitize.crypto import KeyRing
from desensitize.engines.drawing import context_of
from desensitize.engines.generalization import Labels, with_labels
from desensitize.engines.publication import published
from desensitize.engines.relay import write_with_progress
from desensitize.engines.tally import Tally
from desensitize.errors import TableError
from desensitize.policy import Policy
from desensitize.tables import TableInfo, describe

# These cannot fail on a value.
UNCOUNTED = ("keep", "drop", "constant")
WRITTEN = 0.93

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class Written:
    """Describe a written file; `lost` counts for each column the values that became null."""

    info: TableInfo
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
) -> Written:
    """Mask and write the drawn rows of a table; the target appears whole or not at all.

    `schema` is that of the source, `labels` are what the search found, if the policy asked for one.
    `rows` is how many must come out, None when nobody knows. `tell` hears the share done with the
    steps “write”, “check” and “done”.

    Raises:
        DesensitizeError: a mask refuses its column.
        TableError: `unreadable_table` when other than `rows` rows came out, or `write_failed`.
    """
    kept = table if labels is None else with_labels(table, labels)
    tally = Tally()
    masked = masked_columns(kept, policy, keys, schema, labelled=labels is not None, tally=tally)

    def relay(share: float, step: str) -> None:
        tell(WRITTEN * share, step)

    with published(target) as temporary:
        write_with_progress(
            masked, temporary, rows=rows or 0, progress=relay, message="write", tally=tally
        )
        tell(WRITTEN, "check")
        info = describe(temporary)
        if rows is not None and info.rows != rows:
            raise TableError("unreadable_table")
        # The last moment to cancel: after it the file is there.
        tell(1.0, "done")
    return Written(info, tally.suppressed)


def masked_columns(
    table: pl.LazyFrame,
    policy: Policy,
    keys: KeyRing | None,
    schema: pl.Schema,
    *,
    labelled: bool,
    tally: Tally,
) -> pl.LazyFrame:
    """Answer the query of the release; `labelled` says that the search's labels are joined.

    Raises:
        DesensitizeError: a mask refuses its column.
    """
    generalized = {rule.name for rule in policy.generalized} if labelled else set()
    expressions: list[pl.Expr] = []
    originals: dict[str, str] = {}
    present = table.collect_schema()
    for name in schema:
        rule = policy.rule(name)
        if name in generalized:
            expressions.append(pl.col(name))
            continue
        context = context_of(name, schema, keys, present=present)
        masked = rule.make_mask().expression(pl.col(name), context)
        if masked is None:
            continue
        if rule.mask not in UNCOUNTED:
            originals[name] = f" original {name}"
        expressions.append(masked.alias(name))
    expressions += [pl.col(name).alias(original) for name, original in originals.items()]
    return tally.counted(table.select(expressions), originals)
