"""A credit note says why it was written, and which invoices it corrects by how much."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse

from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge, Invoice
from marketplace.trading.orders.termination.services import terminate_contract
from tests.conftest import ApiClients, PageClients
from tests.given import disputes, money
from tests.given import trading as given
from tests.given.world import World
from tests.trading.orders.test_billing import PARTS, pay

D = Decimal


def notes(order: Order) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each credit note of an order: why, and the numbers with the amounts it corrects."""
    return [
        (
            note.content["for"],
            [(row["number"], row["amount"]) for row in note.content["corrects"]],
        )
        for note in Invoice.objects.filter(order=order, kind="credit").order_by("sequence")
    ]


def in_parts(world: World) -> Order:
    """Sign a contract that is paid in instalments of 6,000, 4,000 and 2,000."""
    listing = given.published(world, price=D("0.00"), plan=PARTS)
    return given.signed(world, given.placed(world, listing))


def test_refunds_correct_the_newest_paid_invoice_first(world: World) -> None:
    """Each goes on where the last one ended, and none corrects more than was invoiced."""
    order = in_parts(world)
    first, second, _third = Charge.objects.filter(order=order).order_by("number")
    pay(world, first, "TX-1000")
    pay(world, second, "TX-2000")
    one, two = (charge.invoices.get().number for charge in (first, second))
    for amount in ("1000.00", "5000.00", "500.00"):
        money.approved(world, money.proposed_refund(world, order, amount=amount))
    assert notes(order) == [
        ("refund", [(two, "1000.00")]),
        ("refund", [(two, "3000.00"), (one, "2000.00")]),
        ("refund", [(one, "500.00")]),
    ]


def test_what_is_not_owed_any_more_is_taken_back_whole(world: World) -> None:
    """A termination refunds what is held and takes back each invoice that waits for money."""
    order = in_parts(world)
    first, second, third = Charge.objects.filter(order=order).order_by("number")
    pay(world, first, "TX-1000")
    numbers = [charge.invoices.get().number for charge in (first, second, third)]
    terminate_contract(order.pk, reason="No use for it.", by=world.actor("officer"))
    assert sorted(notes(order)) == [
        ("terminated", [(numbers[0], "6000.00")]),
        ("void", [(numbers[1], "4000.00")]),
        ("void", [(numbers[2], "2000.00")]),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("End of a dispute", "Corrects the invoice")), ("zh-hans", ("争议了结", "更正发票"))],
)
def test_both_sides_read_reason_and_invoice(
    language: str, said: tuple[str, str], world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """In either language, with a link each way; by program, in the frozen content."""
    order = Order.objects.get(pk=disputes.settled(world).order_id)
    note = Invoice.objects.get(kind="credit")
    invoice = Invoice.objects.get(kind="invoice")
    for person in ("buyer", "officer", "treasurer"):
        client = page_of(person)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        address = reverse("invoice_detail", args=[note.pk])
        page = client.get(address).content.decode()
        assert all(words in page for words in said), person
        back = reverse("invoice_detail", args=[invoice.pk])
        assert f'href="{back}">{invoice.number}</a> · 4,000.00' in page
        assert f'href="{address}">{note.number}</a>' in client.get(back).content.decode()
    content = api_of("buyer").get(reverse("api_get_invoice", args=[note.pk])).json()["content"]
    assert content["for"] == "dispute"
    assert content["corrects"] == [
        {
            "number": invoice.number,
            "issued_on": invoice.issued_on.isoformat(),
            "amount": "4000.00",
        }
    ]
    assert order.state == "completed"


def test_what_was_released_is_corrected_too(world: World) -> None:
    """A refund from the seller's account after acceptance names the settled invoice."""
    order = given.completed(world)
    money.approved(world, money.proposed_refund(world, order, amount="700.00"))
    number = Invoice.objects.get(kind="invoice").number
    assert notes(order) == [("refund", [(number, "700.00")])]
