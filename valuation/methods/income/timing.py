"""When each period's money comes, and how much of a period the life still holds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final

from valuation.inputs import Fields
from valuation.methods.income.flows import Flows
from valuation.methods.income.life import Life
from valuation.methods.income.stub import first_period
from valuation.result import Node
from valuation.rounding import rounded, short, to_decimal

CONVENTIONS: Final = ("end", "mid")
_CONVENTION_NAMES: Final = {
    "end": "end",
    "end_of_year": "end",
    "end-of-year": "end",
    "year_end": "end",
    "end_of_period": "end",
    "mid": "mid",
    "mid_year": "mid",
    "mid-year": "mid",
    "mid_period": "mid",
    "mid-period": "mid",
}


@dataclass(frozen=True)
class Timing:
    """The length of each period in years, and when its money comes: `end` or `mid`."""

    lengths: tuple[Fraction, ...]
    convention: str
    node: Node | None = None

    @property
    def ends(self) -> list[Fraction]:
        """Return the years from the valuation date to the end of each period."""
        return list(accumulate(self.lengths))

    def times(self, convention: str) -> list[Fraction]:
        """Return the years from the valuation date to each period's money."""
        if convention == "end":
            return self.ends
        return [end - length / 2 for end, length in zip(self.ends, self.lengths, strict=True)]

    def parts_within(self, life: Fraction) -> list[Fraction]:
        """Return the part of each period, 0 to 1, that lies within a life in years."""
        return [
            min(max((life - end + length) / length, Fraction(0)), Fraction(1))
            for end, length in zip(self.ends, self.lengths, strict=True)
        ]


def timing_from(fields: Fields, periods: int) -> Timing:
    """Read whether the first period is short, and the convention: by default end of year.

    With a short first period the default is mid-period.
    """
    short = fields.has("valuation_date") or fields.has("first_period_end")
    convention = "mid" if short else "end"
    if fields.has("convention"):
        said = fields.one_of("convention", tuple(_CONVENTION_NAMES), "Say end or mid.")
        convention = _CONVENTION_NAMES[said]
    if not short:
        return Timing((Fraction(1),) * periods, convention)
    first, node = first_period(fields)
    return Timing((first, *(Fraction(1),) * (periods - 1)), convention, node)


def within_life(flows: Flows, timing: Timing, life: Life, currency: str) -> tuple[Flows, bool]:
    """Leave out what comes after the life, and tell whether anything did.

    Of a period in which the life ends, only the part before its end counts.

    That part is discounted like the whole period, so that a longer life never lowers the value.
    """
    parts = timing.parts_within(life.years)
    kept = sum(1 for part in parts if part)
    amounts = [amount * part for amount, part in zip(flows.amounts, parts, strict=True)]
    nodes = [
        node if part == 1 else _partial(node, amount, part, currency)
        for node, amount, part in zip(flows.nodes, amounts, parts, strict=True)
    ]
    within = Flows(tuple(amounts[:kept]), tuple(nodes[:kept]), flows.outputs, flows.warnings)
    return within, any(part < 1 for part in parts)


def _partial(node: Node, amount: Fraction, part: Fraction, currency: str) -> Node:
    formula = f"{node.name} · {short(part)}"
    return Node(f"part of {node.name}", rounded(amount, currency), currency, formula, "", (node,))


def with_quality(flows: Flows, quality: Fraction, currency: str) -> Flows:
    """Multiply every flow by the quality coefficient."""
    amounts = [amount * quality for amount in flows.amounts]
    nodes = [
        Node(
            f"{node.name} by quality",
            rounded(amount, currency),
            currency,
            f"{node.name} · quality_coefficient",
            children=(node, Node("quality_coefficient", to_decimal(quality), "ratio")),
        )
        for node, amount in zip(flows.nodes, amounts, strict=True)
    ]
    return Flows(tuple(amounts), tuple(nodes), flows.outputs, flows.warnings)
