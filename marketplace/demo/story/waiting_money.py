"""Money and people that wait for a second officer of the centre when the story ends."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from marketplace.accounts.proposal.events import ChangeProposed
from marketplace.accounts.proposal.selectors import proposals_visible_to
from marketplace.accounts.proposal.services import propose_invitation
from marketplace.accounts.roles import Role
from marketplace.core import clock
from marketplace.demo.story import dealing
from marketplace.demo.story.cast import (
    BANK_BUYER,
    CENTRE,
    DOMAIN,
    HEALTH_BUYER,
    SECOND_ADMINISTRATOR,
    TREASURER,
)
from marketplace.demo.story.findings import organization_of
from marketplace.demo.story.shelf import BUSES, CONTAINERS
from marketplace.demo.story.stage import CLOCKWORK, Stage, the
from marketplace.demo.story.telling import Done, recorded
from marketplace.demo.story.trades import Trade
from marketplace.ledger.facts import Fact
from marketplace.trading.books.models import AccountKind
from marketplace.trading.orders.contract.events import ContractSigned
from marketplace.trading.orders.contract.selectors import contract_of
from marketplace.trading.orders.settlement.events import ChargePartlyPaid
from marketplace.trading.orders.settlement.selectors import accounts_visible_to
from marketplace.trading.treasury.bank.events import StatementImported
from marketplace.trading.treasury.bank.selectors import statements_visible_to
from marketplace.trading.treasury.closing.events import ClosingProposed
from marketplace.trading.treasury.closing.selectors import waiting_closings
from marketplace.trading.treasury.closing.services import propose_closing
from marketplace.trading.treasury.payment.events import PaymentReceived
from marketplace.trading.treasury.payment.selectors import told_before
from marketplace.trading.treasury.payment.services import import_statement
from marketplace.trading.treasury.payout.events import DisbursementProposed
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to
from marketplace.trading.treasury.payout.services import propose_payout

PART: Final = Decimal("300.00")
STRAY: Final = Decimal("500.00")
NEXT_REVIEWER: Final = f"third-reviewer@{DOMAIN}"
OPEN: Final = Trade(CONTAINERS, HEALTH_BUYER, "港区健康监测 Watch over health at the port")
PARTLY: Final = Trade(BUSES, BANK_BUYER, "网点调整 Moving of branches")


def about(key: str, fact: type[Fact]) -> Done | None:
    order = dealing.order_by_key(key)
    if order is None:
        return None
    return recorded(f"order:{order.pk}", fact, order.get_state_display())


def signed(key: str) -> Done | None:
    """Look for a signature under the contract of an order."""
    order = dealing.order_by_key(key)
    contract = contract_of(order) if order is not None else None
    if order is None or contract is None:
        return None
    return recorded(f"contract:{contract.pk}", ContractSigned, order.get_state_display())


def look_open(stage: Stage) -> Done | None:
    """Look for the contract of which nothing is paid."""
    return signed("desk-6")


def owe(stage: Stage) -> None:
    """Let both sides sign."""
    dealing.sign(OPEN, "desk-6", stage)


def look_partly(stage: Stage) -> Done | None:
    return about("desk-7", ChargePartlyPaid)


def pay_partly(stage: Stage) -> None:
    """Let the bank tell of a part of what is owed."""
    order = dealing.sign(PARTLY, "desk-7", stage)
    dealing.book(
        [(dealing.at_bank("desk-7-1"), PART, dealing.first_charge(order).reference)], stage
    )


def look_stray(stage: Stage) -> Done | None:
    """Look for the payment that fits nothing."""
    payment = told_before(dealing.at_bank("desk-8-1"))
    if payment is None:
        return None
    return recorded(f"payment:{payment.pk}", PaymentReceived, payment.get_state_display())


def stray(stage: Stage) -> None:
    """Let the bank tell of a payment without a reference."""
    dealing.book([(dealing.at_bank("desk-8-1"), STRAY, "数据款 For data")], stage)


def look_told(stage: Stage) -> Done | None:
    """Look for the statement."""
    found = (
        statements_visible_to(CLOCKWORK)
        .filter(lines__reference=dealing.at_bank("desk-9-1"))
        .first()
    )
    if found is None:
        return None
    what = found.get_state_display()
    return recorded(f"statement:{found.pk}", StatementImported, what)


def tell(stage: Stage) -> None:
    """Import a statement that pays the open amount, and leave it to the second officer."""
    charge = dealing.first_charge(the(dealing.order_by_key("desk-6")))
    line = (dealing.at_bank("desk-9-1"), charge.amount, charge.reference)
    import_statement(content=dealing.content_of([line]), by=stage.actor(TREASURER))


def look_sent(stage: Stage) -> Done | None:
    sent = disbursements_visible_to(CLOCKWORK).filter(request_key="desk-10").first()
    if sent is None:
        return None
    what = f"{sent.amount:,} {sent.account.currency}"
    return recorded(f"disbursement:{sent.pk}", DisbursementProposed, what)


def send(stage: Stage) -> None:
    """Propose to pay a seller what the ferries have earned since the year was closed."""
    by = stage.actor(TREASURER)
    house = the(organization_of(BUSES.officer.house))
    account = the(
        accounts_visible_to(by).filter(kind=AccountKind.SELLER, organization=house).first()
    )
    propose_payout(
        account.pk,
        amount=account.balance,
        reason="月度结算 Settlement of the month",
        request_key="desk-10",
        by=by,
    )


def look_added_up(stage: Stage) -> Done | None:
    found = waiting_closings(CLOCKWORK).first()
    if found is None:
        return None
    return recorded(f"closing:{found.pk}", ClosingProposed, found.day.isoformat())


def add_up(stage: Stage) -> None:
    """Propose to close yesterday, and leave it to the second officer."""
    propose_closing(day=clock.today() - timedelta(days=1), by=stage.actor(TREASURER))


def look_proposed(stage: Stage) -> Done | None:
    found = proposals_visible_to(CLOCKWORK).filter(email=NEXT_REVIEWER).first()
    if found is None:
        return None
    return recorded(f"change_proposal:{found.pk}", ChangeProposed, found.get_state_display())


def propose(stage: Stage) -> None:
    """Propose a colleague as one administrator; the other one decides."""
    propose_invitation(
        the(organization_of(CENTRE)).pk,
        email=NEXT_REVIEWER,
        roles=frozenset({Role.REVIEWER.value}),
        reason="审核任务增加。 There is more to review.",
        by=stage.actor(SECOND_ADMINISTRATOR),
    )
