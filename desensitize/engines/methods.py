"""Show what a policy would lose by each method at each smallest class."""

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from desensitize.engines.generalization import counted_for, hierarchies_for
from desensitize.errors import DesensitizeError, TableError
from desensitize.policy import Policy
from desensitize.privacy import METHODS, Requirements, TradeoffPoint, tradeoff_of_tuples


def compare_methods(
    source: Path,
    policy: Policy,
    *,
    smallest_classes: Sequence[int],
    methods: Sequence[str] = METHODS,
    progress: Callable[[float], None] | None = None,
) -> tuple[TradeoffPoint, ...]:
    """Search as `run_policy` would, by every method for every smallest class; write nothing.

    Points come in the order of `methods`, then of `smallest_classes`. `progress` hears the share
    of the points that are there, before each; it may raise to cancel.

    Raises:
        DesensitizeError: `no_quasi_identifiers` where the policy generalizes nothing, or what
            `tradeoff` raises.
        TableError: `unreadable_table`.
    """
    try:
        table = pl.scan_parquet(source)
        counted = counted_for(table, policy)
        if counted is None:
            raise DesensitizeError("no_quasi_identifiers")
        return tradeoff_of_tuples(
            counted,
            hierarchies_for(counted, policy, table.collect_schema()),
            asked=[Requirements(k, policy.diversity, policy.closeness) for k in smallest_classes],
            methods=methods,
            suppression_limit=policy.suppression_limit,
            progress=progress,
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable_table") from error
