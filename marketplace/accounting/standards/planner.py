"""Possible moves side by side over years: what each does to the debt ratio, and for how long.

Each year assets lose what is amortized, interest and repayment are paid in cash, and deferred
income is released. Income tax is left out: it would soften each loss by its rate, and change no
direction.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.accounting.standards.figures import HUNDRED, ZERO, places
from marketplace.accounting.standards.ratio import (
    LASTING,
    BalanceSheet,
    Entity,
    Operation,
    after,
    equity_needed,
    refuse_unlawful,
)
from marketplace.accounting.standards.refusals import RuleRefused


@dataclass(frozen=True)
class Plan:
    """A balance sheet, who it belongs to, and the moves that are thought of, in one unit of money.

    `spend` with its `capitalized` part is looked at three ways: expensed, capitalized, and
    borrowed. `profit` is earned in cash each year. A `grant` pays for an asset of `life_years`. A
    rate is percent a year. An amount of 0 leaves its move out.
    """

    sheet: BalanceSheet
    entity: Entity
    spend: Decimal = ZERO
    capitalized: Decimal = ZERO
    equity: Decimal = ZERO
    profit: Decimal = ZERO
    grant: Decimal = ZERO
    pledge: Decimal = ZERO
    appraisal: Decimal = ZERO
    life_years: int = 3
    loan_rate: Decimal = ZERO
    loan_years: int = 3
    years: int = 5
    target: Decimal | None = None


@dataclass(frozen=True)
class Path:
    """A move over the years: ratios in percent, the first right after it; or why it is refused.

    `changes` are by how many points each exact ratio differs from the exact one before the move.
    """

    operation: Operation
    ratios: tuple[Decimal, ...]
    changes: tuple[Decimal, ...] = ()
    refused: str = ""
    code: str = ""

    @property
    def is_lasting(self) -> bool:
        """Return whether the move lowers the ratio for good."""
        return self.operation in LASTING and not self.refused


@dataclass(frozen=True)
class Planned:
    """The ratio as it is, each move's path, and the equity that the target needs."""

    before: Decimal
    paths: tuple[Path, ...]
    needed: Decimal | None


def planned(plan: Plan) -> Planned:
    """Compare the moves of a plan.

    Raises:
        RuleRefused: the target is out of range, there are no assets, or more is capitalized than
            spent.
    """
    if plan.capitalized > plan.spend:
        raise RuleRefused("amounts-do-not-fit", _("At most what is spent can be capitalized."))
    before = places(plan.sheet.ratio)
    needed = None if plan.target is None else places(equity_needed(plan.sheet, plan.target))
    amounts = {
        Operation.EXPENSED: plan.spend,
        Operation.CAPITALIZED: plan.spend,
        Operation.LOAN_FUNDED: plan.spend,
        Operation.GRANT: plan.grant,
        Operation.EQUITY: plan.equity,
        Operation.PROFIT: plan.profit,
        Operation.PLEDGE_LOAN: plan.pledge,
        Operation.APPRAISAL: plan.appraisal,
    }
    paths = [_path(plan, operation, amount) for operation, amount in amounts.items() if amount]
    return Planned(before, tuple(paths), needed)


def _path(plan: Plan, operation: Operation, amount: Decimal) -> Path:
    try:
        refuse_unlawful(plan.entity, operation)
        is_split = operation in (Operation.CAPITALIZED, Operation.LOAN_FUNDED)
        part = plan.capitalized if is_split else ZERO
        sheet = after(plan.sheet, operation, amount, part)
        ratios = [sheet.ratio]
        for year in range(1, plan.years + 1):
            sheet = sheet.moved(*_year(plan, operation, amount, year))
            ratios.append(sheet.ratio)
    except RuleRefused as refusal:
        return Path(operation, (), refused=refusal.sentence, code=refusal.code)
    before = plan.sheet.ratio
    return Path(
        operation,
        tuple(places(one) for one in ratios),
        tuple(places(one - before) for one in ratios),
    )


def _year(plan: Plan, operation: Operation, amount: Decimal, year: int) -> tuple[Decimal, Decimal]:
    """Return what a year adds to assets and to liabilities."""
    is_in_life = year <= plan.life_years
    amortized = plan.capitalized / plan.life_years if is_in_life else ZERO
    if operation is Operation.PROFIT:
        return amount, ZERO
    if operation is Operation.GRANT:
        released = amount / plan.life_years if is_in_life else ZERO
        return -released, -released
    if operation is Operation.CAPITALIZED:
        return -amortized, ZERO
    if operation in (Operation.LOAN_FUNDED, Operation.PLEDGE_LOAN):
        repaid, interest = _loan(plan, amount, year)
        lost = amortized if operation is Operation.LOAN_FUNDED else ZERO
        return -(lost + repaid + interest), -repaid
    return ZERO, ZERO


def _loan(plan: Plan, amount: Decimal, year: int) -> tuple[Decimal, Decimal]:
    """Return repayment in equal parts, and interest on what was owed at the year's beginning."""
    if year > plan.loan_years:
        return ZERO, ZERO
    repaid = amount / plan.loan_years
    return repaid, (amount - repaid * (year - 1)) * plan.loan_rate / HUNDRED
