"""What a move does to the debt ratio `r = L/A`, and what the law lets whom do.

An appraised value is a move that changes nothing: it stands here to say so.
Source of the refusals: 财资〔2024〕1号 (an administrative unit pledges no data assets and makes
no hidden debt with them).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from marketplace.accounting.standards.figures import HUNDRED, ZERO
from marketplace.accounting.standards.refusals import RuleRefused

SOURCE = "财资〔2024〕1号"


class Operation(StrEnum):
    """What is done, and what it does to assets A and liabilities L."""

    EXPENSED = "expensed"
    CAPITALIZED = "capitalized"
    LOAN_FUNDED = "loan_funded"
    EQUITY = "equity"
    PROFIT = "profit"
    GRANT = "grant"
    PLEDGE_LOAN = "pledge_loan"
    APPRAISAL = "appraisal"
    REPAYMENT = "repayment"
    FREE_TRANSFER_IN = "free_transfer_in"
    FREE_TRANSFER_OUT = "free_transfer_out"
    DIVIDEND = "dividend"
    BUYBACK = "buyback"


class Entity(StrEnum):
    """Who it is: what the law lets it do hangs on it."""

    COMPANY = "company"
    PLATFORM = "platform"
    ADMINISTRATIVE_UNIT = "administrative_unit"


ADDS_TO_BOTH = frozenset({Operation.PLEDGE_LOAN, Operation.GRANT})
TAKES_ASSETS = frozenset(
    {Operation.EXPENSED, Operation.DIVIDEND, Operation.BUYBACK, Operation.FREE_TRANSFER_OUT}
)
LASTING = frozenset({Operation.EQUITY, Operation.PROFIT})
"""What lowers the ratio for good: genuine equity and cash earnings."""


@dataclass(frozen=True)
class BalanceSheet:
    """Total assets and liabilities, in one unit of money."""

    assets: Decimal
    liabilities: Decimal

    @property
    def ratio(self) -> Decimal:
        """Return L/A in percent.

        Raises:
            RuleRefused: nothing is left of the assets.
        """
        if self.assets <= 0:
            raise RuleRefused(
                "no-assets-left", _("Nothing would be left of the assets: there is no debt ratio.")
            )
        return self.liabilities / self.assets * HUNDRED

    def moved(self, assets: Decimal, liabilities: Decimal) -> BalanceSheet:
        """Return the sheet after both were changed by these amounts."""
        return BalanceSheet(self.assets + assets, self.liabilities + liabilities)


def after(
    sheet: BalanceSheet, operation: Operation, amount: Decimal, capitalized: Decimal = ZERO
) -> BalanceSheet:
    """Return the balance sheet right after an operation.

    `amount` is spent, borrowed, contributed, earned, given or appraised. `capitalized` is the part
    of a spending that becomes an asset; the rest is expensed. A grant for an asset is deferred
    income, which is a liability until it is released. A free transfer between owners of the same
    state passes through equity at its carrying amount.

    Raises:
        RuleRefused: an amount is negative, or more is capitalized than spent, or repaid than owed.
    """
    if amount < 0 or not 0 <= capitalized <= amount:
        raise RuleRefused(
            "amounts-do-not-fit",
            _("Amounts are not negative, and at most what is spent is capitalized."),
        )
    if operation is Operation.APPRAISAL:
        return sheet
    if operation in TAKES_ASSETS:
        return sheet.moved(-amount, ZERO)
    if operation is Operation.CAPITALIZED:
        return sheet.moved(capitalized - amount, ZERO)
    if operation is Operation.LOAN_FUNDED:
        return sheet.moved(capitalized, amount)
    if operation in ADDS_TO_BOTH:
        return sheet.moved(amount, amount)
    if operation is Operation.REPAYMENT:
        if amount > sheet.liabilities:
            raise RuleRefused(
                "amounts-do-not-fit", _("More would be repaid than is owed: give at most that.")
            )
        return sheet.moved(-amount, -amount)
    return sheet.moved(amount, ZERO)


def refuse_unlawful(entity: Entity, operation: Operation) -> None:
    """Refuse what the law forbids an administrative unit.

    Raises:
        RuleRefused: it would pledge data assets, or borrow for them.
    """
    if entity is not Entity.ADMINISTRATIVE_UNIT:
        return
    if operation is Operation.PLEDGE_LOAN:
        raise RuleRefused(
            "pledge-by-administrative-unit",
            _(
                "An administrative unit may not pledge data assets (%(source)s). Leave the pledge"
                " out of the plan."
            )
            % {"source": SOURCE},
        )
    if operation is Operation.LOAN_FUNDED:
        raise RuleRefused(
            "hidden-debt-by-administrative-unit",
            _(
                "An administrative unit may not borrow for data assets: it would be hidden debt"
                " (%(source)s). Pay from the budget instead."
            )
            % {"source": SOURCE},
        )


def equity_needed(sheet: BalanceSheet, target: Decimal) -> Decimal:
    """Return `K = L/r* − A`, the equity that brings the ratio to `target` percent; none is 0.

    Raises:
        RuleRefused: the target is not between 0 and 100.
    """
    if not 0 < target <= HUNDRED:
        raise RuleRefused(
            "target-out-of-range", _("A target ratio lies above 0 and at most at 100 percent.")
        )
    return max(ZERO, sheet.liabilities / (target / HUNDRED) - sheet.assets)
