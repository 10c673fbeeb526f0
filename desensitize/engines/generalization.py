"""Join the labels that the search found back to the rows."""

from pathlib import Path

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.masks import MaskContext
from desensitize.masks.options import Options
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import (
    Anonymization,
    Hierarchy,
    anonymize_table,
    generate_hierarchy,
    labelled,
)


def search(table: pl.LazyFrame, policy: Policy) -> Anonymization | None:
    """Search labels for the policy's generalized columns; None when it has none.

    Sensitive columns of which something is asked are looked at as they will be published.

    Raises:
        DesensitizeError: `no_quasi_identifiers` where something is asked of a sensitive column and
            no column is generalized; or what the search raises.
    """
    protected = [rule for rule in policy.columns if rule.is_protected]
    if not policy.generalized:
        if protected:
            raise DesensitizeError("no_quasi_identifiers")
        return None
    schema = table.collect_schema()
    hierarchies = {
        rule.name: hierarchy_of(table, rule, schema[rule.name]) for rule in policy.generalized
    }
    published = table.with_columns(
        _published(rule, schema[rule.name]).alias(rule.name) for rule in protected
    )
    return anonymize_table(
        published,
        hierarchies,
        smallest_class=policy.smallest_class,
        suppression_limit=policy.suppression_limit,
        method=policy.method,
        diversity=policy.diversity,
        closeness=policy.closeness,
    )


def _published(rule: ColumnRule, dtype: pl.DataType) -> pl.Expr:
    masked = rule.make_mask().expression(pl.col(rule.name), MaskContext(rule.name, dtype))
    # A policy lets no mask that leaves the column out come here.
    assert masked is not None
    return masked


def hierarchy_of(table: pl.LazyFrame, rule: ColumnRule, dtype: pl.DataType) -> Hierarchy:
    """Answer the rule's own hierarchy, or one made from the values of the column.

    Raises:
        DesensitizeError: `bad_hierarchy`.
    """
    options: Options = rule.make_mask().options
    rows = options.table("hierarchy")
    if rows is not None:
        return Hierarchy.checked(rule.name, rows)
    values = (
        table.select(pl.col(rule.name).cast(pl.String).drop_nulls().unique())
        .collect(engine="streaming")
        .to_series()
        .to_list()
    )
    return generate_hierarchy(rule.name, values or ["*"], dtype)


def with_labels(table: pl.LazyFrame, found: Anonymization, work: Path) -> pl.LazyFrame:
    """Join each row to its labels and leave out the suppressed rows.

    The mapping goes through a file in `work`, which the query reads while it runs.
    """
    names = [name for name in found.mapping.columns if not name.startswith(" label ")]
    path = work / "labels.parquet"
    found.mapping.write_parquet(path)
    keys = {name: f" key {name}" for name in names}
    mapping = pl.scan_parquet(path).rename(keys)
    keyed = table.with_columns(
        pl.col(name).cast(pl.String).alias(key) for name, key in keys.items()
    )
    # Null is a value of its own here, and rows stay in the order of the source.
    joined = keyed.join(mapping, on=list(keys.values()), nulls_equal=True, maintain_order="left")
    return joined.with_columns(pl.col(labelled(name)).alias(name) for name in names)
