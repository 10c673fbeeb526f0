"""Flows discounted to the valuation date, `P = sum F_t / (1+i)^t`, at mid-year `(1+i)^(t−0.5)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from valuation.methods.income.flows import Flows
from valuation.methods.income.rates import Rate
from valuation.powers import power
from valuation.result import Node
from valuation.rounding import rounded, short


@dataclass(frozen=True)
class PresentValue:
    """The value of each flow at one convention, their sum, and the way to each."""

    parts: tuple[Fraction, ...]
    nodes: tuple[Node, ...]

    @property
    def total(self) -> Fraction:
        """Return the value of all flows."""
        return sum(self.parts, Fraction(0))


def discounted(
    flows: Flows, rate: Rate, exponents: Sequence[Fraction], currency: str
) -> PresentValue:
    """Discount each flow by `(1+i)` to the power of its time in years; later times are unused."""
    parts, nodes = [], []
    for amount, node, exponent in zip(flows.amounts, flows.nodes, exponents, strict=False):
        value = amount / power(1 + rate.rate, exponent)
        parts.append(value)
        place = len(parts)
        nodes.append(
            Node(
                f"PV[{place}]",
                rounded(value, currency),
                currency,
                f"{node.name} / (1 + {rate.node.name})^{short(exponent)}",
                children=(node,),
            )
        )
    return PresentValue(tuple(parts), tuple(nodes))
