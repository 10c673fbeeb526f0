"""Seven trades: each person's desk names the next step before any other page was opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.delivery.grant.services import issue_grant
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.plans import Subscription
from marketplace.trading.orders.deletion.services import state_deletion
from marketplace.trading.orders.delivery.services import (
    accept_delivery,
    mark_delivered,
    object_to_delivery,
)
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    open_dispute,
    propose_settlement,
)
from marketplace.trading.orders.objection.services import accept_remedy, offer_remedy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.treasury.bank.models import BankStatement
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.services import (
    confirm_payment,
    confirm_statement,
    import_statement,
    record_payment,
)
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.services import approve_disbursement
from tests.conftest import PageClients
from tests.given import money, sandboxes
from tests.given import trading as given
from tests.given.world import World

D = Decimal
Act = Callable[["Trade"], Any]


@dataclass
class Trade:
    """A trade under way: whose desk is looked at, and what is done from there."""

    world: World
    page_of: PageClients
    order: Order

    def desk(self, person: str) -> str:
        """Return the desk of somebody, as they open it."""
        answer = self.page_of(person).get(reverse("desk"))
        assert answer.status_code == 200
        page: str = answer.content.decode()
        return page[page.index("What waits for me") : page.index("<h2>Notices</h2>")]

    def step(self, person: str, what: str, act: Act) -> None:
        """Find a step on somebody's desk, with a way to its page, and take it."""
        desk = self.desk(person)
        assert what in desk, (person, what)
        address = self._address_of(desk, what)
        assert self.page_of(person).get(address).status_code == 200
        act(self)
        self.order.refresh_from_db()

    def tell_bank(self, charge: Charge) -> None:
        """Let the bank's statement have the payment of an amount."""
        content = money.statement(money.line(f"TX-{charge.number}", charge.due, charge.reference))
        import_statement(content=content, by=self.world.actor("treasurer"))

    def rests(self, *people: str) -> None:
        """Find that nothing of the trade waits for anybody."""
        for person in people:
            assert self.order.listing.title not in self.desk(person), person

    @staticmethod
    def _address_of(desk: str, what: str) -> str:
        before = desk[: desk.index(what)]
        return before[before.rindex('href="') + 6 :].split('"')[0]


def pay(trade: Trade) -> None:
    """Let the buyer's payment arrive, recorded by one and confirmed by another."""
    reference = f"BANK-{Payment.objects.count()}"
    record_payment(trade.order.pk, reference=reference, by=trade.world.actor("treasurer"))


def confirm(trade: Trade) -> None:
    """Confirm the payment that was recorded last."""
    payment = Payment.objects.latest("created_at")
    confirm_payment(payment.pk, by=trade.world.actor("second_treasurer"))
    if trade.order.delivered_at is None:
        # What the pipeline does after the payment.
        issue_grant(trade.order.pk, by=given.SYSTEM)


def confirm_statement_of(trade: Trade) -> None:
    """Confirm the bank's statement that was imported last."""
    statement = BankStatement.objects.latest("created_at")
    confirm_statement(statement.pk, by=trade.world.actor("second_treasurer"))


def receive(trade: Trade) -> None:
    """Open the data; each mode tells of it in the same way."""
    mark_delivered(trade.order.pk, by=given.SYSTEM)


def accept(trade: Trade) -> None:
    """Accept what came."""
    accept_delivery(trade.order.pk, by=trade.world.actor("buyer"))


def propose(kind: AccountKind) -> Act:
    """Return the step of proposing to pay out all that somebody has."""

    def act(trade: Trade) -> None:
        account = Account.objects.get(kind=kind, balance_cents__gt=0)
        money.proposed_payout(trade.world, account, amount=account.balance)

    return act


def let_out(trade: Trade) -> None:
    """Let the proposed money out as a second person."""
    sent = Disbursement.objects.latest("created_at")
    approve_disbursement(sent.pk, by=trade.world.actor("reviewer"))


def pays(trade: Trade) -> None:
    """Go from the amount that is due to the delivery."""
    assert "Pay an amount" in trade.desk("buyer")
    trade.step("treasurer", "Record a payment", pay)
    trade.step("second_treasurer", "Confirm a payment", confirm)


def delivers(trade: Trade) -> None:
    """Go from the payment to what was received."""
    trade.step("buyer", "Receive a delivery", receive)


def pays_out(trade: Trade, *kinds: AccountKind) -> None:
    """Go from what organizations have to the money that left, and find nothing waiting."""
    for kind in kinds:
        trade.step("treasurer", "Pay out what an organization has", propose(kind))
        trade.step("reviewer", "Decide on outgoing money", let_out)
    trade.rests("buyer", "officer", "treasurer", "second_treasurer", "reviewer")
    left = Account.objects.filter(kind__in=(AccountKind.SELLER, AccountKind.BUYER))
    assert {account.balance for account in left} <= {D(0)}


@pytest.fixture
def trade(world: World, page_of: PageClients) -> Callable[[Order], Trade]:
    """Begin a trade of an order that is signed."""
    for keeper in money.NUMBERS:
        money.bank_account(world, keeper)
    return lambda order: Trade(world, page_of, order)


Begin = Callable[[Order], Trade]


@pytest.mark.parametrize("mode", ["file", "api", "sharing"])
def test_what_is_delivered_and_accepted(mode: str, world: World, trade: Begin) -> None:
    """A file, rows through the API, a table through Delta Sharing."""
    listing = given.published(world, delivery_mode=mode)
    told = trade(given.signed(world, given.placed(world, listing)))
    pays(told)
    delivers(told)
    told.step("buyer", "Accept a delivery", accept)
    pays_out(told, AccountKind.SELLER)


def test_a_sandbox(world: World, trade: Begin) -> None:
    """The buyer asks, and no rows leave."""
    told = trade(given.signed(world, given.placed(world, sandboxes.published(world))))
    pays(told)
    delivers(told)
    told.step("buyer", "Accept a delivery", accept)
    pays_out(told, AccountKind.SELLER)


def test_a_subscription(world: World, trade: Begin) -> None:
    """The second month is due in its turn, and named then."""
    plan = Subscription(amount=D("1000.00"), period_months=1, periods=12)
    listing = given.published(world, plan=plan, price=D("0.00"))
    told = trade(given.signed(world, given.placed(world, listing)))
    pays(told)
    delivers(told)
    told.step("buyer", "Accept a delivery", accept)
    second = Charge.objects.filter(order=told.order, state="open").order_by("due_on")[0]
    with ExitStack() as later:
        noon = clock.now() + (second.due_on - clock.today()) - timedelta(days=3)
        later.enter_context(clock.stopped_at(noon))
        assert "Pay an amount" in told.desk("buyer")
        told.tell_bank(second)
        told.step("second_treasurer", "Confirm a bank statement", confirm_statement_of)
        pays_out(told, AccountKind.SELLER)
    assert Charge.objects.get(pk=second.pk).state == "settled"


def test_a_dispute(world: World, trade: Begin) -> None:
    """From the objection over the centre's proposal to what each side gets."""
    told = trade(given.signed(world))
    pays(told)
    delivers(told)
    told.step("buyer", "Accept a delivery", object_to)
    told.step("officer", "Answer an objection", dispute)
    told.step("reviewer", "Mediate or decide a dispute", settle)
    told.step("buyer", "Answer a proposed settlement", agree("buyer"))
    told.step("officer", "Answer a proposed settlement", agree("officer"))
    pays_out(told, AccountKind.SELLER, AccountKind.BUYER)


def test_a_refusal(world: World, trade: Begin) -> None:
    """The buyer does not take what came, and all the money goes back."""
    told = trade(given.signed(world))
    pays(told)
    delivers(told)
    told.step("buyer", "Accept a delivery", object_to)
    told.step("officer", "Answer an objection", give_all_back)
    told.step("buyer", "Answer what the seller offers", take_back)
    assert told.order.state == OrderState.REFUNDED
    told.step("buyer", "State that data is deleted", state_deleted)
    pays_out(told, AccountKind.BUYER)


def object_to(trade: Trade) -> None:
    """Object to what came."""
    object_to_delivery(trade.order.pk, reason="It is empty.", by=trade.world.actor("buyer"))


def dispute(trade: Trade) -> None:
    """Ask the centre to decide."""
    open_dispute(trade.order.pk, text="It is complete.", by=trade.world.actor("officer"))


def settle(trade: Trade) -> None:
    """Propose how to divide the money."""
    found = Dispute.objects.get(order=trade.order)
    by = trade.world.actor("reviewer")
    propose_settlement(found.pk, refund=D("4000.00"), reason="A third is missing.", by=by)


def agree(person: str) -> Act:
    """Return the step of agreeing to the proposal."""

    def act(trade: Trade) -> None:
        found = Dispute.objects.get(order=trade.order)
        answer_settlement(found.pk, is_agreed=True, by=trade.world.actor(person))

    return act


def give_all_back(trade: Trade) -> None:
    """Offer all the money back."""
    by = trade.world.actor("officer")
    offer_remedy(trade.order.pk, text="You are right.", refund=D("12000.00"), by=by)


def take_back(trade: Trade) -> None:
    """Accept it."""
    accept_remedy(Remedy.objects.get(order=trade.order).pk, by=trade.world.actor("buyer"))


def state_deleted(trade: Trade) -> None:
    """State that no copy is left."""
    state_deletion(trade.order.pk, statement="All deleted.", by=trade.world.actor("buyer"))
