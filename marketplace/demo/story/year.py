"""A year of trades, month by month with the clock at its days: money in, out, and books closed."""

from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, clock
from marketplace.delivery.use.services import bill_uses, sum_uses
from marketplace.demo.story import dealing
from marketplace.demo.story.cast import (
    BANK_BUYER,
    BUYER,
    LOGISTICS_BUYER,
    PLATFORM_OFFICER,
    PORT_OFFICER,
    RESEARCHER,
    SECOND_TREASURER,
    TREASURER,
)
from marketplace.demo.story.dealing import Line
from marketplace.demo.story.findings import organization_of
from marketplace.demo.story.past import at
from marketplace.demo.story.shelf import (
    AIR,
    ARRIVALS,
    BUSES,
    COLD_CHAIN,
    CONTAINERS,
    PARKING,
    POWER,
    SHOPPING,
    SIGHTS,
)
from marketplace.demo.story.shelving import shelving, suspending, withdrawing
from marketplace.demo.story.stage import CLOCKWORK, Glimpse, Stage, the
from marketplace.demo.story.telling import Chapter, Done, Step
from marketplace.demo.story.trades import MONTHS, Trade
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.settlement.drawing import payable_of
from marketplace.trading.orders.settlement.selectors import accounts_visible_to, charges_visible_to
from marketplace.trading.orders.settlement.states import ChargeState
from marketplace.trading.treasury.bank.selectors import bank_lines_visible_to
from marketplace.trading.treasury.bank_account.selectors import (
    account_in_force,
    bank_accounts_visible_to,
)
from marketplace.trading.treasury.bank_account.services import (
    prove_bank_account,
    state_bank_account,
    vouch_bank_account,
)
from marketplace.trading.treasury.bank_account.states import BankAccountState
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_item.selectors import is_said, waiting_bank_items
from marketplace.trading.treasury.batch.selectors import payouts_to_hand
from marketplace.trading.treasury.batch.services import make_batch
from marketplace.trading.treasury.closing.events import DayClosed
from marketplace.trading.treasury.closing.models import DayClosing
from marketplace.trading.treasury.closing.selectors import closings_visible_to
from marketplace.trading.treasury.closing.services import confirm_closing, propose_closing
from marketplace.trading.treasury.payment.selectors import unallocated_payments
from marketplace.trading.treasury.payment.services import book_confirmed_statements
from marketplace.trading.treasury.payout.selectors import (
    accounts_to_pay_out,
    disbursements_visible_to,
    is_being_returned,
)
from marketplace.trading.treasury.payout.services import propose_payout, propose_return
from marketplace.trading.treasury.reconciliation.services import (
    confirm_bank_item,
    propose_bank_item,
)

BEGAN: Final = 349
"""So many days before today the first month begins."""
LENGTH: Final = 26
"""Days of a month: twelve of them end before the ferries' month begins."""
SIGN_ON, PAY_ON, TAKE_ON, SEND_ON, GONE_ON, CLOSE_ON = 1, 2, 6, 20, 21, 22
LEAST: Final = Decimal(100)
"""What stands to a buyer's credit below this waits for the next order."""
PAID_WITHIN: Final = 20
FOLLOWED: Final = (
    (1, Trade(SHOPPING, BANK_BUYER, "信贷分析 Analysis of credit"), "followed-1"),
    (3, Trade(ARRIVALS, LOGISTICS_BUYER, "车船衔接 Lorries that meet their ship"), "followed-2"),
)
"""What is bought once and paid month by month, with the month in which it begins."""
KEEPERS: Final = (
    (PORT_OFFICER, "3500 1000 0000 0015"),
    (PLATFORM_OFFICER, "3500 1000 0000 0023"),
    (BUYER, "3500 1000 0000 0031"),
    (LOGISTICS_BUYER, "3500 1000 0000 0049"),
    (RESEARCHER, "3500 1000 0000 0056"),
)
"""Whose money goes to which account of a bank; the numbers are invented."""
BANK_CODE: Final = "102100099996"
BANK_FEE: Final[Line] = (
    dealing.at_bank("year-1-bank-fee"),
    Decimal("-12.00"),
    "账户管理费 Monthly fee",
)
"""What the bank takes for the account, in the first month."""
NEW: Final = {
    0: (shelving(CONTAINERS), shelving(BUSES)),
    1: (shelving(SHOPPING),),
    3: (shelving(ARRIVALS), shelving(AIR)),
    4: (shelving(COLD_CHAIN),),
    5: (shelving(POWER),),
    6: (shelving(PARKING),),
    7: (shelving(SIGHTS),),
    8: (
        suspending(
            PARKING, "两座停车场的计数器在检修。 Counters of two car parks are being mended."
        ),
        withdrawing(
            SIGHTS, "新的游船运营商不再计数。 The new operator of the boats counts no more."
        ),
    ),
}
"""What comes to market, or leaves it, at the beginning of a month."""


def the_year() -> tuple[Chapter, ...]:
    """Return a chapter for each month."""
    return tuple(
        Chapter(
            format_lazy(gettext_lazy("A year of trades: month {number}"), number=month + 1),
            (*NEW.get(month, ()), _month(month)),
            days_ago=BEGAN - LENGTH * month,
        )
        for month in range(len(MONTHS))
    )


def _month(month: int) -> Step:
    title = format_lazy(
        gettext_lazy("{count} trades, and the books are closed"), count=len(MONTHS[month])
    )
    return Step(title, partial(look_closed, month), partial(trade, month))


def look_closed(month: int, stage: Stage) -> Done | None:
    closed = _closing(month)
    if closed is None:
        return None
    what = _("closed up to %(day)s, %(count)d transfers") % {
        "day": closed.day.isoformat(),
        "count": closed.transfers,
    }
    return Done(what, f"closing:{closed.proposal_id}", DayClosed)


def trade(month: int, stage: Stage) -> None:
    """Let a month of trades pass, whatever of it was played already."""
    deals = [(one, f"year-{month + 1}-{number}") for number, one in enumerate(MONTHS[month], 1)]
    begun = [(one, key) for begins, one, key in FOLLOWED if begins <= month]
    new = [(one, key) for begins, one, key in FOLLOWED if begins == month]
    book_confirmed_statements(by=CLOCKWORK)
    with _on(month, SIGN_ON):
        if month == 0:
            _state_accounts(stage)
        for one, key in [*deals, *new]:
            dealing.sign(one, key, stage)
    with _on(month, PAY_ON):
        if month == 0:
            _prove_accounts(stage)
        lines = [line for one, key in deals for line in dealing.lines_of(one, key, stage)]
        dealing.book([*lines, *_bills(month, begun)], stage)
        for one, key in deals:
            dealing.after_payment(one, key, stage)
    with _on(month, TAKE_ON):
        stage.hands.work_until(
            lambda: Glimpse(
                0.0,
                _("Waiting for the pipeline"),
                is_over=not any(dealing.waits(one, key) for one, key in [*deals, *new]),
            )
        )
        for one, key in [*deals, *new]:
            dealing.take(one, key, stage)
        for one, key in begun:
            dealing.ask_rows(the(dealing.grant_by_key(key)), stage, one)
    _end(month, stage)


def _end(month: int, stage: Stage) -> None:
    """Send out what sellers and buyers have, and close the books."""
    currency, by = settings.CENTRE["CURRENCY"], stage.actor(TREASURER)
    with _on(month, SEND_ON):
        sum_uses(by=CLOCKWORK)
        bill_uses(by=CLOCKWORK)
        _propose_returns(month, by)
        _propose_payouts(month, by)
        sent = disbursements_visible_to(by).filter(request_key__startswith=f"year-{month + 1}-out-")
        for one in sent:
            dealing.let_out(one, stage)
        if payouts_to_hand(by).filter(currency=currency).exists():
            make_batch(currency=currency, request_key=f"year-{month + 1}", by=by)
    with _on(month, GONE_ON):
        lines = [(dealing.at_bank(one.reference), -one.amount, one.reference) for one in sent]
        dealing.book([*lines, *([BANK_FEE] if month == 0 else [])], stage)
        if month == 0:
            _name_bank_fee(stage)
    with _on(month, CLOSE_ON):
        proposal = propose_closing(day=clock.today() - timedelta(days=1), by=by)
        confirm_closing(proposal.pk, by=stage.actor(SECOND_TREASURER))


def _name_bank_fee(stage: Stage) -> None:
    """Say that the bank took its fee, and book it as a second officer."""
    by = stage.actor(TREASURER)
    line = the(bank_lines_visible_to(by).filter(reference=BANK_FEE[0]).first())
    if not is_said(line):
        propose_bank_item(line.pk, kind=ItemKind.FEE, by=by)
    for item in waiting_bank_items(by):
        confirm_bank_item(item.pk, by=stage.actor(SECOND_TREASURER))


def _bills(month: int, begun: list[tuple[Trade, str]]) -> list[Line]:
    """Return the lines that pay what is due of what goes on."""
    lines = []
    for _one, key in begun:
        order = the(dealing.order_by_key(key))
        soon = clock.today() + timedelta(days=PAID_WITHIN)
        rows = charges_visible_to(CLOCKWORK).filter(order=order, state=ChargeState.OPEN)
        for charge in rows.filter(due_on__lte=soon).order_by("number"):
            told = dealing.at_bank(f"{key}-{charge.number}")
            lines.append((told, charge.still_open, charge.reference))
    return lines


def _propose_returns(month: int, by: Actor) -> None:
    """Propose to send back what fits nothing: the transfers that proved accounts."""
    for payment in unallocated_payments(by):
        if not is_being_returned(payment):
            propose_return(
                payment.pk,
                reason="账户核验款，原路退回。 It proved an account, and goes back.",
                request_key=f"year-{month + 1}-out-{payment.pk.hex}",
                by=by,
            )


def _propose_payouts(month: int, by: Actor) -> None:
    """Propose to pay out what stands to organizations, and in the end to the centre."""
    due = [account for account in accounts_to_pay_out(by) if _is_sent(account)]
    if month == len(MONTHS) - 1:
        due += accounts_visible_to(by).filter(kind=AccountKind.FEE, balance_cents__gt=0)
    for account in due:
        propose_payout(
            account.pk,
            amount=payable_of(account),
            reason="月度结算 Settlement of the month",
            request_key=f"year-{month + 1}-out-{account.pk.hex}",
            by=by,
        )


def _is_sent(account: Account) -> bool:
    """Return whether money of an account goes out now: to where it may go, if it is enough."""
    house = account.organization_id
    if house is None or account_in_force(house, account.currency) is None:
        return False
    return account.kind == AccountKind.SELLER or account.balance >= LEAST


def _state_accounts(stage: Stage) -> None:
    """Let organizations say where their money shall go, and send the transfers that prove it."""
    lines = []
    for part, number in KEEPERS:
        account = state_bank_account(
            the(organization_of(part.house)).pk,
            number=number,
            bank_code=BANK_CODE,
            by=stage.actor(part),
        )
        lines.append((dealing.at_bank(part.key), Decimal("1.00"), account.reference))
    dealing.book(lines, stage)


def _prove_accounts(stage: Stage) -> None:
    """Let two finance officers see where the transfers came from."""
    for account in bank_accounts_visible_to(CLOCKWORK):
        if account.state == BankAccountState.STATED:
            vouch_bank_account(account.pk, by=stage.actor(TREASURER))
        account.refresh_from_db()
        if account.state == BankAccountState.VOUCHED:
            prove_bank_account(account.pk, by=stage.actor(SECOND_TREASURER))


def _closing(month: int) -> DayClosing | None:
    rows = closings_visible_to(CLOCKWORK).order_by("day")
    return rows[month : month + 1].first()


def _on(month: int, day: int) -> AbstractContextManager[None]:
    """Hold the clock at a day of a month."""
    return at(BEGAN - LENGTH * month - day)
