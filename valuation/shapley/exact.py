"""Exact Shapley values of few owners.

Source: L. S. Shapley (1953): `phi_i = Σ_S |S|! (n-|S|-1)! / n! · (v(S ∪ i) - v(S))`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

MOST_OWNERS: Final = 12
"""With more owners the coalitions become too many to be told one by one."""


def exact_shapley(worth: Sequence[Fraction], owners: int) -> tuple[Fraction, ...]:
    """Return each owner's value; `worth` holds a coalition at the number whose bits are its owners.

    The worths are brought to whole multiples of one fraction, so that the sums are of whole
    numbers; a coalition that an owner is in counts for him, one that he is not in against him.
    """
    unit = math.lcm(*(value.denominator for value in worth))
    whole = [value.numerator * (unit // value.denominator) for value in worth]
    weights = [math.factorial(size) * math.factorial(owners - size - 1) for size in range(owners)]
    sizes = [number.bit_count() for number in range(1 << owners)]
    joined = [0, *(whole[n] * weights[sizes[n] - 1] for n in range(1, 1 << owners))]
    left = [*(whole[n] * weights[sizes[n]] for n in range((1 << owners) - 1)), 0]
    scale = unit * math.factorial(owners)
    values = []
    for owner in range(owners):
        bit = 1 << owner
        gained = sum(joined[n] if n & bit else -left[n] for n in range(1 << owners))
        values.append(Fraction(gained, scale))
    return tuple(values)
