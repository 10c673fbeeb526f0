"""What an operation does to the debt ratio `r = L/A`: pure arithmetic, no models.

An appraised value is no operation of the books and does not occur here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

HUNDRED = Decimal(100)


class Operation(StrEnum):
    """What is done, and what it does to assets A and liabilities L."""

    EXPENSED = "expensed"
    CAPITALIZED = "capitalized"
    LOAN_FUNDED = "loan_funded"
    EQUITY = "equity"
    PLEDGE_LOAN = "pledge_loan"
    PROFIT = "profit"


@dataclass(frozen=True)
class BalanceSheet:
    """Total assets and liabilities, in one unit of money."""

    assets: Decimal
    liabilities: Decimal

    @property
    def ratio(self) -> Decimal:
        """Answer L/A in percent."""
        return self.liabilities / self.assets * HUNDRED


def after(
    sheet: BalanceSheet, operation: Operation, amount: Decimal, capitalized: Decimal = Decimal(0)
) -> BalanceSheet:
    """Answer the balance sheet after an operation.

    `amount` is spent, borrowed, contributed or earned. `capitalized` is the part of a spending that
    becomes an asset; the rest is expensed.

    Raises:
        ValueError: an amount is negative, or more is capitalized than spent.
    """
    if amount < 0 or not 0 <= capitalized <= amount:
        raise ValueError("Amounts are not negative, and at most what is spent is capitalized.")
    assets, liabilities = sheet.assets, sheet.liabilities
    if operation in (Operation.EXPENSED, Operation.CAPITALIZED):
        assets += capitalized - amount
    elif operation == Operation.LOAN_FUNDED:
        assets += capitalized
        liabilities += amount
    elif operation == Operation.PLEDGE_LOAN:
        assets += amount
        liabilities += amount
    else:
        assets += amount
    return BalanceSheet(assets, liabilities)


def equity_needed(sheet: BalanceSheet, target: Decimal) -> Decimal:
    """Answer `K = L/r* − A`, the equity that brings the ratio to `target` percent; none is 0.

    Raises:
        ValueError: the target is not between 0 and 100.
    """
    if not 0 < target <= HUNDRED:
        raise ValueError("A target ratio lies above 0 and at most at 100 percent.")
    return max(Decimal(0), sheet.liabilities / (target / HUNDRED) - sheet.assets)
