"""Prices of data, in the form that the fields of the input tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.methods.ceiling import ceiling_from
from valuation.methods.charges import counted_from, tiers_from, versions_from
from valuation.methods.menus import covers_from, menu_from, noise_price_from
from valuation.result import Figures

FORMULA: Final = (
    "no arbitrage: monotone and subadditive prices; noisy query c / variance; public data: "
    "max_revenue = operating_cost + permitted_profit + tax"
)

FORMS: Final[Mapping[str, Callable[[Fields], Figures]]] = MappingProxyType(
    {
        "menu": menu_from,
        "prices": menu_from,
        "c": noise_price_from,
        "view_prices": covers_from,
        "buyers": versions_from,
        "tiers": tiers_from,
        "price_per_query": counted_from,
        "price_per_row": counted_from,
        "operating_cost": ceiling_from,
        "purpose": ceiling_from,
        "use": ceiling_from,
        "price_ceiling": ceiling_from,
        "ceiling": ceiling_from,
    }
)
"""The calculation by the field that gives its form away."""


def calculate(fields: Fields) -> Figures:
    """Price by menu, cover, versions, tiers, counts or the ceiling of public data.

    Each form's inputs and outputs are told by its own function.
    """
    for field, form in FORMS.items():
        if fields.has(field):
            return form(fields)
    raise ValuationError("pricing-form-missing", forms=", ".join(FORMS))
