"""The hierarchies by which a policy made a release."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from desensitize.engines.generalization import hierarchy_of
from desensitize.policy import Policy
from desensitize.privacy import Hierarchy, Recoding


def made_hierarchies(
    policy: Policy, source: Path, recoding: Recoding | None = None
) -> Mapping[str, Hierarchy]:
    """Return the hierarchies that a policy holds, or makes of the values of the source.

    Where a recoding is in force, they are made as it says.

    Raises:
        DesensitizeError: the policy does not fit the source.
    """
    schema = pl.Schema(pl.read_parquet_schema(source))
    policy.validate(schema)
    found = {}
    for rule in policy.columns:
        if rule.mask not in ("generalize", "hierarchy"):
            continue
        values = pl.scan_parquet(source).select(pl.col(rule.name).cast(pl.String).unique())
        column = values.collect().to_series()
        found[rule.name] = hierarchy_of(column, rule, schema[rule.name], recoding)
    return found
