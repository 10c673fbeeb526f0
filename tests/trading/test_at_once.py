"""Of six at once, one wins."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

import pytest

from marketplace.core import clock
from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.review.models import Case, CaseKind
from marketplace.review.services import decide
from marketplace.review.states import CaseState
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.books.models import Account, Transfer
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import (
    publish_listing,
    suspend_broken_listings,
)
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.delivery.services import accept_delivery
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.treasury.payment.incoming import Incoming
from marketplace.trading.treasury.payment.models import Payment, PaymentChannel
from marketplace.trading.treasury.payment.receiving import Outcome, take
from marketplace.trading.treasury.payment.services import (
    confirm_payment,
    confirm_statement,
    import_statement,
    record_payment,
)
from tests.given import trading as given
from tests.given.money import line, statement
from tests.given.threads import at_once
from tests.given.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]
Result = TypeVar("Result")


def one_wins(call: Callable[[int], Result]) -> Result:
    """Call six times at once; answer the one result, the others being refused for their state."""
    answers = at_once(6, call)
    winners = [answer for answer in answers if not isinstance(answer, Refusal)]
    losers = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(winners) == 1, answers
    assert {type(loser) for loser in losers} == {WrongState}
    return winners[0]


def test_order_of_an_exclusive_listing() -> None:
    """One buyer gets it."""
    world = World()
    listing = given.published(world, exclusive=True)
    buyers = [world.actor(("buyer", "stranger")[number % 2]) for number in range(6)]
    order = one_wins(
        lambda number: place_order(
            listing.pk, purpose="Pricing.", request_key=f"k{number}", by=buyers[number]
        )
    )
    assert list(Order.objects.all()) == [order]


def test_the_same_order_six_times() -> None:
    """One key is one order, and all six are answered it."""
    world = World()
    listing = given.published(world)
    buyer = world.actor("buyer")
    orders = at_once(
        6, lambda number: place_order(listing.pk, purpose="Pricing.", request_key="k", by=buyer)
    )
    assert {order.pk for order in orders if isinstance(order, Order)} == {Order.objects.get().pk}
    assert Entry.objects.filter(kind="trading.order_placed").count() == 1


def test_one_key_for_two_listings() -> None:
    """The unique index decides where no lock could, and nothing breaks."""
    world = World()
    listings = [given.published(world), given.published(world, title="The same, exclusive")]
    buyer = world.actor("buyer")
    answers = at_once(
        6,
        lambda number: place_order(
            listings[number % 2].pk, purpose="Pricing.", request_key="k", by=buyer
        ),
    )
    order = Order.objects.get()
    for number, answer in enumerate(answers):
        if listings[number % 2].pk == order.listing_id:
            assert answer == order
        else:
            assert isinstance(answer, Refusal)
            assert answer.code == "request-key-reused"


def test_accept_order() -> None:
    """One contract."""
    world = World()
    order = given.placed(world)
    sellers = [world.actor(("officer", "colleague")[number % 2]) for number in range(6)]
    one_wins(lambda number: accept_order(order.pk, by=sellers[number]))
    assert Contract.objects.count() == 1
    assert Entry.objects.filter(kind="trading.order_accepted").count() == 1


def test_publish_listing() -> None:
    """One publication and one decision."""
    world = World()
    listing = given.submitted(world)
    reviewers = [world.actor(("reviewer", "second_reviewer")[number % 2]) for number in range(6)]
    one_wins(
        lambda number: publish_listing(
            listing.pk, checklist=given.LISTING_CHECKLIST, by=reviewers[number]
        )
    )
    assert Listing.objects.get().state == "published"
    assert Case.objects.filter(kind="listing", state="approved").count() == 1
    assert Entry.objects.filter(kind="trading.listing_published").count() == 1


def test_decide_a_case() -> None:
    """One decision, whoever was faster."""
    world = World()
    listing = given.submitted(world)
    reviewers = [world.actor(("reviewer", "second_reviewer")[number % 2]) for number in range(6)]
    case = one_wins(
        lambda number: decide(
            kind=CaseKind.LISTING,
            subject=f"listing:{listing.pk}",
            decision=CaseState.APPROVED,
            checklist=given.LISTING_CHECKLIST,
            by=reviewers[number],
        )
    )
    assert case.state == "approved"
    assert (
        Entry.objects.filter(kind="review.case_decided", payload__case_kind="listing").count() == 1
    )


def test_record_payment() -> None:
    """One payment, whichever reference came first."""
    world = World()
    order = given.signed(world)
    treasurer = world.actor("treasurer")
    one_wins(lambda number: record_payment(order.pk, reference=f"BANK-{number}000", by=treasurer))
    assert Payment.objects.get().state == "recorded"
    assert not Transfer.objects.exists()


def test_confirm_payment() -> None:
    """Two finance officers and the bank's statement at once: it is booked once."""
    world = World()
    payment = given.told_paid(world)
    assert payment.charge is not None
    content = statement(line(payment.reference, payment.amount, payment.claimed_reference))
    second, treasurer = world.actor("second_treasurer"), world.actor("treasurer")
    imported = import_statement(content=content, by=treasurer)

    def act(number: int) -> object:
        if number % 3 == 2:
            return confirm_statement(imported.pk, by=second)
        return confirm_payment(payment.pk, by=second)

    at_once(6, act)
    assert Payment.objects.get().state == "allocated"
    assert sorted(Transfer.objects.values_list("kind", flat=True)) == [
        "allocation",
        "deposit",
        "hold",
    ]


def test_accept_delivery() -> None:
    """The money is released once."""
    world = World()
    order = given.delivered(world)
    buyers = [world.actor(("buyer", "second_buyer")[number % 2]) for number in range(6)]
    one_wins(lambda number: accept_delivery(order.pk, by=buyers[number]))
    assert Account.objects.get(kind="held").balance == 0
    assert Transfer.objects.filter(kind="release").count() == 1


def test_different_orders_do_not_stand_in_each_others_way() -> None:
    """Six orders of one listing are paid and accepted at once, and the books are right."""
    world = World()
    listing = given.published(world)
    orders = [given.signed(world, given.placed(world, listing)) for _number in range(6)]
    treasurer = world.actor("treasurer")
    second = world.actor("second_treasurer")
    told = [
        record_payment(order.pk, reference=f"BANK-{number}000", by=treasurer)
        for number, order in enumerate(orders)
    ]
    paid = at_once(6, lambda number: confirm_payment(told[number].pk, by=second))
    assert [type(answer) for answer in paid] == [Payment] * 6
    held = [account.balance for account in Account.objects.filter(kind="held")]
    assert held == 6 * [listing.price]
    assert sum(account.balance for account in Account.objects.all()) == 0


def test_freeze_against_publication() -> None:
    """Whichever comes first, nothing stays published on a frozen right."""
    world = World()
    listing = given.submitted(world)
    assert listing.certificate_id is not None
    certificate_id, reviewer = listing.certificate_id, world.actor("reviewer")
    second = world.actor("second_reviewer")

    def act(number: int) -> object:
        if number % 2:
            return freeze_certificate(certificate_id, reason="A court order.", by=reviewer)
        return publish_listing(listing.pk, checklist=given.LISTING_CHECKLIST, by=second)

    at_once(6, act)
    state = Listing.objects.get().state
    if state == "published":
        assert suspend_broken_listings(by=given.SYSTEM) == [listing.pk]
    else:
        assert state == "submitted"
    kinds = list(
        Entry.objects.filter(
            kind__in=("rights.certificate_frozen", "trading.listing_published")
        ).values_list("kind", flat=True)
    )
    assert kinds.count("rights.certificate_frozen") == 1


def test_one_payment_told_with_two_amounts() -> None:
    """The first one is booked; those who tell another amount are refused, not called known."""
    amounts = ("5.00", "6.00")

    def tell(number: int) -> Outcome:
        incoming = Incoming("TX-ONCE-1", clock.today(), Decimal(amounts[number % 2]), "CNY")
        return take(incoming, channel=PaymentChannel.WEBHOOK, by=NOBODY)

    answers = at_once(6, tell)
    payment = Payment.objects.get()
    first = amounts.index(str(payment.amount))
    for number, answer in enumerate(answers):
        assert isinstance(answer, Invalid) == (number % 2 != first)
    assert [answer for answer in answers if not isinstance(answer, Refusal)].count(
        Outcome.UNALLOCATED
    ) == 1
    assert Transfer.objects.count() == 1
