"""A side ends a concluded contract: who may when, the money, and the access."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import look_at_download
from marketplace.ledger.binding import bound
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.plans import Subscription
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.selectors import charges_of, held_of
from marketplace.trading.orders.settlement.services import bill_usage
from marketplace.trading.orders.termination.services import (
    end_terminated_contracts,
    terminate_contract,
)
from tests.given import money
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World
from tests.trading.listings.test_plans import METERED

WHY = "We do not need it any more."


def end(world: World, order: Order, person: str) -> Order:
    """Let a person terminate."""
    return terminate_contract(order.pk, reason=WHY, by=world.actor(person))


def balance(kind: AccountKind) -> Decimal:
    """Return what stands on the accounts of a kind."""
    return sum((each.balance for each in Account.objects.filter(kind=kind)), Decimal(0))


@pytest.mark.parametrize("person", ["officer", "buyer"])
def test_before_delivery_the_money_goes_back(world: World, person: str) -> None:
    """Either side; all that is held, no fee, and the access ends at once."""
    order = given.paid(world)
    catch_up()
    grant = Grant.objects.get()
    ended = end(world, order, person)
    assert (ended.state, ended.reason, ended.ends_on) == ("terminated", WHY, clock.today())
    assert held_of(order) == 0
    assert balance(AccountKind.BUYER) == Decimal("12000.00")
    assert balance(AccountKind.SELLER) == balance(AccountKind.FEE) == 0
    # Before any reaction has run.
    with pytest.raises(WrongState) as refused:
        look_at_download(grant.pk, by=world.actor("buyer"))
    assert refused.value.code == "contract-ended"
    catch_up()
    assert Grant.objects.get().state == "revoked"
    assert Notice.objects.filter(kind="contract_terminated").exists()
    payload = Entry.objects.get(kind="trading.contract_terminated").payload
    assert payload == {
        "side": ended_side(person),
        "refunded": "12000.00",
        "currency": "CNY",
        "bound": bound(Order.objects.get(pk=order.pk)),
    }


def ended_side(person: str) -> str:
    """Return the side of a person."""
    return "buyer" if person == "buyer" else "seller"


def test_before_the_payment_nothing_is_owed_any_more(world: World) -> None:
    """The charge is void."""
    order = given.signed(world)
    end(world, order, "buyer")
    assert {charge.state for charge in charges_of(order)} == {"void"}


def test_after_delivery_the_buyer_accepts_or_objects(world: World) -> None:
    """Only the seller ends it then, and pays back."""
    order = given.delivered(world)
    with pytest.raises(WrongState) as refused:
        end(world, order, "buyer")
    assert refused.value.code == "not-yours-to-end"
    assert end(world, order, "officer").state == "terminated"
    assert balance(AccountKind.BUYER) == Decimal("12000.00")


def test_what_was_paid_as_a_whole_only_the_buyer_gives_up(world: World) -> None:
    """The seller keeps the money and has to let the buyer use the data."""
    order = given.completed(world)
    released = balance(AccountKind.SELLER)
    with pytest.raises(WrongState) as refused:
        end(world, order, "officer")
    assert refused.value.code == "not-yours-to-end"
    assert end(world, order, "buyer").state == "terminated"
    assert balance(AccountKind.SELLER) == released
    assert balance(AccountKind.BUYER) == 0


@pytest.mark.parametrize("person", ["officer", "buyer"])
def test_a_subscription_ends_with_its_period(world: World, person: str) -> None:
    """Access until the next payment would be due; then it ends, and what was to come is void."""
    plan = Subscription(amount=Decimal("1000.00"), period_months=1, periods=12)
    order = given.paid(world, given.placed(world, given.published(world, plan=plan)))
    mark_delivered(order.pk, by=given.SYSTEM)
    order = accept_delivery(order.pk, by=world.actor("buyer"))
    noticed = end(world, order, person)
    assert noticed.state == "completed"
    assert noticed.ends_on is not None
    assert 27 < (noticed.ends_on - clock.today()).days < 32
    entries = Entry.objects.filter(kind="trading.termination_given").count()
    assert end(world, order, person).ends_on == noticed.ends_on
    assert Entry.objects.filter(kind="trading.termination_given").count() == entries == 1
    assert end_terminated_contracts(by=given.SYSTEM) == []
    with clock.stopped_at(clock.now() + timedelta(days=32)):
        assert end_terminated_contracts(by=given.SYSTEM) == [order.pk]
        assert end_terminated_contracts(by=given.SYSTEM) == []
    assert Order.objects.get().state == "terminated"
    assert {charge.state for charge in charges_of(order)} == {"settled", "void"}
    with pytest.raises(NotAllowed):
        end_terminated_contracts(by=world.actor("administrator"))


def test_the_last_bill_for_use_is_paid_after_the_end(world: World) -> None:
    """By the bank's statement, too; it goes to the seller, and nothing stays held."""
    listing = given.published(world, price=Decimal("0.00"), plan=METERED)
    order = given.paid(world, given.placed(world, listing))
    mark_delivered(order.pk, by=given.SYSTEM)
    accept_delivery(order.pk, by=world.actor("buyer"))
    released = balance(AccountKind.SELLER)
    assert end(world, order, "buyer").state == "terminated"
    month = clock.today().strftime("%Y-%m")
    charge = bill_usage(order.pk, period=month, units=100_000, by=given.SYSTEM)
    assert charge is not None
    line = money.line("TX-LAST", charge.amount, charge.reference)
    money.book(world, money.statement(line))
    charge.refresh_from_db()
    assert charge.state == "settled"
    assert held_of(order) == balance(AccountKind.UNALLOCATED) == 0
    assert balance(AccountKind.SELLER) - released == charge.amount * Decimal("0.98")


def test_a_reason_is_needed_and_strangers_end_nothing(world: World) -> None:
    """And neither does the centre, nor anybody before a contract is concluded."""
    order = given.paid(world)
    with pytest.raises(Invalid):
        terminate_contract(order.pk, reason=" ", by=world.actor("buyer"))
    for person in ("auditor", "reviewer", "treasurer"):
        with pytest.raises(NotAllowed):
            end(world, order, person)
    assert Order.objects.get().state == "paid"
    placed = given.placed(world, order.listing)
    with pytest.raises(WrongState):
        end(world, placed, "buyer")
