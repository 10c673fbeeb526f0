"""Costs as they were paid, line by line, restated to the valuation date by a price index.

`cost_t · I_val / I_t`: 中评协 (2023) 17号, which asks for replacement cost, not historic cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.result import Node, ValuationWarning
from valuation.rounding import as_amount, as_text, rounded, to_decimal

COMPONENTS: Final = ("preliminary", "direct", "indirect", "opportunity", "tax")
INDEX_NAMES: Final = {
    "price_index": ("price_indices", "index", "indices"),
    "valuation_period": ("valuation_year",),
    "valuation_index": ("index_valuation", "I_val"),
}
"""The fields of the index beside the lines, with their other names."""

LINE_FIELDS: Final = tuple(INDEX_NAMES)
_LINE_NAMES: Final = {
    "period": ("year",),
    "amount": ("cost",),
    "voucher": ("voucher_reference", "reference"),
    "allocation": ("allocation_key", "allocation_share"),
    "index": ("I_t", "price_index"),
}


@dataclass(frozen=True)
class CostLines:
    """The exact amounts in the currency, restated where an index is given, and their way."""

    amounts: tuple[Fraction, ...]
    node: Node
    is_restated: bool
    warnings: tuple[ValuationWarning, ...]

    @property
    def total(self) -> Fraction:
        """Return the sum of the lines."""
        return sum(self.amounts, Fraction(0))


def cost_of(costs: Fields, field: str) -> Fraction:
    """Return a required cost of 0 or more.

    Raises:
        ValuationError: `negative-component`, or it is missing.
    """
    amount = costs.number(field, "Give an amount of 0 or more.")
    if amount < 0:
        raise ValuationError(
            "negative-component", field=costs.name(field), given=costs.given[field]
        )
    return amount


@dataclass(frozen=True)
class _PriceIndex:
    """The index today, and that of each period, by its name or beside its line."""

    values: Fields
    now: Fraction
    now_name: str
    now_period: str

    @classmethod
    def read(cls, fields: Fields) -> _PriceIndex | None:
        """Read the index, or None where the lines are not restated."""
        if not any(fields.has(name) for name in LINE_FIELDS):
            return None
        values = Fields({}, "price_index")
        if fields.has("price_index") or not fields.has("valuation_index"):
            values = fields.fields("price_index", "Give the index of each period by its name.")
        if fields.has("valuation_index"):
            if fields.has("valuation_period"):
                raise ValuationError(
                    "field-twice", first="valuation_index", second="valuation_period"
                )
            now = fields.positive("valuation_index", "Give the index on the valuation date.")
            return cls(values, now, "valuation_index", "the valuation date")
        period = fields.label("valuation_period", "Say which period of price_index is today's.")
        return cls(values, _at(values, period), values.name(period), period)

    def of(self, line: Fields) -> tuple[Fraction, str]:
        """Return the index of a line, and the name of that figure."""
        if line.has("index"):
            return line.positive("index", "Give an index above 0."), line.name("index")
        period = line.label("period", "Give the period in which it was paid, such as 2024.")
        return _at(self.values, period), self.values.name(period)

    def warnings(self, lines: tuple[Fields, ...]) -> Iterator[ValuationWarning]:
        """Warn once of each period since which the index has fallen."""
        found = {}
        for line in lines:
            then, name = self.of(line)
            period = line.label("period", "") if line.has("period") else name
            found[period] = then
        for period, then in sorted(found.items()):
            if self.now < then:
                yield ValuationWarning(
                    "price-index-falls",
                    {
                        "then": as_text(to_decimal(then)),
                        "period": period,
                        "now": as_text(to_decimal(self.now)),
                        "valuation_period": self.now_period,
                    },
                )


def _at(values: Fields, period: str) -> Fraction:
    if not values.has(period):
        raise ValuationError("index-missing", period=period)
    return values.positive(period, "Give an index above 0.")


def lines_from(fields: Fields, currency: str) -> CostLines:
    """Read `cost_lines`, each of `kind`, `period`, `amount`, `voucher`, `allocation` and `index`.

    Raises:
        ValuationError: there is none, a field of one is wrong, or its period has no index.
    """
    given = fields.entries("cost_lines", "Give the lines with kind, period and amount.")
    lines = tuple(line.aliased(_LINE_NAMES) for line in given)
    if not lines:
        raise ValuationError("amount-missing")
    index = _PriceIndex.read(fields)
    amounts, nodes = [], []
    for line in lines:
        line.refuse_others("kind", *_LINE_NAMES)
        if index is None or not line.has("index"):
            line.label("period", "Give the period in which it was paid, such as 2024.")
        node, amount = _restated(line, index, currency)
        nodes.append(node)
        amounts.append(amount)
    total = sum(amounts, Fraction(0))
    node = Node("C", rounded(total, currency), currency, "sum of the lines", children=tuple(nodes))
    warnings = tuple(index.warnings(lines)) if index else ()
    return CostLines(tuple(amounts), node, index is not None, warnings)


def _restated(line: Fields, index: _PriceIndex | None, currency: str) -> tuple[Node, Fraction]:
    kind = ""
    if line.has("kind"):
        kind = line.one_of("kind", COMPONENTS, f"Give one of: {', '.join(COMPONENTS)}.")
    amount = cost_of(line, "amount")
    voucher = line.text("voucher", "") if line.has("voucher") else ""
    formula = "amount"
    children = [Node(line.name("amount"), as_amount(amount, currency), currency, source=voucher)]
    if line.has("allocation"):
        share = line.number("allocation", "Give a share from 0 to 1.")
        if not 0 <= share <= 1:
            raise ValuationError(
                "share-out-of-range",
                field=line.name("allocation"),
                given=line.given["allocation"],
            )
        amount *= share
        formula += " · allocation"
        children.append(Node(line.name("allocation"), to_decimal(share), "ratio"))
    if index is not None:
        then, name = index.of(line)
        amount *= index.now / then
        formula += " · index at valuation / index of the period"
        children.append(Node(index.now_name, to_decimal(index.now), "index"))
        children.append(Node(name, to_decimal(then), "index"))
    name = f"{line.path} ({kind})" if kind else line.path
    return Node(
        name, rounded(amount, currency), currency, formula, children=tuple(children)
    ), amount
