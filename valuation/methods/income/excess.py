"""Excess earnings: what is left of the income when the other assets have been paid for.

Source: 数据资产评估指导意见, 中评协 (2023) 17号, multi-period excess earnings:
`F_t = R_t − sum_j balance_tj · rate_j`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.methods.income.flows import Flows, income_of, leaf, loss_warnings
from valuation.result import Node
from valuation.rounding import rounded, to_decimal
from valuation.series import is_list, series

_ADVICE: Final = "Give each contributory asset by its name, with balance and rate."


@dataclass(frozen=True)
class _Asset:
    """A contributory asset: its balances and the rates that it has to earn, one a period."""

    path: str
    balances: tuple[Fraction, ...]
    rates: tuple[Fraction, ...]

    def charge(self, period: int) -> Fraction:
        """Return its charge of a period, counted from 0."""
        return self.balances[period] * self.rates[period]

    def node(self, period: int, currency: str) -> Node:
        """Explain that charge."""
        place = period + 1
        return Node(
            f"{self.path}.charge[{place}]",
            rounded(self.charge(period), currency),
            currency,
            f"balance[{place}] · rate",
            children=(
                leaf(f"{self.path}.balance", place, self.balances[period], currency),
                Node(f"{self.path}.rate", to_decimal(self.rates[period]), "ratio"),
            ),
        )


def excess(fields: Fields, currency: str) -> Flows:
    """Read `F_t = R_t − charges of t`; a balance or rate may be one number for all periods."""
    income = income_of(fields, "total_income")
    assets = tuple(_assets(fields, len(income)))
    if not assets:
        raise ValuationError(
            "field-missing", field=fields.name("contributory_assets"), advice=_ADVICE
        )
    charges = [[asset.charge(period) for asset in assets] for period in range(len(income))]
    amounts = [part - sum(paid) for part, paid in zip(income, charges, strict=True)]
    nodes = tuple(
        Node(
            f"F[{period + 1}]",
            rounded(amounts[period], currency),
            currency,
            f"total_income[{period + 1}] − sum of charges",
            children=(
                leaf("total_income", period + 1, income[period], currency),
                *(asset.node(period, currency) for asset in assets),
            ),
        )
        for period in range(len(income))
    )
    outputs: dict[str, object] = {
        "charges": [[rounded(part, currency) for part in row] for row in charges]
    }
    return Flows(tuple(amounts), nodes, outputs, loss_warnings(amounts))


def _assets(fields: Fields, periods: int) -> Iterator[_Asset]:
    if is_list(fields.require("contributory_assets", _ADVICE)):
        parts = fields.entries("contributory_assets", _ADVICE)
    else:
        named = fields.fields("contributory_assets", _ADVICE)
        parts = tuple(named.fields(name, _ADVICE) for name in named.given)
    for given in parts:
        asset = given.aliased({"balance": ("balances",), "rate": ("rates", "required_return")})
        asset.refuse_others("name", "balance", "rate")
        yield _Asset(
            path=asset.path,
            balances=tuple(series(asset, "balance", "Give its balance in each period.", periods)),
            rates=tuple(
                series(asset, "rate", "Give the rate a year that it has to earn.", periods)
            ),
        )
