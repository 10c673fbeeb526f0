"""A statement opens with what stood, runs from entry to entry, and closes with what stands."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta
from decimal import Decimal

from django.urls import reverse

from marketplace.core import clock
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.dispute.services import open_dispute
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.settled import settled_of
from marketplace.trading.treasury.desk.statements import statement_of
from tests.conftest import PageClients
from tests.given import money
from tests.given import trading as given
from tests.given.world import World


def two_months(world: World) -> Account:
    """Accept an order, and another a month later, of which the seller is paid."""
    given.completed(world)
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        listing = given.published(world)
        order = given.paid(world, given.placed(world, listing))
        mark_delivered(order.pk, by=given.SYSTEM)
        accept_delivery(order.pk, by=world.actor("buyer"))
    with clock.stopped_at(clock.now() + timedelta(days=32)):
        account = Account.objects.get(kind=AccountKind.SELLER)
        money.approved(world, money.proposed_payout(world, account, amount=Decimal("760.00")))
    return Account.objects.get(kind=AccountKind.SELLER)


def test_a_period_opens_and_closes(world: World) -> None:
    """Opening balance and movements make the closing one, from entry to entry."""
    account = two_months(world)
    later = clock.today() + timedelta(days=20)
    first = statement_of(account, since=None, until=later, most=100)
    second = statement_of(account, since=later, until=None, most=100)
    assert (first.opening, first.closing) == (Decimal(0), second.opening)
    assert second.closing == account.balance == Decimal("22760.00")
    assert (second.came, second.went) == (Decimal("11760.00"), Decimal("760.00"))
    balance = second.opening
    for one in second.movements:
        balance += one.amount
        assert one.balance == balance
    assert balance == second.closing
    assert [one.counter.kind for one in second.movements] == ["held", "outside"]
    cut = statement_of(account, since=None, until=None, most=1)
    assert cut.is_cut
    assert cut.carried + cut.movements[0].amount == cut.closing == account.balance


def test_each_movement_names_order_and_paper(world: World, page_of: PageClients) -> None:
    """By the numbers that people use, on the page and in the file."""
    account = two_months(world)
    order = Order.objects.order_by("-created_at")[0]
    held = Account.objects.get(kind=AccountKind.HELD, held_for=order.pk)
    invoice = money.charge_of(order).invoices.get().number
    treasurer = page_of("treasurer")
    page = treasurer.get(reverse("account_statement", args=[held.pk])).content.decode()
    assert order.number in page
    assert invoice in page
    address = reverse("account_statement_csv", args=[account.pk])
    later = (clock.today() + timedelta(days=20)).isoformat()
    file = treasurer.get(address, {"since": later}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(file.splitlines()))
    assert [row["kind"] for row in rows] == ["opening", "release", "payout", "closing"]
    opening, *moved, closing = (Decimal(row["balance"]) for row in rows)
    amounts = [Decimal(row["amount"]) for row in rows[1:-1]]
    assert opening + sum(amounts) == closing == moved[-1]
    assert rows[1]["order"] == order.number
    wrong = treasurer.get(reverse("account_statement", args=[held.pk]), {"since": "yesterday"})
    assert wrong.status_code == 200


def test_a_file_tells_cents_and_the_time_of_the_centre(world: World, page_of: PageClients) -> None:
    """Amounts have two places on every database, moments the centre's clock with its offset."""
    account = two_months(world)
    address = reverse("account_statement_csv", args=[account.pk])
    file = page_of("treasurer").get(address).content.decode("utf-8-sig")
    rows = list(csv.DictReader(file.splitlines()))
    told = [row[name] for row in rows for name in ("amount", "balance") if row[name]]
    assert len(told) == 8
    assert [one for one in told if not re.fullmatch(r"-?\d+\.\d\d", one)] == []
    for row in rows[1:-1]:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", row["at"])
    entry = statement_of(account, since=None, until=None, most=100).movements[0].entry
    assert datetime.fromisoformat(rows[1]["at"]) == entry.created_at.replace(microsecond=0)


def test_an_order_announces_what_will_be_booked(world: World, page_of: PageClients) -> None:
    """Of what is left after a part went back; and no more once nothing is held."""
    order = given.delivered(world)
    address = reverse("order_detail", args=[order.pk])
    assert "240.00" in page_of("buyer").get(address).content.decode()
    money.approved(world, money.proposed_refund(world, order, amount="2000.00"))
    page = page_of("buyer").get(address).content.decode()
    assert "240.00" not in page
    announced = [figure in page for figure in ("200.00", "9,800.00")]
    assert announced == [True, True]
    accept_delivery(order.pk, by=world.actor("buyer"))
    found = settled_of(order)
    assert found is not None
    assert (found.fee, found.seller) == (Decimal("200.00"), Decimal("9800.00"))
    page = page_of("buyer").get(address).content.decode()
    assert "How what is held would be divided" not in page
    assert "Due before delivery" not in page


def test_an_order_says_what_was_settled(world: World, page_of: PageClients) -> None:
    """Paid, borne, fee, refunds and what is held add up to the cent, at each step."""
    charge = money.partly_paid(world, "11990.00")
    order = Order.objects.get(pk=charge.order_id)
    steps = []

    def look() -> None:
        found = settled_of(order)
        assert found is not None
        assert found.adds_up
        steps.append((found.paid, found.borne, found.held, found.seller, found.fee, found.refunded))

    look()
    mark_delivered(order.pk, by=given.SYSTEM)
    order.refresh_from_db()
    money.approved(world, money.proposed_refund(world, order, amount="990.00"))
    look()
    accept_delivery(order.pk, by=world.actor("buyer"))
    look()
    open_dispute(order.pk, text="Half is empty.", by=world.actor("buyer"))
    look()
    paid = Decimal(11990)
    assert [tuple(map(Decimal, step)) for step in steps] == [
        (paid, Decimal(0), paid, Decimal(0), Decimal(0), Decimal(0)),
        (paid, Decimal(0), Decimal(11000), Decimal(0), Decimal(0), Decimal(990)),
        (paid, Decimal(10), Decimal(0), Decimal("10789.80"), Decimal("220.20"), Decimal(990)),
        (paid, Decimal(10), Decimal(11010), Decimal(0), Decimal(0), Decimal(990)),
    ]
    page = page_of("buyer").get(reverse("order_detail", args=[order.pk])).content.decode()
    assert "What was settled" in page
