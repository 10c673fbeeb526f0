"""The discount rate: given, or built up from a risk-free rate and premia.

Source: 数据资产评估指导意见, 中评协 (2023) 17号: risk-free + management + circulation + data
security + regulatory premia.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.result import Node
from valuation.rounding import to_decimal

PREMIA: Final = (
    "management",
    "circulation",
    "data_security",
    "security",
    "regulatory",
    "quality",
    "data_quality",
)
"""The premia that may stand beside `rf`; in `premia` any name may stand."""

RATE_FIELDS: Final = ("discount_rate", "rf", "premia", *PREMIA)
_QUALITY: Final = ("quality", "data_quality")


@dataclass(frozen=True)
class Rate:
    """A rate a year as a ratio, and whether bad quality already raises it."""

    rate: Fraction
    node: Node
    holds_quality: bool = False


def is_built_up(fields: Fields) -> bool:
    """Return whether the rate is given in parts."""
    return fields.has("rf") or fields.has("premia")


def rate_from(fields: Fields) -> Rate:
    """Read the discount rate, `i = rf + premia` where it is given in parts.

    Raises:
        ValuationError: it is missing, given both ways, or a part is negative.
    """
    if not is_built_up(fields):
        rate = fields.non_negative(
            "discount_rate", "Give a rate a year such as 0.12, or rf and premia."
        )
        return Rate(rate, Node("discount_rate", to_decimal(rate), "ratio"))
    if fields.has("discount_rate"):
        raise ValuationError(
            "field-twice", first="discount_rate", second="rf" if fields.has("rf") else "premia"
        )
    free = fields.non_negative("rf", "Give the risk-free rate a year, such as 0.0235.")
    parts = {"rf": free}
    beside = [name for name in PREMIA if fields.has(name)]
    if fields.has("premia"):
        if beside:
            raise ValuationError("field-twice", first="premia", second=beside[0])
        premia = fields.fields("premia", "Give each premium by its name.")
        for name in premia.given:
            parts[premia.name(name)] = premia.non_negative(name, "Give a rate of 0 or more.")
    for name in beside:
        parts[name] = fields.non_negative(name, "Give a rate of 0 or more.")
    rate = sum(parts.values(), Fraction(0))
    node = Node(
        "i",
        to_decimal(rate),
        "ratio",
        " + ".join(name.split(".")[-1] for name in parts),
        children=tuple(Node(name, to_decimal(part), "ratio") for name, part in parts.items()),
    )
    quality = any(name.split(".")[-1] in _QUALITY and part for name, part in parts.items())
    return Rate(rate, node, quality)
