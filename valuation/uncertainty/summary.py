"""What drawn values say: mean, spread, quantiles, and the bins of a chart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final

import numpy as np

from valuation.uncertainty.transforms import Block

BINS: Final = 40
_TAIL: Final = 0.001
_TOLD: Final = Context(prec=12, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Summary:
    """Figures of a sample to 12 digits, in the unit of the value.

    `edges` bound the bins of the histogram, one more than `counts`; what lies beyond the first and
    last edge (a thousandth on either side) is in `below` and `above`.
    """

    mean: Decimal
    sd: Decimal
    standard_error: Decimal
    p10: Decimal
    p50: Decimal
    p90: Decimal
    share_negative: Decimal
    edges: tuple[Decimal, ...]
    counts: tuple[int, ...]
    below: int
    above: int


def summary_of(values: Block) -> Summary:
    """Summarize at least two values; quantiles are interpolated between neighbours."""
    count = len(values)
    # About the first value, so that a large mean does not swallow a small spread.
    offset = float(values[0])
    centred = values - offset
    mean = offset + float(np.mean(centred))
    sd = float(np.std(centred, ddof=1))
    wanted = [_TAIL, 0.1, 0.5, 0.9, 1 - _TAIL]
    low, p10, p50, p90, high = (float(part) for part in np.quantile(values, wanted))
    if high <= low:
        high = low + max(abs(low), 1.0) * 1e-9
    edges = np.linspace(low, high, BINS + 1)
    counts, _ = np.histogram(values, edges)
    return Summary(
        mean=told(mean),
        sd=told(sd),
        standard_error=told(sd / math.sqrt(count)),
        p10=told(p10),
        p50=told(p50),
        p90=told(p90),
        share_negative=told(float(np.count_nonzero(values < 0)) / count),
        edges=tuple(told(float(edge)) for edge in edges),
        counts=tuple(int(number) for number in counts),
        below=int(np.count_nonzero(values < edges[0])),
        above=int(np.count_nonzero(values > edges[-1])),
    )


def told(value: float) -> Decimal:
    """Return a sampled figure to 12 digits, which no machine's rounding changes by much."""
    return _TOLD.create_decimal_from_float(value)
