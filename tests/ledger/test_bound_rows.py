"""What somebody altered by hand is bound by no later act: the act is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

from marketplace.core import Actor, Door, WrongState, clock
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import expire_grants
from marketplace.ledger.binding import KINDS, BoundRow, bound, state_faults
from marketplace.pipeline.services import rewrap_keys
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.delivery.services import complete_silent_orders
from marketplace.trading.orders.models import Recall
from marketplace.trading.orders.order.models import Order
from marketplace.trading.treasury.bank_account.services import withdraw_bank_account
from tests.conftest import ApiClients, PageClients
from tests.given import delivery, money
from tests.given import trading as given
from tests.given.world import World

SYSTEM = Actor.system(Door.TASK)


def altered(statement: str, *values: str | UUID) -> None:
    """Alter rows by hand, past the centre."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount


def named() -> str:
    """Return what the comparison of the state finds."""
    return "\n".join(state_faults())


@pytest.mark.parametrize("door", ["page", "api"])
def test_an_act_on_an_altered_row_is_refused(
    world: World, page_of: PageClients, api_of: ApiClients, door: str
) -> None:
    """It changes nothing, says why, and what was altered is found as before."""
    order = given.placed(world)
    altered("UPDATE orders_order SET price = price - 100")
    answer: Any
    if door == "page":
        answer = page_of("officer").post(reverse("order_accept", args=[order.pk]))
        assert f"order:{order.pk} is not as its last act left it" in answer.content.decode()
    else:
        answer = api_of("officer").post(reverse("api_accept_order", args=[order.pk]))
        assert answer.json()["code"] == "row-altered"
    assert answer.status_code == 409
    assert Order.objects.get(pk=order.pk).state == "placed"
    assert f"order:{order.pk}" in named()
    altered("UPDATE orders_order SET price = price + 100")
    accept_order(order.pk, by=world.actor("officer"))
    assert named() == ""


def test_a_row_set_back_to_what_an_earlier_act_bound_is_refused(world: World) -> None:
    """Only the digest of the last act counts."""
    order = given.delivered(world)
    before = Order.objects.get(pk=order.pk).acceptance_due_on
    assert before is not None
    altered("UPDATE orders_order SET acceptance_due_on = NULL, delivered_at = NULL")
    with pytest.raises(WrongState, match="is not as its last act left it"):
        bound(Order.objects.get(pk=order.pk))


def test_an_account_is_compared_by_the_act_that_ends_it(world: World) -> None:
    """Also where the act sets the very column that was altered."""
    account = money.bank_account(world)
    altered("UPDATE treasury_bankaccount SET in_force_from = '2020-01-01 00:00:00+00'")
    with pytest.raises(WrongState, match=f"bank_account:{account.pk}"):
        withdraw_bank_account(account.pk, reason="Closed.", by=world.actor("finance"))


def test_an_altered_row_keeps_no_other_waiting(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """What time calls for is done for all others, and the log names the one that is left."""
    first = given.delivered(world)
    second = given.delivered(world, another(world))
    due = Order.objects.get(pk=second.pk).acceptance_due_on
    assert due is not None
    altered("UPDATE orders_order SET ends_on = '2031-01-01' WHERE id = %s", pk_of(first))
    with clock.stopped_at(clock.now() + timedelta(days=400)):
        assert complete_silent_orders(by=SYSTEM) == [second.pk]
    assert f"order:{first.pk} is not as its last act left it" in caplog.text
    assert Order.objects.get(pk=first.pk).state == "delivered"


def another(world: World) -> Order:
    """Return an order of another listing."""
    return given.placed(world, given.published(world, title="Once more"))


def pk_of(order: Order) -> str | UUID:
    """Return an id as the database holds it."""
    return order.pk if connection.vendor == "postgresql" else order.pk.hex


def test_a_grant_that_somebody_prolonged_is_not_bound_by_its_end(world: World) -> None:
    """Its end comes by the clock; what was altered before is not taken for honest."""
    grant = delivery.granted(world)
    altered("UPDATE delivery_grant SET expires_at = '2026-01-01 00:00:00+00'")
    assert expire_grants(by=SYSTEM) == []
    assert Grant.objects.get(pk=grant.pk).state == "active"
    assert f"grant:{grant.pk}" in named()


def test_what_was_bound_by_a_key_from_before_is_compared(world: World, settings: Any) -> None:
    """An act goes on after the key-encryption key was replaced."""
    order = given.placed(world)
    settings.KEY_ENCRYPTION_KEY_BEFORE = settings.KEY_ENCRYPTION_KEY
    settings.KEY_ENCRYPTION_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    rewrap_keys(by=Actor.system(Door.COMMAND))
    settings.KEY_ENCRYPTION_KEY_BEFORE = ""
    assert accept_order(order.pk, by=world.actor("officer")).state == "accepted"
    assert named() == ""


def test_what_was_read_again_is_what_is_compared(world: World) -> None:
    """Columns that are read later, and rows that are read again, are compared as they were read."""
    order = given.placed(world)
    late = Order.objects.only("pk").get(pk=order.pk)
    assert late.as_bound is not None
    assert set(late.as_bound) == {"id"}
    assert bound(late) == bound(Order.objects.get(pk=order.pk))
    late.price += 1
    late.refresh_from_db(fields=["price"])
    assert bound(late) == bound(order)


def test_every_bound_model_keeps_what_was_read() -> None:
    """One that did not would be bound without being compared."""
    assert Recall in KINDS
    for model in KINDS:
        assert issubclass(model, BoundRow), model
