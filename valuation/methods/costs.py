"""The costs `C` of the cost approach, in the three forms in which they can be given.

Components: 中评协 (2023) 17号. Groups: GB/T 37550-2019. Cost lines stand in
`cost_lines`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.methods.cost_lines import COMPONENTS, cost_of, lines_from
from valuation.result import Node, ValuationWarning
from valuation.rounding import as_amount, rounded

GROUPS: Final = ("construction", "operation", "management")
COST_FORMS: Final = ("components", "groups", "cost_lines")

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
        raise ValuationError("amount-missing")
    if len(given) > 1:
        raise ValuationError("costs-twice", given=" and ".join(given))
    if given == ["groups"]:
        return _costs_of_groups(fields, currency)
    if given == ["cost_lines"]:
        return _costs_of_lines(fields, currency)
    components = fields.fields("components", "Give the five components with their amounts.")
    components.refuse_others(*COMPONENTS)
    node, total = _sum_of("C", components, currency)
    return Costs(total, node, {"C": rounded(total, currency)}, _basis_warnings(fields))


def _costs_of_groups(fields: Fields, currency: str) -> Costs:
    groups = fields.fields("groups", "Give the groups with their costs.")
    groups.refuse_others(*GROUPS)
    if not groups.given:
        raise ValuationError("amount-missing")
    total = Fraction(0)
    nodes, group_totals = [], {}
    for name in groups.given:
        costs = groups.fields(name, "Give the costs of this group by name.")
        node, group_total = _sum_of(costs.path, costs, currency)
        nodes.append(node)
        group_totals[name] = rounded(group_total, currency)
        total += group_total
    formula = " + ".join(groups.given)
    return Costs(
        total,
        Node("C", rounded(total, currency), currency, formula, children=tuple(nodes)),
        {"group_totals": group_totals, "C": rounded(total, currency)},
        _basis_warnings(fields),
    )


def _sum_of(name: str, costs: Fields, currency: str) -> tuple[Node, Fraction]:
    if not costs.given:
        raise ValuationError("amount-missing")
    amounts = {field: cost_of(costs, field) for field in costs.given}
    total = sum(amounts.values(), Fraction(0))
    children = tuple(
        Node(costs.name(field), as_amount(amount, currency), currency)
        for field, amount in amounts.items()
    )
    return Node(
        name, rounded(total, currency), currency, " + ".join(amounts), children=children
    ), total


def _costs_of_lines(fields: Fields, currency: str) -> Costs:
    lines = lines_from(fields, currency)
    warnings = lines.warnings
    # Lines that are restated are at prices of the valuation date, whatever they were before.
    if not lines.is_restated:
        warnings = (
            _basis_warnings(fields)
            if fields.has("cost_basis")
            else (ValuationWarning("historic-cost"),)
        )
    outputs: dict[str, object] = {
        "restated": [rounded(amount, currency) for amount in lines.amounts],
        "C": rounded(lines.total, currency),
    }
    return Costs(lines.total, lines.node, outputs, warnings)


def _basis_warnings(fields: Fields) -> tuple[ValuationWarning, ...]:
    if not fields.has("cost_basis"):
        return (ValuationWarning("cost-basis-unstated"),)
    basis = fields.one_of("cost_basis", _BASES, "Say replacement or historic.")
    return (ValuationWarning("historic-cost"),) if basis == "historic" else ()
