"""One figure of quality from the checks: `Σ w_k · passed_k / total_k`, with `Σ w_k = 1`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.quality.counts import DIMENSIONS, Check
from valuation.rounding import as_text, to_decimal


@dataclass(frozen=True)
class QualityScore:
    """Scores from 0 to 1: each dimension, and the weighted total.

    `total` can be given to the cost approach as `quality_coefficient`; `total_100` is the same
    out of 100.
    """

    scores: dict[str, Decimal]
    total: Decimal
    total_100: Decimal
    checks: tuple[Check, ...]


def score(checks: Sequence[Check], weights: Mapping[str, object]) -> QualityScore:
    """Weigh the checks; several checks of one dimension are pooled (all passed / all counted).

    Raises:
        ValuationError: a weight is negative, the weights do not add up to 1, or a dimension that
            has a weight has no check.
    """
    given = Fields(weights, "weights")
    given.refuse_others(*DIMENSIONS)
    exact = {name: given.non_negative(name, "Give a weight of 0 or more.") for name in weights}
    weight_sum = sum(exact.values(), Fraction(0))
    if weight_sum != 1:
        raise ValuationError("quality-weights-sum", given=as_text(to_decimal(weight_sum)))
    shares = {}
    for dimension in DIMENSIONS:
        of_dimension = [check for check in checks if check.dimension == dimension]
        if of_dimension:
            shares[dimension] = Fraction(
                sum(check.passed for check in of_dimension),
                sum(check.total for check in of_dimension),
            )
    for dimension, weight in exact.items():
        if weight and dimension not in shares:
            raise ValuationError("quality-dimension-unchecked", dimension=dimension)
    total = sum((exact.get(name, 0) * share for name, share in shares.items()), Fraction(0))
    return QualityScore(
        scores={name: to_decimal(share) for name, share in shares.items()},
        total=to_decimal(total),
        total_100=to_decimal(total * 100),
        checks=tuple(checks),
    )
