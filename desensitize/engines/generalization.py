"""Search labels for the quasi-identifiers, and join them back to the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.masks import MaskContext
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import (
    Anonymization,
    CountedTuples,
    Hierarchy,
    Requirements,
    anonymize_tuples,
    counted_tuples,
    generate_hierarchy,
    labelled,
)


@dataclass(frozen=True)
class Labels:
    """Name the columns that a search has labelled, and the file that holds tuples and labels."""

    columns: tuple[str, ...]
    path: Path


def search(table: pl.LazyFrame, policy: Policy) -> Anonymization | None:
    """Search labels for the policy's generalized columns; None when it has none.

    Sensitive columns of which something is asked are looked at as they will be published.

    Raises:
        DesensitizeError: `no-quasi-identifiers` where something is asked of a sensitive column and
            no column is generalized; or what the search raises.
    """
    counted = counted_for(table, policy)
    return None if counted is None else search_counted(counted, policy, table.collect_schema())


def counted_for(table: pl.LazyFrame, policy: Policy) -> CountedTuples | None:
    """Count in a table, or in one part of it, what the policy's search looks at.

    Raises:
        DesensitizeError: as `search`.
    """
    protected = [rule for rule in policy.columns if rule.is_protected]
    if not policy.generalized:
        if protected:
            raise DesensitizeError("no-quasi-identifiers")
        return None
    schema = table.collect_schema()
    published = table.with_columns(
        _published(rule, schema[rule.name]).alias(rule.name) for rule in protected
    )
    return counted_tuples(
        published,
        [rule.name for rule in policy.generalized],
        sensitive=[rule.name for rule in protected],
    )


def merged(parts: Sequence[CountedTuples]) -> CountedTuples:
    """Add up what was counted in the parts of a table."""
    return reduce(_added, parts)


def search_counted(counted: CountedTuples, policy: Policy, schema: pl.Schema) -> Anonymization:
    """Search labels for counted tuples of a table with this schema.

    Raises:
        DesensitizeError: `bad-hierarchy`, or what the search raises.
    """
    return anonymize_tuples(
        counted,
        hierarchies_for(counted, policy, schema),
        asked=Requirements(policy.smallest_class, policy.diversity, policy.closeness),
        suppression_limit=policy.suppression_limit,
        method=policy.method,
    )


def hierarchies_for(
    counted: CountedTuples, policy: Policy, schema: pl.Schema
) -> dict[str, Hierarchy]:
    """Return the hierarchies of the policy's generalized columns, given or made.

    Raises:
        DesensitizeError: `bad-hierarchy`.
    """
    return {
        rule.name: hierarchy_of(counted.tuples[rule.name], rule, schema[rule.name])
        for rule in policy.generalized
    }


def hierarchy_of(values: pl.Series, rule: ColumnRule, dtype: pl.DataType) -> Hierarchy:
    """Return the rule's own hierarchy, or one made from the values of the column, as text.

    Raises:
        DesensitizeError: `bad-hierarchy`.
    """
    options = rule.make_mask().options
    rows = options.table("hierarchy")
    made = (
        generate_hierarchy(rule.name, values.drop_nulls().unique().to_list() or ["*"], dtype)
        if rows is None
        else Hierarchy.checked(rule.name, rows)
    )
    return made.from_level(options.integer("finest")) if "finest" in options else made


def write_labels(found: Anonymization, path: Path) -> Labels:
    """Write what the search found to a file, which queries read while they run."""
    names = tuple(name for name in found.mapping.columns if not name.startswith(" label "))
    found.mapping.write_parquet(path)
    return Labels(names, path)


def with_labels(table: pl.LazyFrame, labels: Labels) -> pl.LazyFrame:
    """Put the labels in place of the values, and leave out the suppressed rows."""
    keys = {name: f" key {name}" for name in labels.columns}
    mapping = pl.scan_parquet(labels.path).rename(keys)
    keyed = table.with_columns(
        pl.col(name).cast(pl.String).alias(key) for name, key in keys.items()
    )
    # Null is a value of its own here. Masks of a whole column rely on the order of the source,
    # in which the rows stay until they are shuffled.
    joined = keyed.join(mapping, on=list(keys.values()), nulls_equal=True, maintain_order="left")
    return joined.with_columns(pl.col(labelled(name)).alias(name) for name in labels.columns)


def _published(rule: ColumnRule, dtype: pl.DataType) -> pl.Expr:
    masked = rule.make_mask().expression(pl.col(rule.name), MaskContext(rule.name, dtype))
    # A policy lets no mask that leaves the column out come here.
    assert masked is not None
    return masked


def _added(one: CountedTuples, other: CountedTuples) -> CountedTuples:
    return CountedTuples(
        tuples=_summed(one.tuples, other.tuples),
        cells={name: _summed(cells, other.cells[name]) for name, cells in one.cells.items()},
    )


def _summed(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    *keys, count = one.columns
    return pl.concat([one, other]).group_by(keys).agg(pl.col(count).sum())
