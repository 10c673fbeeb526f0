"""Where a licence or contract ends, access and keys end that day, and a statement is owed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from marketplace.core import clock
from marketplace.core.errors import NotAllowed, NotFound
from marketplace.delivery.grant.services import expire_grants, remind_of_licence_ends
from marketplace.delivery.models import Grant, GrantKey
from marketplace.ledger.models import Entry
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.deletion.services import remind_of_overdue_deletions, state_deletion
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.dispute.services import answer_settlement, propose_settlement
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.recall.services import recall_order
from marketplace.trading.orders.termination.services import terminate_contract
from tests.conftest import PageClients
from tests.given import amendments, disputes, recalls, trading
from tests.given import delivery as given
from tests.given.pipeline import catch_up
from tests.given.world import World
from tests.pipeline.test_telling_of_money import BUYERS, SELLERS, told

STATEMENT = "Both copies were overwritten on the day the licence ended."


def used(world: World) -> Order:
    """Return a completed order whose data a program of the buyer has read."""
    issued = given.keyed(world)
    assert given.rows_of(issued).status_code == 200
    return accept_delivery(issued.key.grant.order_id, by=world.actor("buyer"))


def test_a_licence_runs_out(world: World, page_of: PageClients) -> None:
    """Grant and keys are dead that very day; the buyer owes a statement, and makes it."""
    issued = given.keyed(world)
    assert given.rows_of(issued).status_code == 200
    order = accept_delivery(issued.key.grant.order_id, by=world.actor("buyer"))
    GrantKey.objects.update(expires_at=clock.now() + timedelta(days=4000))
    with clock.stopped_at(issued.key.grant.expires_at):
        assert expire_grants(by=trading.SYSTEM) == [issued.key.grant_id]
        assert given.rows_of(issued).status_code == 401
        assert GrantKey.objects.filter(revoked_at=None).count() == 0
        deletion = Deletion.objects.get(order=order)
        days = timedelta(days=order.agreed_terms.deletion_days)
        assert (deletion.cause, deletion.due_on) == ("expired", clock.today() + days)
        assert told("deletion_asked") == BUYERS
        for person, task in (
            ("buyer", "State that data is deleted"),
            ("officer", "A buyer owes a statement of deletion"),
        ):
            assert task in page_of(person).get(reverse("desk")).content.decode()
        page = page_of("buyer").get(reverse("order_detail", args=[order.pk])).content.decode()
        assert "The licence ran out" in page
        state_deletion(order.pk, statement=STATEMENT, by=world.actor("buyer"))
        assert told("deletion_stated") == SELLERS
    entry = Entry.objects.get(kind="trading.deletion_stated")
    assert STATEMENT not in str(entry.payload)
    with clock.stopped_at(clock.now() + timedelta(days=900)):
        assert remind_of_overdue_deletions(by=trading.SYSTEM) == []


def test_a_contract_is_terminated(world: World) -> None:
    """Its keys are nobody's once it has ended, and the statement is owed from that day."""
    order = used(world)
    terminate_contract(order.pk, reason="We need it no more.", by=world.actor("buyer"))
    catch_up()
    assert GrantKey.objects.filter(revoked_at=None).count() == 0
    assert Grant.objects.get().state == "revoked"
    assert Deletion.objects.get().cause == "terminated"
    with clock.stopped_at(clock.now() + timedelta(days=32)):
        assert remind_of_overdue_deletions(by=trading.SYSTEM) == [order.pk]
        assert told("deletion_overdue") == BUYERS


def test_who_has_no_rows_owes_nothing(world: World) -> None:
    """Nothing was opened yet, or it was used where it lies."""
    grant = given.granted(world)
    with clock.stopped_at(grant.expires_at):
        assert expire_grants(by=trading.SYSTEM) == [grant.pk]
    assert not Deletion.objects.exists()
    with pytest.raises(NotFound):
        state_deletion(grant.order_id, statement=STATEMENT, by=world.actor("buyer"))


def test_both_sides_are_told_before_the_end(world: World, page_of: PageClients) -> None:
    """Once, thirty days before; an amendment that lasts longer is told anew."""
    grant = given.granted(world)
    with clock.stopped_at(grant.expires_at - timedelta(days=31)):
        assert remind_of_licence_ends(by=trading.SYSTEM) == []
    with clock.stopped_at(grant.expires_at - timedelta(days=29)):
        with pytest.raises(NotAllowed):
            remind_of_licence_ends(by=world.actor("reviewer"))
        assert remind_of_licence_ends(by=trading.SYSTEM) == [grant.pk]
        assert remind_of_licence_ends(by=trading.SYSTEM) == []
        assert told("licence_ending") == BUYERS | SELLERS
        entry = Entry.objects.get(kind="delivery.licence_ending")
        assert entry.payload["due_on"] == localtime(grant.expires_at).date().isoformat()
        for person, task in (
            ("buyer", "Your licence runs out"),
            ("officer", "licence runs out"),
        ):
            assert task in page_of(person).get(reverse("desk")).content.decode()
    assert "licence runs out" not in page_of("buyer").get(reverse("desk")).content.decode()


def test_a_licence_that_goes_on_again_lifts_the_duty(world: World) -> None:
    order = used(world)
    grant = Grant.objects.get()
    amendments.in_force(world, amendments.proposed(world, order, licence_months=1))
    catch_up()
    with clock.stopped_at(clock.now() + timedelta(days=40)):
        assert expire_grants(by=trading.SYSTEM) == [grant.pk]
        assert Deletion.objects.get().cause == "expired"
        order = Order.objects.get()
        amendments.in_force(world, amendments.proposed(world, order, licence_months=24))
        catch_up()
        assert Grant.objects.get().state == "active"
        assert not Deletion.objects.exists()
    assert Entry.objects.filter(kind="trading.deletion_lifted").count() == 1


def test_what_was_stated_is_not_owed_again_by_a_recall(world: World) -> None:
    order = trading.delivered(world)
    order = accept_delivery(order.pk, by=world.actor("buyer"))
    terminate_contract(order.pk, reason="We need it no more.", by=world.actor("buyer"))
    state_deletion(order.pk, statement=STATEMENT, by=world.actor("buyer"))
    recalls.proven(world, order.listing)
    recall_order(order.pk, by=trading.SYSTEM)
    deletion = Deletion.objects.get()
    assert (deletion.cause, deletion.statement) == ("terminated", STATEMENT)


def test_the_contract_says_so(world: World) -> None:
    text = trading.contracted(world).text
    assert "access and all keys end with it" in text


def test_marking_a_delivery_twice_owes_once(world: World) -> None:
    """However often it ends: by termination, and by the licence's last day after it."""
    order = used(world)
    mark_delivered(order.pk, by=trading.SYSTEM)
    terminate_contract(order.pk, reason="We need it no more.", by=world.actor("buyer"))
    with clock.stopped_at(Grant.objects.get().expires_at):
        expire_grants(by=trading.SYSTEM)
    assert Deletion.objects.count() == 1
    assert Entry.objects.filter(kind="trading.deletion_asked").count() == 1


def test_a_dispute_that_gives_all_back_ends_the_use(world: World) -> None:
    """Grant and keys end with it, and the buyer owes the statement."""
    issued = given.keyed(world)
    assert given.rows_of(issued).status_code == 200
    dispute = disputes.opened(world, Order.objects.get())
    price = Order.objects.get().price
    propose_settlement(dispute.pk, refund=price, reason="All of it.", by=world.actor("reviewer"))
    for side in ("buyer", "officer"):
        answer_settlement(dispute.pk, is_agreed=True, by=world.actor(side))
    assert Order.objects.get().state == "refunded"
    catch_up()
    assert (Grant.objects.get().state, Deletion.objects.get().cause) == ("revoked", "terminated")
    assert given.rows_of(issued).status_code == 401
