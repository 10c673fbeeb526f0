"""The cost approach: what the data would cost to make again, adjusted to what it is worth now.

Source: 数据资产评估指导意见, 中评协 (2023) 17号, `P = C · δ`, as restated by secondary sources.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.methods.cost_lines import INDEX_NAMES, LINE_FIELDS
from valuation.methods.costs import COST_FORMS, costs_from
from valuation.result import Figures, Node, ValuationWarning, with_sources
from valuation.rounding import as_text, rounded, to_decimal

FORMULA: Final = (
    "P = C · delta; C = preliminary + direct + indirect + opportunity + tax; "
    "delta = quality_coefficient · remaining_life_years / total_life_years"
)

_DELTA_PARTS: Final = ("quality_coefficient", "remaining_life_years", "total_life_years")
_FIELDS: Final = (
    "currency",
    *COST_FORMS,
    "cost_basis",
    "delta",
    "delta_justification",
    *_DELTA_PARTS,
    "perpetual",
    "sources",
)


_ALIASES: Final = {
    "cost_lines": ("historic_costs", "historical_costs", "lines"),
    "quality_coefficient": ("quality",),
    "remaining_life_years": ("remaining_life", "n_remaining"),
    "total_life_years": ("total_life", "n_total"),
}


def calculate(fields: Fields) -> Figures:
    """Compute `P = C · delta`.

    Inputs: `currency`; one of `components` (preliminary, direct, indirect, opportunity, tax),
    `groups` (construction, operation, management, each of named costs) and `cost_lines`; either
    `delta` or `quality_coefficient` (ratio), `remaining_life_years` and `total_life_years`.
    Optional: `cost_basis` (replacement or historic), `delta_justification`, `sources` (where each
    figure comes from, by its name in the explanation).

    Outputs: `C` and `P` in the currency to the cent, `delta` as a ratio; `group_totals` with
    `groups`, `restated` with `cost_lines`. Without any of the fields of `delta`, only `C` is
    answered, which is no amount.
    """
    fields = fields.aliased(_ALIASES)
    if fields.has("cost_lines"):
        fields = fields.aliased(INDEX_NAMES)
    fields.refuse_others(*_FIELDS, *(LINE_FIELDS if fields.has("cost_lines") else ()))
    currency = fields.currency()
    costs = costs_from(fields, currency)
    if not any(fields.has(name) for name in ("delta", "perpetual", *_DELTA_PARTS)):
        # What it would cost is no value yet, so that nobody keeps it as one.
        unadjusted = ValuationWarning("delta-unstated")
        node = with_sources(costs.node, fields)
        return Figures(None, "", node, (*costs.warnings, unadjusted), costs.outputs)
    delta, delta_node = _delta_from(fields)
    amount = costs.total * delta
    value = Node(
        "P", rounded(amount, currency), currency, "C · delta", children=(costs.node, delta_node)
    )
    return Figures(
        amount=amount,
        currency=currency,
        explanation=with_sources(value, fields),
        warnings=(*costs.warnings, *_delta_warnings(fields, delta)),
        outputs={**costs.outputs, "delta": to_decimal(delta), "P": rounded(amount, currency)},
    )


def _delta_from(fields: Fields) -> tuple[Fraction, Node]:
    if fields.given.get("perpetual"):
        raise ValuationError("finite-life-required", field="perpetual")
    parts = [name for name in _DELTA_PARTS if fields.has(name)]
    if not fields.has("delta"):
        return _delta_from_life(fields)
    if parts:
        raise ValuationError("delta-twice", given=", ".join(parts))
    delta = fields.number("delta", "Give a ratio of 0 or more.")
    if delta < 0:
        raise ValuationError("negative-delta", given=fields.given["delta"])
    return delta, Node("delta", to_decimal(delta), "ratio")


def _delta_from_life(fields: Fields) -> tuple[Fraction, Node]:
    quality = fields.non_negative(
        "quality_coefficient", "Give the quality as a ratio, such as 0.92, or give delta itself."
    )
    for name in ("remaining_life_years", "total_life_years"):
        if fields.has(name) and fields.given[name] is None:
            raise ValuationError("finite-life-required", field=name)
    remaining = fields.non_negative("remaining_life_years", "Give the years that are left.")
    total = fields.number("total_life_years", "Give the years of the whole life.")
    if total <= 0:
        raise ValuationError(
            "life-not-positive", field="total_life_years", given=fields.given["total_life_years"]
        )
    if remaining > total:
        raise ValuationError(
            "remaining-life-too-long",
            remaining=fields.given["remaining_life_years"],
            total=fields.given["total_life_years"],
        )
    delta = quality * remaining / total
    return delta, Node(
        "delta",
        to_decimal(delta),
        "ratio",
        "quality_coefficient · remaining_life_years / total_life_years",
        children=(
            Node("quality_coefficient", to_decimal(quality), "ratio"),
            Node("remaining_life_years", to_decimal(remaining), "years"),
            Node("total_life_years", to_decimal(total), "years"),
        ),
    )


def _delta_warnings(fields: Fields, delta: Fraction) -> tuple[ValuationWarning, ...]:
    if fields.has("delta_justification"):
        fields.text("delta_justification", "Write why, or leave the field out.")
        return ()
    if delta <= 1:
        return ()
    return (ValuationWarning("delta-without-justification", {"delta": as_text(to_decimal(delta))}),)
