"""What the pages of money offer is what their acts accept, for every state and person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.rules import ACTS_ON_CHARGE, acts_on_charge
from marketplace.trading.treasury.allocation.rules import ACTS_ON_PAYMENT, acts_on_payment
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.bank.rules import acts_on_books
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.bank_match.rules import ACTS_ON_MATCH, acts_on_match
from marketplace.trading.treasury.bank_match.services import confirm_match, decline_match
from marketplace.trading.treasury.closing.services import propose_closing
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.services import import_statement
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.rules import (
    ACTS_ON_DISBURSEMENT,
    acts_on_account,
    acts_on_disbursement,
)
from marketplace.trading.treasury.payout.services import (
    propose_payout,
    propose_return,
    reject_disbursement,
)
from tests.conftest import PageClients
from tests.given import disputes, money
from tests.given import trading as given
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World

PEOPLE = ("finance", "buyer", "stranger", "reviewer", "treasurer", "second_treasurer", "auditor")
WHY = "For a reason."


def tried_on_payment(payment: Payment, by: Actor, *, charge: Charge) -> dict[str, bool]:
    """Try every act that the page of a payment can offer."""
    pk = payment.pk
    more = {
        "allocate_payment": accepts(lambda: allocate_payment(pk, charges=[charge.pk], by=by)),
        "propose_return": accepts(
            lambda: propose_return(pk, reason=WHY, request_key=uuid4().hex, by=by)
        ),
    }
    return accepted_acts(ACTS_ON_PAYMENT, pk, by, more)


def tried_on_account(account: Account, by: Actor) -> dict[str, bool]:
    """Try every act that the page of an account can offer."""

    def propose() -> Disbursement:
        amount, key = Decimal("0.01"), uuid4().hex
        return propose_payout(account.pk, amount=amount, reason=WHY, request_key=key, by=by)

    return {"propose_payout": accepts(propose)}


def tried_on_disbursement(disbursement: Disbursement, by: Actor) -> dict[str, bool]:
    """Try every act that the page of outgoing money can offer."""
    pk = disbursement.pk
    return accepted_acts(ACTS_ON_DISBURSEMENT, pk, by)


def tried_on_match(match: BankMatch, by: Actor) -> dict[str, bool]:
    """Try every act on a bank line and outgoing money."""
    line, sent = match.line_id, match.disbursement_id
    more = {
        "confirm_match": accepts(lambda: confirm_match(line, disbursement=sent, by=by)),
        "decline_match": accepts(lambda: decline_match(line, disbursement=sent, by=by)),
    }
    return accepted_acts(ACTS_ON_MATCH, match.pk, by, more)


def returned(world: World) -> Payment:
    """Send a payment back."""
    payment = money.unallocated(world)
    money.approved(world, money.proposed_return(world, payment))
    return payment


def returning(world: World) -> Payment:
    """Let the return of a payment wait."""
    payment = money.unallocated(world)
    money.proposed_return(world, payment)
    return payment


def kept_in(world: World) -> Payment:
    """Have the return of a payment rejected."""
    payment = money.unallocated(world)
    waiting = money.proposed_return(world, payment)
    reject_disbursement(waiting.pk, reason=WHY, by=world.actor("reviewer"))
    return payment


def disputed_refund(world: World) -> Disbursement:
    """Let a refund wait while its order is disputed."""
    order = given.delivered(world)
    refund = money.proposed_refund(world, order)
    disputes.opened(world, order)
    return refund


def spent(world: World) -> Disbursement:
    """Let two payouts of all that an account holds wait, and one of them be approved."""
    account = money.seller_account(world)
    first, second = (
        money.proposed_payout(world, account, amount=account.balance) for _number in range(2)
    )
    money.approved(world, first)
    return second


def paid_out(world: World) -> Account:
    """Return the account of a seller from which everything was paid out."""
    account = money.seller_account(world)
    money.approved(world, money.proposed_payout(world, account, amount=account.balance))
    return account


def declined(world: World) -> BankMatch:
    """Say that a line is other money."""
    match = money.withdrawn_match(world)
    sent = match.disbursement_id
    return decline_match(match.line_id, disbursement=sent, by=world.actor("treasurer"))


PAYMENTS: dict[str, Callable[[World], Payment]] = {
    "recorded": given.told_paid,
    "unallocated": money.unallocated,
    "allocated": money.allocated,
    "returning": returning,
    "kept-in": kept_in,
    "returned": returned,
}
ACCOUNTS: dict[str, Callable[[World], Account]] = {
    "seller": money.seller_account,
    "held": money.held_account,
    "paid-out": paid_out,
    "unallocated": lambda world: (
        money.unallocated(world),
        Account.objects.get(kind=AccountKind.UNALLOCATED),
    )[1],
}
OUTGOING: dict[str, Callable[[World], Disbursement]] = {
    "refund": money.proposed_refund,
    "refund-in-dispute": disputed_refund,
    "return": money.proposed_return,
    "payout-of-nothing": spent,
    "rejected": money.rejected,
    "approved": lambda world: money.approved(world, money.proposed_return(world)),
}
MATCHES: dict[str, Callable[[World], BankMatch]] = {
    "confirmed": money.confirmed_match,
    "declined": declined,
    "withdrawn": money.withdrawn_match,
}


@pytest.mark.drawn(len(PAYMENTS) // 2)
@pytest.mark.parametrize("state", PAYMENTS)
def test_a_payment_offers_what_is_accepted(state: str, world: World) -> None:
    """To the centre's finance officers and to nobody else."""
    pk = PAYMENTS[state](world).pk
    charge = money.charge_of(given.signed(world))
    for person in PEOPLE:
        by, payment = world.actor(person), Payment.objects.get(pk=pk)
        tried = tried_on_payment(payment, by, charge=charge)
        assert dict(acts_on_payment(payment, by)) == tried, person


@pytest.mark.parametrize("reach", [money.credited, money.partly_paid, money.overpaid])
def test_an_amount_offers_what_is_accepted(reach: Callable[[World], Charge], world: World) -> None:
    """To whoever pays for the buyer, where it has a credit."""
    pk = reach(world).pk
    for person in PEOPLE:
        by, charge = world.actor(person), Charge.objects.get(pk=pk)
        tried = accepted_acts(ACTS_ON_CHARGE, pk, by)
        assert dict(acts_on_charge(charge, by)) == tried, person


@pytest.mark.drawn(len(ACCOUNTS) // 2)
@pytest.mark.parametrize("state", ACCOUNTS)
def test_an_account_offers_what_is_accepted(state: str, world: World) -> None:
    """To the centre's finance officers and to nobody else; nothing of an empty one."""
    pk = ACCOUNTS[state](world).pk
    for person in PEOPLE:
        by, account = world.actor(person), Account.objects.get(pk=pk)
        assert dict(acts_on_account(account, by)) == tried_on_account(account, by), person


@pytest.mark.drawn(len(OUTGOING) // 2)
@pytest.mark.parametrize("state", OUTGOING)
def test_outgoing_money_offers_what_is_accepted(state: str, world: World) -> None:
    """To a second person and to nobody else."""
    pk = OUTGOING[state](world).pk
    for person in PEOPLE:
        by, sent = world.actor(person), Disbursement.objects.get(pk=pk)
        assert dict(acts_on_disbursement(sent, by)) == tried_on_disbursement(sent, by), person


@pytest.mark.drawn(len(MATCHES) // 2)
@pytest.mark.parametrize("state", MATCHES)
def test_a_match_offers_what_is_accepted(state: str, world: World) -> None:
    """To the centre's finance officers and to nobody else."""
    pk = MATCHES[state](world).pk
    for person in PEOPLE:
        by, match = world.actor(person), BankMatch.objects.get(pk=pk)
        assert dict(acts_on_match(match, by)) == tried_on_match(match, by), person


def test_the_books_offer_what_is_accepted(world: World) -> None:
    """To the centre's finance officers and to nobody else."""
    found, day = money.likely_line(world), clock.today() - timedelta(days=1)
    sent: UUID = Disbursement.objects.get(amount=-found.amount).pk
    content = money.statement(money.line("TX-1234", "5.00", "Thank you"))

    def tried(by: Actor) -> set[bool]:
        return {
            accepts(lambda: import_statement(content=content, by=by)),
            accepts(lambda: propose_closing(day=day, by=by)),
            accepts(lambda: confirm_match(found.pk, disbursement=sent, by=by)),
            accepts(lambda: decline_match(found.pk, disbursement=sent, by=by)),
        }

    for person in PEOPLE:
        by = world.actor(person)
        assert {acts_on_books(by)["keep_books"]} == tried(by), person


def test_what_cannot_go_out_says_why(world: World, page_of: PageClients) -> None:
    """It is still rejected."""
    address = reverse("disbursement_detail", args=[disputed_refund(world).pk])
    page = page_of("reviewer").get(address).content.decode()
    assert "a dispute decides it" in page
    assert reverse("disbursement_approve", args=[Disbursement.objects.get().pk]) not in page
    assert reverse("disbursement_reject", args=[Disbursement.objects.get().pk]) in page
