"""A payment that waits is allocated by ticking what fits, and says why it fits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.core.errors import Invalid, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.trading.treasury.allocation.choosing import choices_of
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.bank.models import BankStatement
from marketplace.trading.treasury.payment.models import Payment
from tests.conftest import PageClients
from tests.given import money
from tests.given import trading as given
from tests.given.world import PASSWORD, World


def two_owed(world: World) -> tuple[Charge, Charge]:
    """Return what one buyer owes of two orders."""
    listing = given.published(world)
    first, second = (given.signed(world, given.placed(world, listing)) for _order in range(2))
    return money.charge_of(first), money.charge_of(second)


def fits(world: World, payment: Payment) -> dict[object, set[str]]:
    """Return the reasons by amount."""
    found = choices_of([payment], by=world.actor("treasurer"))[payment.pk]
    return {choice.charge.pk: {str(fit) for fit in choice.fits} for choice in found}


def test_each_choice_says_why(world: World) -> None:
    """The same sum, the sum less bank charges, several together, the same payer."""
    first, second = two_owed(world)
    both = {first.pk, second.pk}
    assert fits(world, money.unallocated(world)) == {key: {"sum"} for key in both}
    short = money.unallocated(world, amount="11990.00")
    assert fits(world, short) == {key: {"short"} for key in both}
    together = money.unallocated(world, amount="24000.00")
    assert fits(world, together) == {key: {"together"} for key in both}
    money.pay_in(world, first, "12000.00")
    again = money.pay_in(world, first, "100.00")
    assert again.state == "unallocated", "its reference is paid already"
    assert fits(world, again) == {second.pk: {"payer"}}
    assert fits(world, money.unallocated(world, amount="7.00")) == {}


def test_one_payment_pays_several_invoices(world: World) -> None:
    """As they come due; what is beyond them is the buyer's credit."""
    first, second = two_owed(world)
    payment = money.unallocated(world, amount="24001.00")
    money.allocate(world, payment, second, first)
    states = set(Order.objects.values_list("state", flat=True))
    assert states == {"paid"}
    assert Account.objects.get(kind=AccountKind.BUYER).balance == 1
    entries = Entry.objects.count()
    money.allocate(world, payment, first, second)
    assert Entry.objects.count() == entries, "the same choice again changes nothing"


def test_the_last_is_paid_in_part(world: World) -> None:
    """And so is whatever is due later."""
    first, second = two_owed(world)
    money.allocate(world, money.unallocated(world, amount="13000.00"), first, second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert {first.still_open, second.still_open} == {Decimal(0), Decimal(11000)}


def test_what_is_not_chosen_well_is_refused(world: World) -> None:
    """With a sentence; nothing moves."""
    first, second = two_owed(world)
    payment = money.unallocated(world, amount="12000.00")
    abroad = money.statement("TX-USD,2026-03-31,12000.00,USD,Thank you")
    money.book(world, abroad)
    by = world.actor("treasurer")
    tries = [
        (payment, [], "nothing-chosen"),
        (payment, [first.pk, second.pk], "chosen-too-many"),
        (Payment.objects.get(currency="USD"), [first.pk], "currency-differs"),
    ]
    for one, chosen, code in tries:
        with pytest.raises(Invalid) as refused:
            allocate_payment(one.pk, charges=chosen, by=by)
        assert refused.value.code == code
    with pytest.raises(NotFound):
        allocate_payment(payment.pk, charges=[payment.pk], by=by)
    with pytest.raises(Invalid) as refused:
        allocate_payment(payment.pk, charges=[first.pk] * 101, by=by)
    assert refused.value.fields["charges"] == ["Give at most 100."]
    money.pay_in(world, first, "12000.00")
    with pytest.raises(WrongState):
        allocate_payment(payment.pk, charges=[first.pk], by=by)
    assert Payment.objects.get(pk=payment.pk).state == "unallocated"


def test_a_line_shows_what_it_could_be_for(world: World, page_of: PageClients) -> None:
    """Beside the bank's line, to be ticked, without JavaScript; an id is never typed."""
    first, second = two_owed(world)
    money.unallocated(world, amount="24000.00")
    treasurer = page_of("treasurer")
    address = reverse("bank_statement", args=[BankStatement.objects.get().pk])
    page = treasurer.get(address).content.decode()
    assert page.count('name="charges"') == 2
    assert "together with others of this buyer exactly this sum" in page
    payment = Payment.objects.get()
    allocate = reverse("payment_allocate", args=[payment.pk])
    refused = treasurer.post(allocate, {})
    assert refused.status_code == 422
    assert "Choose what the payment is for." in refused.content.decode()
    done = treasurer.post(allocate, {"charges": [str(first.pk), str(second.pk)]})
    assert done.status_code == 302
    payment.refresh_from_db()
    assert payment.state == "allocated"


def test_another_amount_is_found_by_words(world: World, page_of: PageClients) -> None:
    """By the buyer's name, where nothing fits."""
    first, _second = two_owed(world)
    payment = money.unallocated(world, amount="7.00")
    address = reverse("payment_detail", args=[payment.pk])
    treasurer = page_of("treasurer")
    assert 'name="charges"' not in treasurer.get(address).content.decode()
    found = treasurer.get(address, {"q": first.order.buyer.name}).content.decode()
    assert found.count('name="charges"') == 2
    money.approved(world, money.proposed_return(world, payment))
    over = treasurer.get(address, {"q": first.order.buyer.name}).content.decode()
    assert 'name="charges"' not in over, "what is decided offers no choice"


def test_amounts_of_several_buyers_are_no_choice(world: World) -> None:
    """What one buyer paid is not another's."""
    listing = given.published(world)
    first = money.charge_of(given.signed(world, given.placed(world, listing)))
    contract = Contract.objects.get(
        order=given.accepted(world, given.placed(world, listing, by="stranger"))
    )
    for side in ("officer", "stranger"):
        sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor(side))
    chosen = [first.pk, money.charge_of(contract.order).pk]
    payment = money.unallocated(world, amount="24000.00")
    with pytest.raises(Invalid) as refused:
        allocate_payment(payment.pk, charges=chosen, by=world.actor("treasurer"))
    assert refused.value.code == "several-buyers"
    assert fits(world, payment) == {}, "of two buyers nothing is summed up"
