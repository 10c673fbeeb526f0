"""One past transaction with its five adjustments.

A coefficient is given as a number, or as the scores of subject and comparable, `X = subject /
comparable`; that of the date as the price index of both days, `X_date = I_val / I_transaction`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.result import Node, ValuationWarning
from valuation.rounding import as_amount, rounded, short, to_decimal

COEFFICIENTS: Final = ("quality", "supply_demand", "date", "capacity", "other")
COMPARABLE_NAMES: Final = {
    "price": ("Q", "amount", "transaction_price"),
    "supply_demand": ("supply-demand", "supply"),
    "price_index": ("index", "date_index"),
    "name": ("id", "label"),
}
_INDEX_NAMES: Final = {
    "valuation_date": ("valuation", "I_val"),
    "transaction_date": ("transaction", "I_transaction", "I_t"),
}
_SCORES_ADVICE: Final = "Give a number, or an object with subject and comparable."


@dataclass(frozen=True)
class Comparable:
    """A price in the currency, and its coefficients as ratios with the way to each."""

    name: str
    price: Fraction
    coefficients: Mapping[str, Fraction]
    price_node: Node
    coefficient_nodes: tuple[Node, ...]
    warnings: tuple[ValuationWarning, ...]

    @property
    def product(self) -> Fraction:
        """Return the product of the coefficients."""
        return prod(self.coefficients.values(), start=Fraction(1))

    @property
    def adjusted(self) -> Fraction:
        """Return the price as it would be for the subject on the valuation date."""
        return self.price * self.product

    def node(self, name: str, currency: str) -> Node:
        """Explain the adjusted price."""
        factors = " · ".join(node.name.split(".")[-1] for node in self.coefficient_nodes)
        return Node(
            name,
            rounded(self.adjusted, currency),
            currency,
            f"{self.price_node.name.split('.')[-1]}{' · ' if factors else ''}{factors}",
            children=(self.price_node, *self.coefficient_nodes),
        )


def comparable_from(given: Fields, currency: str, *, place: int | None = None) -> Comparable:
    """Read a comparable: `price` and whichever of the coefficients differ from 1.

    Raises:
        ValuationError: a field is missing, not above 0 or given twice, the date index is inverted,
            or the price is in another currency.
    """
    fields = given.aliased(COMPARABLE_NAMES)
    if fields.has("currency") and currency and fields.currency() != currency:
        raise ValuationError(
            "currencies-mixed",
            field=fields.name("currency"),
            given=fields.currency(),
            expected=currency,
        )
    price = fields.positive("price", "Give the price that was paid.")
    inner = fields
    if fields.has("coefficients"):
        inner = fields.fields("coefficients", "Give the coefficients by their names.")
        inner.refuse_others(*COEFFICIENTS, "price_index")
    found: dict[str, tuple[Fraction, Node]] = {}
    warnings: list[ValuationWarning] = []
    for name in COEFFICIENTS:
        if inner.has(name):
            found[name] = _coefficient(inner, name)
    for owner in (inner,) if inner is fields else (inner, fields):
        if owner.has("price_index"):
            dated = _dated(owner)
            _refuse_disagreement(found.get("date"), dated[0], owner.name("date"))
            found["date"] = dated[0], dated[1]
            warnings += _index_warnings(dated[0], place)
    ordered = {name: found[name] for name in COEFFICIENTS if name in found}
    label = fields.label("name", "Name it.") if fields.has("name") else str(place or 1)
    return Comparable(
        name=label,
        price=price,
        coefficients={name: value for name, (value, _) in ordered.items()},
        price_node=Node(fields.name("price"), as_amount(price, currency), currency),
        coefficient_nodes=tuple(node for _, node in ordered.values()),
        warnings=tuple(warnings),
    )


def _coefficient(fields: Fields, name: str) -> tuple[Fraction, Node]:
    own = fields.name(name)
    if not isinstance(fields.given[name], Mapping):
        value = fields.positive(name, _SCORES_ADVICE)
        return value, Node(own, to_decimal(value), "ratio")
    scores = fields.fields(name, _SCORES_ADVICE)
    if name == "date":
        return _of_index(scores, own)
    scores.refuse_others("subject", "comparable")
    return _ratio(scores, own, "subject", "comparable", "ratio")


def _dated(fields: Fields) -> tuple[Fraction, Node]:
    index = fields.fields("price_index", "Give valuation_date and transaction_date.")
    return _of_index(index, fields.name("date"))


def _of_index(given: Fields, own: str) -> tuple[Fraction, Node]:
    index = given.aliased(_INDEX_NAMES)
    index.refuse_others(*_INDEX_NAMES)
    return _ratio(index, own, "valuation_date", "transaction_date", "index")


def _ratio(fields: Fields, own: str, above: str, below: str, unit: str) -> tuple[Fraction, Node]:
    one = fields.positive(above, "Give a number above 0.")
    other = fields.positive(below, "Give a number above 0.")
    value = one / other
    children = (
        Node(fields.name(above), to_decimal(one), unit),
        Node(fields.name(below), to_decimal(other), unit),
    )
    return value, Node(own, to_decimal(value), "ratio", f"{above} / {below}", children=children)


def _refuse_disagreement(
    given: tuple[Fraction, Node] | None, by_index: Fraction, field: str
) -> None:
    """Refuse a date coefficient beside the index from which it should follow, and does not."""
    if given is None or given[0] == by_index:
        return
    if given[0] == 1 / by_index:
        raise ValuationError(
            "date-index-inverted", field=field, given=short(given[0]), expected=short(by_index)
        )
    raise ValuationError("field-twice", first=field, second="price_index")


def _index_warnings(by_index: Fraction, place: int | None) -> Iterator[ValuationWarning]:
    if by_index < 1:
        yield ValuationWarning(
            "date-index-falls", {"place": str(place or 1), "factor": short(by_index)}
        )
