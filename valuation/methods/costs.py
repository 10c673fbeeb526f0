"""The costs `C` of the cost approach, in the three forms in which they can be given.

Components: 中评协 (2023) 17号. Groups: GB/T 37550-2019. Cost lines are amounts as paid, restated to
the valuation date by `cost_t · I_val / I_t`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.result import Node, ValuationWarning
from valuation.rounding import as_amount, as_text, to_cents, to_decimal

COMPONENTS: Final = ("preliminary", "direct", "indirect", "opportunity", "tax")
GROUPS: Final = ("construction", "operation", "management")
COST_FORMS: Final = ("components", "groups", "cost_lines")
LINE_FIELDS: Final = ("price_index", "valuation_period")

_AMOUNT_ADVICE: Final = "Give an amount of 0 or more."
_BASES: Final = ("replacement", "historic")


@dataclass(frozen=True)
class Costs:
    """The exact total, its explanation and the outputs that go with it."""

    total: Fraction
    node: Node
    outputs: dict[str, object]
    warnings: tuple[ValuationWarning, ...]


def costs_from(fields: Fields, currency: str) -> Costs:
    """Read the costs in whichever form they are given.

    Raises:
        ValuationError: none or several forms are given, a cost is negative, or a period has no
            price index.
    """
    given = [form for form in COST_FORMS if fields.has(form)]
    if not given:
        raise ValuationError("AMOUNT_MISSING")
    if len(given) > 1:
        raise ValuationError("COSTS_TWICE", given=" and ".join(given))
    if given == ["groups"]:
        return _costs_of_groups(fields, currency)
    if given == ["cost_lines"]:
        return _costs_of_lines(fields, currency)
    components = fields.fields("components", "Give the five components with their amounts.")
    components.refuse_others(*COMPONENTS)
    node, total = _sum_of("C", components, currency)
    return Costs(total, node, {"C": to_cents(total)}, _basis_warnings(fields))


def _costs_of_groups(fields: Fields, currency: str) -> Costs:
    groups = fields.fields("groups", "Give the groups with their costs.")
    groups.refuse_others(*GROUPS)
    if not groups.given:
        raise ValuationError("AMOUNT_MISSING")
    total = Fraction(0)
    nodes, group_totals = [], {}
    for name in groups.given:
        costs = groups.fields(name, "Give the costs of this group by name.")
        node, group_total = _sum_of(costs.path, costs, currency)
        nodes.append(node)
        group_totals[name] = to_cents(group_total)
        total += group_total
    formula = " + ".join(groups.given)
    return Costs(
        total,
        Node("C", to_cents(total), currency, formula, children=tuple(nodes)),
        {"group_totals": group_totals, "C": to_cents(total)},
        _basis_warnings(fields),
    )


def _sum_of(name: str, costs: Fields, currency: str) -> tuple[Node, Fraction]:
    if not costs.given:
        raise ValuationError("AMOUNT_MISSING")
    amounts = {field: _cost(costs, field) for field in costs.given}
    total = sum(amounts.values(), Fraction(0))
    children = tuple(
        Node(costs.name(field), as_amount(amount), currency) for field, amount in amounts.items()
    )
    return Node(name, to_cents(total), currency, " + ".join(amounts), children=children), total


def _cost(costs: Fields, field: str) -> Fraction:
    amount = costs.number(field, _AMOUNT_ADVICE)
    if amount < 0:
        raise ValuationError(
            "NEGATIVE_COMPONENT", field=costs.name(field), given=costs.given[field]
        )
    return amount


def _basis_warnings(fields: Fields) -> tuple[ValuationWarning, ...]:
    if not fields.has("cost_basis"):
        return (ValuationWarning("COST_BASIS_UNSTATED"),)
    basis = fields.one_of("cost_basis", _BASES, "Say replacement or historic.")
    return (ValuationWarning("HISTORIC_COST"),) if basis == "historic" else ()


@dataclass(frozen=True)
class _PriceIndex:
    """The index of each period, and which period is that of the valuation."""

    values: Fields
    valuation_period: str

    def at(self, period: str) -> Fraction:
        if not self.values.has(period):
            raise ValuationError("INDEX_MISSING", period=period)
        return self.values.positive(period, "Give an index above 0.")

    def node(self, period: str) -> Node:
        return Node(self.values.name(period), to_decimal(self.at(period)), "index")

    def warnings(self, periods: set[str]) -> Iterator[ValuationWarning]:
        now = self.at(self.valuation_period)
        for period in sorted(periods):
            then = self.at(period)
            if now < then:
                yield ValuationWarning(
                    "PRICE_INDEX_FALLS",
                    {
                        "then": as_text(to_decimal(then)),
                        "period": period,
                        "now": as_text(to_decimal(now)),
                        "valuation_period": self.valuation_period,
                    },
                )


def _costs_of_lines(fields: Fields, currency: str) -> Costs:
    lines = fields.entries("cost_lines", "Give the lines with kind, period and amount.")
    if not lines:
        raise ValuationError("AMOUNT_MISSING")
    index = None
    if any(fields.has(name) for name in LINE_FIELDS):
        index = _PriceIndex(
            fields.fields("price_index", "Give the index of each period by its name."),
            fields.label("valuation_period", "Say which period of price_index is today's."),
        )
    total = Fraction(0)
    nodes, periods = [], set()
    for line in lines:
        line.refuse_others("kind", "period", "amount", "voucher", "allocation")
        periods.add(line.label("period", "Give the period in which it was paid, such as 2024."))
        node, amount = _restated(line, index, currency)
        nodes.append(node)
        total += amount
    node = Node("C", to_cents(total), currency, "sum of the lines", children=tuple(nodes))
    # Lines that are restated are at prices of the valuation date, whatever they were before.
    warnings = tuple(index.warnings(periods)) if index else _line_warnings(fields)
    return Costs(total, node, {"C": to_cents(total)}, warnings)


def _line_warnings(fields: Fields) -> tuple[ValuationWarning, ...]:
    if not fields.has("cost_basis"):
        return (ValuationWarning("HISTORIC_COST"),)
    return _basis_warnings(fields)


def _restated(line: Fields, index: _PriceIndex | None, currency: str) -> tuple[Node, Fraction]:
    kind = line.one_of("kind", COMPONENTS, f"Give one of: {', '.join(COMPONENTS)}.")
    paid = _cost(line, "amount")
    voucher = line.text("voucher", "") if line.has("voucher") else ""
    amount = paid
    formula = "amount"
    children = [Node(line.name("amount"), as_amount(paid), currency, source=voucher)]
    if line.has("allocation"):
        share = line.number("allocation", "Give a share from 0 to 1.")
        if not 0 <= share <= 1:
            raise ValuationError(
                "SHARE_OUT_OF_RANGE",
                field=line.name("allocation"),
                given=line.given["allocation"],
            )
        amount *= share
        formula += " · allocation"
        children.append(Node(line.name("allocation"), to_decimal(share), "ratio"))
    if index is not None:
        period = line.label("period", "Give the period in which it was paid.")
        amount *= index.at(index.valuation_period) / index.at(period)
        formula += " · index at valuation / index of the period"
        children += [index.node(index.valuation_period), index.node(period)]
    node = Node(
        f"{line.path} ({kind})", to_cents(amount), currency, formula, children=tuple(children)
    )
    return node, amount
