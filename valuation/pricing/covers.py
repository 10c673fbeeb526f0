"""The cheapest set of priced views that covers the columns of a query.

Source: Koutris et al., Query-Based Data Pricing (2012), projections only: a query costs no
more than the cheapest views that answer it together.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError

MOST_COLUMNS: Final = 14
"""The search goes through all sets of a query's columns."""


def cheapest_cover(
    query: frozenset[str], views: Mapping[str, tuple[frozenset[str], Fraction]]
) -> tuple[Fraction, tuple[str, ...]]:
    """Return the price of a set of columns and the views to buy, by name and in its order.

    `views` hold columns and price by name. Of equally cheap covers the first by name is given.

    Raises:
        ValuationError: `query-not-covered`, a column is in no view; `too-many-items`.
    """
    columns = sorted(query)
    if len(columns) > MOST_COLUMNS:
        raise ValuationError(
            "too-many-items", field="queries", given=len(columns), most=MOST_COLUMNS
        )
    bits = {column: 1 << place for place, column in enumerate(columns)}
    full = (1 << len(columns)) - 1
    best: list[tuple[Fraction, tuple[str, ...]] | None] = [None] * (full + 1)
    best[0] = (Fraction(0), ())
    # From the last name to the first, so that names are put in front and ties go to the first.
    for name in sorted(views, reverse=True):
        covered, price = views[name]
        mask = sum(bits[column] for column in covered if column in bits)
        for wanted in range(full, 0, -1):
            rest = best[wanted & ~mask]
            if not wanted & mask or rest is None:
                continue
            offer = (rest[0] + price, (name, *rest[1]))
            known = best[wanted]
            if known is None or offer < known:
                best[wanted] = offer
    answer = best[full]
    if answer is None:
        missing = [c for c in columns if not any(c in covered for covered, _ in views.values())]
        raise ValuationError("query-not-covered", columns=", ".join(missing))
    return answer
