"""The sale of a right at once: one buyer, one transfer, and the money goes where the right does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from marketplace.core.errors import Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.registration.services import confirm_claim, withdraw_claim
from marketplace.rights.transfer.services import open_transfer
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import submit_listing, withdraw_listing
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.negotiation.services import cancel_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.right_sale.services import (
    begin_right_sale,
    complete_right_sale,
    end_right_sale,
)
from marketplace.trading.orders.settlement.selectors import held_of
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.payment.services import record_payment
from tests.given import renewals, sold_rights
from tests.given import trading as given
from tests.given.limits import limited
from tests.given.pipeline import catch_up
from tests.given.rights import RIGHT_CHECKLIST
from tests.given.threads import at_once
from tests.given.world import PASSWORD, World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def balance(kind: AccountKind) -> Decimal:
    """Return what stands on the accounts of a kind."""
    return sum((each.balance for each in Account.objects.filter(kind=kind)), Decimal(0))


def test_a_second_listing_of_a_right_waits_for_the_first_contract() -> None:
    """While a contract over one listing runs the other does not come to the market."""
    world = World()
    first = sold_rights.published(world)
    order = given.accepted(world, given.placed(world, first))
    withdraw_listing(first.pk, reason="Sold.", by=world.actor("officer"))
    version = renewals.other_version(world, first)
    wanted = {"delivery_mode": "right", "price": sold_rights.PRICE, "exclusive": True}
    second = given.drafted(world, version, **wanted)

    def act(number: int) -> object:
        if number == 5:
            return cancel_order(order.pk, by=world.actor("officer"))
        return submit_listing(second.pk, by=world.actor(("officer", "colleague")[number % 2]))

    answers = at_once(6, act)
    assert Order.objects.get(pk=order.pk).state == "cancelled"
    refused = [each for each in answers[:5] if isinstance(each, Refusal)]
    assert {type(each) for each in refused} <= {WrongState}
    state = Listing.objects.get(pk=second.pk).state
    assert state == ("submitted" if len(refused) < 5 else "draft")
    if state == "draft":
        submit_listing(second.pk, by=world.actor("officer"))


def test_signing_against_a_transfer_by_another_way() -> None:
    """Whichever comes first, nobody pays for a right that has gone to somebody else."""
    world = World()
    listing = sold_rights.published(world)
    assert listing.certificate_id is not None
    order = given.accepted(world, given.placed(world, listing))
    contract = Contract.objects.get(order=order)
    sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor("officer"))
    # The pipeline is late: the register does not know yet that a listing rests on the right.
    rival = world.organization("stranger")
    transfer = open_transfer(
        listing.certificate_id, acquirer_id=rival.pk, by=world.actor("officer")
    )
    claim = sold_rights.examined(world, sold_rights.submitted(world, transfer, by="stranger"))
    limited(world, "second_buyer", order.price)
    buyers = [world.actor("buyer"), world.actor("second_buyer")]
    second = world.actor("second_reviewer")

    def act(number: int) -> object:
        if number % 2:
            return confirm_claim(claim.pk, checklist=RIGHT_CHECKLIST, by=second)
        return sign_contract(
            contract.pk, digest=contract.digest, password=PASSWORD, by=buyers[number // 2 % 2]
        )

    answers = at_once(6, act)
    assert {type(each) for each in answers} <= {Contract, Certificate, WrongState}
    assert Certificate.objects.filter(organization=rival, state="in_force").count() == 1
    order.refresh_from_db()
    treasurer, buyer = world.actor("treasurer"), world.actor("buyer")
    if order.state == "signed":
        with pytest.raises(WrongState) as refused:
            record_payment(order.pk, reference="BANK-0001", by=treasurer)
        assert refused.value.code == "right-missing"
        assert terminate_contract(order.pk, reason="It is gone.", by=buyer).state == "terminated"
    else:
        assert order.state == "accepted"
        assert cancel_order(order.pk, by=buyer).state == "cancelled"
    assert {each.balance for each in Account.objects.all()} <= {Decimal(0)}


def test_one_transfer_of_a_sold_right() -> None:
    """The holder asks the register by hand while the sale opens its own: one of them runs."""
    world = World()
    order = given.paid(world, given.placed(world, sold_rights.published(world)))
    certificate_id, officer = order.listing.certificate_id, world.actor("officer")
    assert certificate_id is not None

    def act(number: int) -> object:
        if number % 2:
            return open_transfer(certificate_id, acquirer_id=order.buyer_id, by=officer)
        return begin_right_sale(order.pk, by=given.SYSTEM)

    answers = at_once(6, act)
    refused = [each for each in answers if isinstance(each, Refusal)]
    assert {(type(each), each.code) for each in refused} == {(WrongState, "transfer-running")}
    assert len(refused) == 3
    claim = Claim.objects.get(kind="transfer")
    begun = Entry.objects.filter(kind="trading.right_sale_begun").count()
    assert (claim.reference, begun) in ((f"order:{order.pk}", 1), ("", 0))
    if not begun:
        # Only the register's case of this very order releases the money, or keeps it.
        withdraw_claim(claim.pk, by=officer)
        begin_right_sale(order.pk, by=given.SYSTEM)
    assert sold_rights.transfer(order).reference == f"order:{order.pk}"


def test_opening_against_termination() -> None:
    """Either the transfer runs and the money stays held, or the order ended and it went back."""
    world = World()
    order = given.paid(world, given.placed(world, sold_rights.published(world)))
    sides = [world.actor("buyer"), world.actor("officer")]

    def act(number: int) -> object:
        if number % 2:
            return terminate_contract(order.pk, reason="No.", by=sides[number // 2 % 2])
        return begin_right_sale(order.pk, by=given.SYSTEM)

    assert {type(each) for each in at_once(6, act)} <= {Order, WrongState}
    order = Order.objects.get()
    if order.state == "paid":
        assert sold_rights.transfer(order).state == "draft"
        assert held_of(order) == sold_rights.PRICE
    else:
        assert order.state == "terminated"
        assert not Claim.objects.filter(kind="transfer").exists()
        assert balance(AccountKind.BUYER) == sold_rights.PRICE


def test_completing_against_every_way_out() -> None:
    """Once the register has recorded the buyer the seller is paid, once, whoever else asks."""
    world = World()
    order = sold_rights.paid(world)
    certificate = sold_rights.passed(world, order)
    buyer = world.actor("buyer")

    def act(number: int) -> object:
        if number % 3 == 0:
            return complete_right_sale(order.pk, certificate_id=certificate.pk, by=given.SYSTEM)
        if number % 3 == 1:
            return end_right_sale(order.pk, by=given.SYSTEM)
        return terminate_contract(order.pk, reason="We think again.", by=buyer)

    answers = at_once(6, act)
    assert [type(each) for each in answers] == 2 * [Order, WrongState, WrongState]
    assert Order.objects.get().state == "completed"
    assert balance(AccountKind.SELLER) + balance(AccountKind.FEE) == sold_rights.PRICE
    assert Entry.objects.filter(kind="trading.order_completed").count() == 1


def test_confirming_against_withdrawing() -> None:
    """The money follows what the register did, whichever of both came first."""
    world = World()
    order = sold_rights.paid(world)
    claim = sold_rights.examined(world, sold_rights.joined(world, order))
    buyer, second = world.actor("buyer"), world.actor("second_reviewer")

    def act(number: int) -> object:
        if number % 2:
            return withdraw_claim(claim.pk, by=buyer)
        return confirm_claim(claim.pk, checklist=RIGHT_CHECKLIST, by=second)

    assert {type(each) for each in at_once(6, act)} <= {Claim, Certificate, WrongState}
    catch_up()
    order, claim = Order.objects.get(), Claim.objects.get(pk=claim.pk)
    assert (claim.state, order.state) in (("certified", "completed"), ("withdrawn", "refunded"))
    assert held_of(order) == 0
    paid_back = balance(AccountKind.BUYER)
    assert paid_back == (sold_rights.PRICE if claim.state == "withdrawn" else 0)
