"""Measure on a written file how much detail each generalized column lost."""

from pathlib import Path

import polars as pl

from desensitize.engines.generalization import hierarchy_of
from desensitize.errors import TableError
from desensitize.policy import Policy
from desensitize.privacy import Recoding
from desensitize.privacy.pairs import folded, hides, pairs_of
from desensitize.risk.distributions import distribution, label_loss


def column_losses(
    source: Path, written: Path, policy: Policy, recoding: Recoding | None = None
) -> dict[str, float]:
    """Return the mean loss of each generalized column over the written rows, from 0 to 1.

    The loss of a label is (leaves under it − 1) / (leaves of the hierarchy − 1). Hierarchies are
    those of the policy, else what the search makes from the source's values, as the recoding in
    force says.

    Raises:
        DesensitizeError: `bad-hierarchy`.
        TableError: `unreadable-table`.
    """
    try:
        before, after = pl.scan_parquet(source), pl.scan_parquet(written)
        types = before.collect_schema()
        hierarchies = {
            rule.name: hierarchy_of(_texts(before, rule.name), rule, types[rule.name], recoding)
            for rule in policy.generalized
        }
        pairs = [one for one in pairs_of(types, written) if policy.rule(one.column).from_to]
        if pairs:
            hidden = frozenset(one.column for one in pairs if hides(before, after, one))
            after = folded(after, pairs, kinds=types, hierarchies=hierarchies, hidden=hidden)
        return {
            name: label_loss(distribution(after, name), hierarchy)
            for name, hierarchy in hierarchies.items()
        }
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


def _texts(table: pl.LazyFrame, column: str) -> pl.Series:
    distinct = table.select(pl.col(column).unique().cast(pl.String).unique())
    return distinct.collect(engine="streaming").to_series()
