"""Find the hierarchies by which a release was made."""

from collections.abc import Sequence

import polars as pl

from desensitize.attacks.contract import Release
from desensitize.engines.generalization import hierarchy_of
from desensitize.privacy.hierarchy import Hierarchy


def hierarchies_of(release: Release, columns: Sequence[str]) -> dict[str, Hierarchy]:
    """Return the hierarchies that are given, and those that the policy has or makes by itself."""
    found = {name: release.hierarchies[name] for name in columns if name in release.hierarchies}
    if release.policy is None:
        return found
    source = pl.scan_parquet(release.source)
    schema = source.collect_schema()
    for rule in release.policy.generalized:
        if rule.name in columns and rule.name not in found and rule.name in schema:
            values = source.select(pl.col(rule.name).cast(pl.String).unique()).collect().to_series()
            found[rule.name] = hierarchy_of(values, rule, schema[rule.name])
    return found
