"""Versions, tiers and prices by query and row as forms of `pricing`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.pricing.versions import Buyers, best_single, best_versions
from valuation.result import Figures, Node, ValuationWarning
from valuation.rounding import rounded, to_decimal

USAGES: Final = ("usage", "calls", "units", "quantity", "queries", "rows")
_LIMITS: Final = ("up_to", "to", "limit")
_PRICES: Final = ("price", "unit_price", "rate")
_MOST_BUYERS: Final = 40


def versions_from(fields: Fields) -> Figures:
    """Find the prices of a high and a low version that bring the most.

    Inputs: `buyers`, a list of groups: `n`, and what one of them would pay for `high` and for
    `low`. Outputs: `high_price`, `low_price`, `revenue`, and with the high version alone
    `single_price`, `single_revenue`; `buys`, what each group takes; `gain` of two over one.
    """
    fields.refuse_others("currency", "buyers")
    entries = fields.entries("buyers", "List the groups of buyers.")
    if not 1 <= len(entries) <= _MOST_BUYERS:
        raise ValuationError(
            "too-many-items", field="buyers", given=len(entries), most=_MOST_BUYERS
        )
    buyers = []
    for number, entry in enumerate(entries, start=1):
        entry.refuse_others("n", "high", "low", "name")
        advice = "Give what one of them would pay, 0 or more."
        buyers.append(
            Buyers(
                entry.positive("n", "Give how many they are."),
                entry.non_negative("high", advice),
                entry.non_negative("low", advice),
            )
        )
        if buyers[-1].high < buyers[-1].low:
            raise ValuationError(
                "high-below-low", number=number, high=entry.given["high"], low=entry.given["low"]
            )
    single_price, single_revenue = best_single(buyers)
    best = best_versions(buyers)
    warnings = tuple(
        ValuationWarning("version-unsold", {"version": version})
        for version in ("high", "low")
        if version not in best.buys
    )
    outputs: dict[str, object] = {
        "single_price": to_decimal(single_price),
        "single_revenue": to_decimal(single_revenue),
        "high_price": to_decimal(best.high_price),
        "low_price": to_decimal(best.low_price),
        "revenue": to_decimal(best.revenue),
        "gain": to_decimal(best.revenue - single_revenue),
        "buys": list(best.buys),
    }
    children = (
        Node("high_price", to_decimal(best.high_price), "money"),
        Node("low_price", to_decimal(best.low_price), "money"),
    )
    node = Node("revenue", to_decimal(best.revenue), "money", "sum of n · price", "", children)
    return Figures(None, "", node, warnings, outputs)


def tiers_from(fields: Fields) -> Figures:
    """Charge a usage by tiers on the margin: each unit at the price of the tier it falls into.

    Inputs: `tiers` from the lowest, each with `up_to` (the last may leave it out or null) and
    `price` of a unit; `usage` (also `calls`, `units`, `quantity`, `queries`, `rows`); optional
    `fixed_fee`. Outputs: `total`, `marginal_price`, `average_price`, `lines` by tier.
    """
    usage_field = next((name for name in USAGES if fields.has(name)), "usage")
    fields.refuse_others("currency", "tiers", usage_field, "fixed_fee")
    usage = fields.non_negative(usage_field, "Give how many units are used.")
    fee = fields.non_negative("fixed_fee", "") if fields.has("fixed_fee") else Fraction(0)
    total, start, marginal = fee, Fraction(0), Fraction(0)
    lines: list[dict[str, object]] = []
    warnings = []
    before: Fraction | None = None
    entries = fields.entries("tiers", "List the tiers from the lowest.")
    for number, tier in enumerate(entries, start=1):
        price_field = next((name for name in _PRICES if tier.has(name)), "price")
        limit_field = next((name for name in _LIMITS if tier.has(name)), "up_to")
        tier.refuse_others(price_field, limit_field, "name")
        price = tier.non_negative(price_field, "Give the price of a unit in this tier.")
        if before is not None and price > before:
            warnings.append(ValuationWarning("tier-price-rises", {"number": str(number)}))
        before = price
        end: Fraction | None = None
        if tier.given.get(limit_field) is not None:
            end = tier.positive(limit_field, "Give the last unit of this tier.")
        if number < len(entries) if end is None else end <= start:
            given = "no limit" if end is None else tier.given[limit_field]
            raise ValuationError("tiers-not-rising", number=number, given=given)
        inside = max(Fraction(0), (usage if end is None else min(usage, end)) - start)
        if inside or number == 1:
            marginal = price
        total += inside * price
        lines.append(
            {
                "units": to_decimal(inside),
                "price": to_decimal(price),
                "charge": to_decimal(inside * price),
            }
        )
        if end is None:
            break
        start = end
    else:
        if usage > start:
            raise ValuationError(
                "usage-beyond-tiers", usage=to_decimal(usage), limit=to_decimal(start)
            )
    outputs: dict[str, object] = {
        "total": to_decimal(total),
        "marginal_price": to_decimal(marginal),
        "average_price": to_decimal(total / usage) if usage else None,
        "lines": lines,
    }
    return _charge(fields, total, "sum of units · price by tier", usage, outputs, tuple(warnings))


def counted_from(fields: Fields) -> Figures:
    """Charge by query and by row.

    Inputs: `price_per_query` with `queries`, `price_per_row` with `rows`, either or both; optional
    `minimum`. Outputs: `total`, `query_charge`, `row_charge`.
    """
    fields.refuse_others(
        "currency", "price_per_query", "queries", "price_per_row", "rows", "minimum"
    )
    charges = {}
    for name, price_field, count_field in (
        ("query_charge", "price_per_query", "queries"),
        ("row_charge", "price_per_row", "rows"),
    ):
        charges[name] = Fraction(0)
        if fields.has(price_field):
            price = fields.non_negative(price_field, "Give the price of one.")
            charges[name] = price * fields.non_negative(count_field, "Give how many.")
    total = charges["query_charge"] + charges["row_charge"]
    if fields.has("minimum"):
        total = max(total, fields.non_negative("minimum", "Give the least charge."))
    outputs: dict[str, object] = {name: to_decimal(charge) for name, charge in charges.items()}
    outputs["total"] = to_decimal(total)
    formula = "price_per_query · queries + price_per_row · rows"
    count = fields.non_negative("queries", "") if fields.has("queries") else Fraction(0)
    return _charge(fields, total, formula, count, outputs, ())


def _charge(
    fields: Fields,
    total: Fraction,
    formula: str,
    usage: Fraction,
    outputs: dict[str, object],
    warnings: tuple[ValuationWarning, ...],
) -> Figures:
    currency = fields.currency() if fields.has("currency") else ""
    children = (Node("usage", to_decimal(usage), "count"),)
    shown: Decimal = rounded(total, currency) if currency else to_decimal(total)
    node = Node("total", shown, currency or "money", formula, children=children)
    return Figures(total if currency else None, currency, node, warnings, outputs)
