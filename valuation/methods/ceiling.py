"""The public-data ceiling as a form of `pricing`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields, decimal_from
from valuation.pricing.ceiling import (
    FREE_PURPOSES,
    Ceiling,
    public_data_ceiling,
    refuse_charge_for_free_use,
)
from valuation.result import Figures, Node, ValuationWarning
from valuation.rounding import as_text, to_decimal

FIELDS: Final = (
    "currency",
    "operating_cost",
    "permitted_profit_rate_on_cost",
    "permitted_profit_rate",
    "tax",
    "actual_revenue",
    "next_period_max_before_deduction",
    "price",
    "price_ceiling",
    "ceiling",
    "expected_units",
    "purpose",
    "use",
)
PURPOSES: Final = (*FREE_PURPOSES, "industry", "commercial", "other")


def ceiling_from(fields: Fields) -> Figures:
    """Compute what public data may earn, and refuse a price that is too high.

    Inputs: `operating_cost`, `permitted_profit_rate_on_cost` (a share), `tax`; optional
    `actual_revenue`, `next_period_max_before_deduction`, and `price` with `expected_units`,
    `price_ceiling` (also `ceiling`) and `purpose` (also `use`). Without `operating_cost` only the
    price is judged, by purpose and by `price_ceiling`.

    Outputs: `permitted_profit`, `max_revenue`, `excess`, `next_period_max`, `carried_over`,
    `price_ceiling`, `price`; money to the smallest unit of the currency.
    """
    fields.refuse_others(*FIELDS)
    currency = fields.currency() if fields.has("currency") else ""
    purpose = _purpose(fields)
    if not fields.has("operating_cost"):
        price = _judged_price(fields, purpose, None, Decimal(1))
        if price is None:
            raise ValuationError(
                "field-missing", field="operating_cost", advice="Give the cost of the period."
            )
        node = Node("price", price, currency or "money")
        return Figures(Fraction(price) if currency else None, currency, node, (), {"price": price})
    rate = "permitted_profit_rate_on_cost"
    if fields.has("permitted_profit_rate"):
        rate = "permitted_profit_rate"
    cost = _money(fields, "operating_cost", "Give the cost of operating the data in the period.")
    share = _money(fields, rate, "Give the permitted profit as a share of the cost, such as 0.08.")
    tax = _optional(fields, "tax") or Decimal(0)
    ceiling = public_data_ceiling(
        operating_cost=cost,
        permitted_profit_rate=share,
        tax=tax,
        actual_revenue=_optional(fields, "actual_revenue"),
        next_period_max_before_deduction=_optional(fields, "next_period_max_before_deduction"),
        currency=currency,
    )
    outputs: dict[str, object] = {
        "permitted_profit": ceiling.permitted_profit,
        "max_revenue": ceiling.max_revenue,
    }
    warnings = []
    if ceiling.excess is not None:
        outputs["excess"] = ceiling.excess
        if ceiling.excess:
            warnings.append(ValuationWarning("excess-revenue", {"excess": as_text(ceiling.excess)}))
    if ceiling.next_period_max is not None:
        outputs["next_period_max"] = ceiling.next_period_max
        outputs["carried_over"] = ceiling.carried_over
    units = Decimal(1)
    if fields.has("expected_units"):
        units = to_decimal(fields.positive("expected_units", "Give how many are sold."))
        outputs["price_ceiling"] = ceiling.price_for(units)
    price = _judged_price(fields, purpose, ceiling, units)
    if price is not None:
        outputs["price"] = price
    node = _node_of(ceiling, {"operating_cost": cost, rate: share, "tax": tax}, currency or "money")
    amount = Fraction(ceiling.max_revenue) if currency else None
    return Figures(amount, currency, node, tuple(warnings), outputs)


def _purpose(fields: Fields) -> str:
    field = "use" if fields.has("use") else "purpose"
    if not fields.has(field):
        return ""
    written = fields.text(field, "Say what for.").lower().replace("-", "_").replace(" ", "_")
    return Fields({field: written}, fields.path).one_of(field, PURPOSES, "Say what for.")


def _judged_price(
    fields: Fields, purpose: str, ceiling: Ceiling | None, units: Decimal
) -> Decimal | None:
    """Return the price that stands after the rules: 0 where the use is free."""
    if not fields.has("price"):
        return Decimal(0) if purpose in FREE_PURPOSES else None
    price = _money(fields, "price", "Give the price of one sale.")
    refuse_charge_for_free_use(price, purpose)
    limit_field = "ceiling" if fields.has("ceiling") else "price_ceiling"
    limit = _optional(fields, limit_field)
    if limit is not None and price > limit:
        raise ValuationError("price-above-ceiling", price=price, ceiling=limit)
    if ceiling is not None:
        ceiling.refuse_price(price, units)
    return price


def _node_of(ceiling: Ceiling, given: dict[str, Decimal], unit: str) -> Node:
    cost, rate, tax = given
    profit = Node(
        "permitted_profit",
        ceiling.permitted_profit,
        unit,
        f"operating_cost · {rate}",
        children=(Node(rate, given[rate], "ratio"),),
    )
    return Node(
        "max_revenue",
        ceiling.max_revenue,
        unit,
        "operating_cost + permitted_profit + tax",
        children=(Node(cost, given[cost], unit), profit, Node(tax, given[tax], unit)),
    )


def _money(fields: Fields, field: str, advice: str) -> Decimal:
    fields.non_negative(field, advice)
    return decimal_from(fields.given[field], fields.name(field))


def _optional(fields: Fields, field: str) -> Decimal | None:
    return _money(fields, field, "Leave it out, or give 0 or more.") if fields.has(field) else None
