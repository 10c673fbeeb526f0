"""What a recall does to orders in each state, to their money, and to what buyers hold."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.ledger.models import Entry
from marketplace.pipeline.reactions import reactions_to, undo_order
from marketplace.preparation.report.services import withdraw_report
from marketplace.trading.books.models import Account
from marketplace.trading.listings.plans import Due, Instalments, Subscription
from marketplace.trading.listings.publication.services import suspend_listing, withdraw_listing
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.deletion.services import state_deletion
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.dispute.services import withdraw_dispute
from marketplace.trading.orders.recall.models import Recall
from marketplace.trading.orders.recall.services import begin_recall, recall_order
from marketplace.trading.orders.settlement.unused import unused_part
from tests.given import disputes, money, recalls
from tests.given import trading as given
from tests.given.world import World
from tests.trading.orders.test_disputes import standing
from tests.trading.orders.test_recalls import follow, order_now, undone

D = Decimal


@pytest.mark.parametrize("before", ["suspended", "closed", "withdrawn"])
def test_the_seller_cannot_slip_away(world: World, before: str) -> None:
    """By a listing off the market, or a report that was withdrawn before the examination ended."""
    order = given.delivered(world)
    listing, seller = order.listing, world.actor("officer")
    doubt = recalls.reported(world, listing) if before == "withdrawn" else None
    if before == "suspended":
        suspend_listing(listing.pk, reason="We check it.", by=seller)
    elif before == "closed":
        withdraw_listing(listing.pk, reason="Sold out.", by=seller)
    else:
        assert listing.risk_report_id is not None
        withdraw_report(listing.risk_report_id, reason="A fault of ours.", by=seller)
    recalls.decided(world, doubt or recalls.reported(world, listing))
    undone()
    assert order_now(order).state == "refunded"
    assert standing() == {"buyer": D("12000.00")}


@pytest.mark.parametrize(
    ("reach", "state"),
    [
        (given.placed, "declined"),
        (given.accepted, "cancelled"),
        (given.signed, "terminated"),
        (given.paid, "refunded"),
        (given.delivered, "refunded"),
        (given.completed, "terminated"),
        (given.declined, "declined"),
    ],
)
def test_each_state_has_its_end(world: World, reach: object, state: str) -> None:
    """And undoing it again changes nothing."""
    order = reach(world)  # type: ignore[operator]
    recalls.proven(world, order.listing)
    for _twice in range(2):
        recall_order(order.pk, by=given.SYSTEM)
    assert order_now(order).state == state
    kept = Entry.objects.filter(kind="trading.order_recalled").count()
    assert kept == (0 if reach is given.declined else 1)
    assert recall_order(order.pk, by=given.SYSTEM) == Recall.objects.filter(order=order).first()
    with pytest.raises(NotAllowed):
        recall_order(order.pk, by=world.actor("reviewer"))
    with pytest.raises(NotAllowed):
        begin_recall(order.listing.risk_report_id, by=world.actor("reviewer"))


def test_after_acceptance_the_unused_days_go_back(world: World) -> None:
    """As far as the seller's account holds them; the rest is owed. The buyer's use is paid."""
    order = given.completed(world)
    recalls.proven(world, order.listing)
    account = Account.objects.get(kind="seller")
    money.approved(world, money.proposed_payout(world, account, amount=D("10000.00")))
    with clock.stopped_at(clock.now() + timedelta(days=73)):
        unused = unused_part(order, on=clock.today())
        recall = recall_order(order.pk, by=given.SYSTEM)
    assert D("9590") < unused < D("9610")
    assert recall is not None
    # With the seller's 1,760.00 comes the centre's fee on it.
    back = D("1795.92")
    assert (recall.refund, recall.owed) == (back, unused - back)
    # What came in to prove the seller's bank account waits to be returned.
    rest = {"fee": D("204.08"), "unallocated": D("1.00")}
    assert standing() == {"buyer": back, **rest}


def test_of_a_subscription_the_paid_period_counts(world: World) -> None:
    """And of instalments what is paid beyond the days that were used."""
    plan = Subscription(amount=D("300.00"), period_months=1, periods=12)
    order = given.paid(world, given.placed(world, given.published(world, plan=plan)))
    mark_delivered(order.pk, by=given.SYSTEM)
    order = accept_delivery(order.pk, by=world.actor("buyer"))
    begins = clock.today()
    first, second = order.charges.order_by("number")[:2]
    days = (second.due_on - begins).days
    assert unused_part(order, on=begins) == D("300.00")
    assert unused_part(order, on=begins + timedelta(days=10)) == round(
        D("300.00") * (days - 10) / days, 2
    )
    assert unused_part(order, on=second.due_on) == 0
    assert first.amount == D("300.00")


def test_of_instalments_what_is_paid_beyond_the_use(world: World) -> None:
    plan = Instalments(parts=(Due(0, D("900.00")), Due(6, D("300.00"))))
    order = given.paid(world, given.placed(world, given.published(world, plan=plan)))
    mark_delivered(order.pk, by=given.SYSTEM)
    order = accept_delivery(order.pk, by=world.actor("buyer"))
    days = (order.charges.order_by("number")[1].due_on - clock.today()).days
    assert unused_part(order, on=clock.today()) == D("900.00")
    half = unused_part(order, on=clock.today() + timedelta(days=days))
    assert D("290") < half < D("310")
    assert unused_part(order, on=clock.today() + timedelta(days=360)) == 0


def test_a_dispute_decides_on_the_money_first(world: World) -> None:
    """The buyer is asked to delete at once; withdrawn, the order is undone by the rule."""
    dispute = disputes.opened(world)
    recalls.proven(world, dispute.order.listing)
    undone()
    recall = Recall.objects.get()
    assert (recall.refund, order_now(dispute.order).state) == (None, "disputed")
    assert Deletion.objects.get(order=dispute.order).cause == "recalled"
    withdraw_dispute(dispute.pk, by=world.actor("buyer"))
    assert undo_order in reactions_to("trading.dispute_ended")
    follow("trading.dispute_withdrawn")
    assert Recall.objects.get().refund == D("12000.00")
    assert order_now(dispute.order).state == "refunded"
    assert standing() == {"buyer": D("12000.00")}


def test_only_the_buyer_states_and_once(world: World) -> None:
    order = recalls.recalled(world)
    with pytest.raises(Invalid):
        state_deletion(order.pk, statement=" ", by=world.actor("buyer"))
    with pytest.raises(NotAllowed):
        state_deletion(order.pk, statement="Done.", by=world.actor("officer"))
    first = state_deletion(order.pk, statement="Done.", by=world.actor("buyer"))
    again = state_deletion(order.pk, statement="Changed.", by=world.actor("second_buyer"))
    assert (first.statement, again.statement) == ("Done.", "Done.")
