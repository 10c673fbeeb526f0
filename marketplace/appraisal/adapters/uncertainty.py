"""How far a value may move: by one input at a time, and by all together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import valuation
from marketplace.appraisal.adapters.labels import label_of

SHARE = Decimal("0.1")
"""Each input is moved by a tenth to either side."""
MOST_BARS = 8
NO_FIGURES = {"sources", "currency", "right_held", "income_rights", "price_index", "name"}
SPREAD = Decimal("0.2")
"""Income may miss by a fifth to either side, where nobody says otherwise."""
DRAWS, SEED = 20_000, 20_250_101


@dataclass(frozen=True)
class Sensitivity:
    """An input, and the value where it is a tenth lower and a tenth higher."""

    label: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Spread:
    """What comes out where every year's income is drawn: quantiles and how often what came out."""

    p10: Decimal
    p50: Decimal
    p90: Decimal
    edges: Sequence[Decimal]
    counts: Sequence[int]
    draws: int
    seed: int


def sensitivities(method: str, inputs: Mapping[str, Any]) -> list[Sensitivity]:
    """Move each input of an approach by a tenth and answer the strongest, the strongest first.

    An input whose low or high the method refuses, such as a life beyond its whole, is left out.
    """
    found = []
    for path in _paths(inputs):
        asked = {"method": method, "inputs": inputs, "vary": {path: SHARE}}
        try:
            [bar] = _listed(valuation.value("tornado", asked).outputs["bars"])
        except valuation.ValuationError:
            continue
        low, high = Decimal(str(bar["value_low"])), Decimal(str(bar["value_high"]))
        if low != high:
            found.append(Sensitivity(label_of(path), low, high))
    return sorted(found, key=lambda one: abs(one.high - one.low), reverse=True)[:MOST_BARS]


def spread_of(result: Mapping[str, Any]) -> Spread | None:
    """Draw an income value: each year's flow misses by a fifth, triangular, by itself.

    None where the approach has no flows, or one of them is not above 0.
    """
    flows = result["outputs"].get("F")
    values = result["outputs"].get("PV")
    if result["method"] != "income" or not flows or len(flows) != len(values or []):
        return None
    amounts = [Decimal(str(value)) for value in values]
    if min(amounts) <= 0:
        return None
    asked = {
        "revenue_triangular": [
            [part * (1 - SPREAD), part, part * (1 + SPREAD)] for part in amounts
        ],
        "discount_rate": Decimal(0),
        "draws": DRAWS,
        "seed": SEED,
    }
    try:
        outputs = valuation.value("simulate", asked).outputs
    except valuation.ValuationError:
        return None
    histogram = outputs["histogram"]
    assert isinstance(histogram, Mapping)
    return Spread(
        p10=Decimal(str(outputs["p10"])),
        p50=Decimal(str(outputs["p50"])),
        p90=Decimal(str(outputs["p90"])),
        edges=[Decimal(str(edge)) for edge in histogram["edges"]],
        counts=[int(count) for count in histogram["counts"]],
        draws=DRAWS,
        seed=SEED,
    )


def _paths(inputs: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, part in inputs.items():
        if name in NO_FIGURES:
            continue
        path = f"{above}.{name}" if above else name
        if isinstance(part, Mapping):
            yield from _paths(part, path)
        elif isinstance(part, list):
            if part and all(_is_number(one) for one in part):
                yield path
            else:
                for place, one in enumerate(part, start=1):
                    if isinstance(one, Mapping):
                        yield from _paths(one, f"{path}[{place}]")
        elif _is_number(part):
            yield path


def _is_number(part: object) -> bool:
    if isinstance(part, bool) or not isinstance(part, str | int | Decimal):
        return False
    try:
        return Decimal(part).is_finite()
    except InvalidOperation:
        return False


def _listed(bars: object) -> list[Mapping[str, object]]:
    assert isinstance(bars, list)
    return bars
