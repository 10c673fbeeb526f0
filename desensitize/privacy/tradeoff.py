"""Show what each method loses at each smallest class, so that a person can choose by looking."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from types import MappingProxyType
from typing import Any

import polars as pl

from desensitize.errors import DesensitizeError
from desensitize.privacy.anonymization import METHODS, anonymize_tuples
from desensitize.privacy.hierarchy import Hierarchy
from desensitize.privacy.models import Closeness, Diversity, Requirements
from desensitize.privacy.tuples import CountedTuples, counted_tuples

REFUSALS = ("suppression_exceeded", "no_rows_left", "out_of_reach")


@dataclass(frozen=True)
class TradeoffPoint:
    """Hold one answer of the search.

    `k` was asked, `smallest_class` was reached. `loss` and `suppressed_share` are shares from 0 to
    1. `refusal` is the code of the error where the method could not reach `k`; the other figures
    are 0 then, but for `loss` and `suppressed_share`, which are 1. `seconds` is the search's own
    time, without the grouping that all points share.
    """

    method: str
    k: int
    loss: float
    suppressed_share: float
    smallest_class: int
    classes: int
    seconds: float
    refusal: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Answer the point as plain values."""
        return asdict(self)


def tradeoff(
    table: pl.LazyFrame,
    hierarchies: Mapping[str, Hierarchy],
    *,
    smallest_classes: Sequence[int],
    methods: Sequence[str] = METHODS,
    suppression_limit: float = 1.0,
    diversity: Mapping[str, Diversity] = MappingProxyType({}),
    closeness: Mapping[str, Closeness] = MappingProxyType({}),
    progress: Callable[[float], None] | None = None,
) -> tuple[TradeoffPoint, ...]:
    """Search with every method for every smallest class, grouping the table only once.

    Points come in the order of `methods`, then of `smallest_classes`. A method that cannot reach a
    class size answers a point with its refusal instead of raising. `progress` hears the share of
    the points that are there, before each; it may raise to cancel.

    Raises:
        DesensitizeError: as `anonymize_table`, but for what a point tells.
    """
    sensitive = tuple(dict.fromkeys((*diversity, *closeness)))
    counted = counted_tuples(table, list(hierarchies), sensitive=sensitive)
    return tradeoff_of_tuples(
        counted,
        hierarchies,
        asked=[Requirements(k, diversity, closeness) for k in smallest_classes],
        methods=methods,
        suppression_limit=suppression_limit,
        progress=progress,
    )


def tradeoff_of_tuples(
    counted: CountedTuples,
    hierarchies: Mapping[str, Hierarchy],
    *,
    asked: Sequence[Requirements],
    methods: Sequence[str] = METHODS,
    suppression_limit: float = 1.0,
    progress: Callable[[float], None] | None = None,
) -> tuple[TradeoffPoint, ...]:
    """Search as `tradeoff` in tuples that were counted before.

    Raises:
        DesensitizeError: as `tradeoff`.
    """
    wanted = [(method, one) for method in methods for one in asked]
    points = []
    for number, (method, one) in enumerate(wanted):
        if progress is not None:
            progress(number / len(wanted))
        points.append(_point(counted, hierarchies, one, method, suppression_limit))
    return tuple(points)


def _point(
    counted: CountedTuples,
    hierarchies: Mapping[str, Hierarchy],
    asked: Requirements,
    method: str,
    suppression_limit: float,
) -> TradeoffPoint:
    k = asked.smallest_class
    started = perf_counter()
    try:
        found = anonymize_tuples(
            counted,
            hierarchies,
            asked=asked,
            suppression_limit=suppression_limit,
            method=method,
        )
    except DesensitizeError as error:
        if error.code not in REFUSALS:
            raise
        spent = perf_counter() - started
        return TradeoffPoint(method, k, 1.0, 1.0, 0, 0, spent, error.code)
    return TradeoffPoint(
        method=method,
        k=k,
        loss=found.loss,
        suppressed_share=found.suppressed_rows / found.rows,
        smallest_class=found.smallest_class,
        classes=found.classes,
        seconds=perf_counter() - started,
    )
