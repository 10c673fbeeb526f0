"""The page of an order leads on: what is next, where to pay, and to whom the delivery is shown."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import Settings

from marketplace.trading.orders.settlement.models import Invoice
from marketplace.trading.treasury.payment.services import confirm_payment, record_payment
from tests.conftest import PageClients
from tests.given import delivery, disputes
from tests.given import trading as given
from tests.given.world import World

ACCOUNT = "Centre, Bank of Minjiang, 6200 1234"


@pytest.fixture(autouse=True)
def account(settings: Settings) -> None:
    """Let the centre have a bank account."""
    settings.CENTRE = {**settings.CENTRE, "BANK_ACCOUNT": ACCOUNT}


def test_a_buyer_reads_where_to_pay(world: World, page_of: PageClients) -> None:
    """On the order that waits for a payment and on its invoice; no more once it is paid."""
    order = given.signed(world)
    address = reverse("order_detail", args=[order.pk])
    assert ACCOUNT in page_of("buyer").get(address).content.decode()
    invoice = reverse("invoice_detail", args=[Invoice.objects.get().pk])
    assert ACCOUNT in page_of("buyer").get(invoice).content.decode()
    told = record_payment(order.pk, reference="BANK-1", by=world.actor("treasurer"))
    assert ACCOUNT in page_of("buyer").get(address).content.decode()
    confirm_payment(told.pk, by=world.actor("second_treasurer"))
    assert ACCOUNT not in page_of("buyer").get(address).content.decode()


def test_a_dispute_says_what_is_next(world: World, page_of: PageClients) -> None:
    """Both sides read where the dispute goes on."""
    order = disputes.opened(world).order
    for side in ("buyer", "officer"):
        page = page_of(side).get(reverse("order_detail", args=[order.pk])).content.decode()
        assert "The centre mediates the dispute." in page


def test_the_delivery_is_shown_to_those_who_may_see_it(world: World, page_of: PageClients) -> None:
    """A finance officer keeps the money and is not led to a page that refuses them."""
    order = delivery.granted(world).order
    address, way = reverse("order_detail", args=[order.pk]), reverse("order_grant", args=[order.pk])
    for person, is_shown in (
        ("buyer", True),
        ("officer", True),
        ("reviewer", True),
        ("auditor", True),
        ("treasurer", False),
    ):
        page = page_of(person).get(address).content.decode()
        assert (way in page) is is_shown, person
        answer = page_of(person).get(way, follow=True)
        assert answer.status_code == (200 if is_shown else 404), person
