"""What the page of an order offers is what its act accepts, for every state and party."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from marketplace.core.actor import Actor
from marketplace.trading.listings.plans import Subscription
from marketplace.trading.orders.acts import (
    ACTS_ON_CONTRACT,
    ACTS_ON_ORDER,
    acts_on_contract,
    acts_on_order,
)
from marketplace.trading.orders.amendment.services import propose_amendment
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.deletion.services import state_deletion
from marketplace.trading.orders.delivery.services import (
    accept_delivery,
    mark_delivered,
    object_to_delivery,
)
from marketplace.trading.orders.dispute.services import open_dispute
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.negotiation.services import counter_order
from marketplace.trading.orders.objection.services import offer_remedy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.payment.services import record_payment
from marketplace.trading.treasury.payout.services import propose_refund
from tests.conftest import PageClients
from tests.given import amendments, disputes, recalls, sold_rights
from tests.given import trading as given
from tests.given.tried import accepted_acts, accepts
from tests.given.world import PASSWORD, World

PEOPLE = ("officer", "buyer", "stranger", "reviewer", "treasurer")
WHY = "For a reason."


def tried_on_order(order: Order, by: Actor) -> dict[str, bool]:
    """Try every act that the page of an order can offer."""
    pk, latest = order.pk, latest_proposal(order)
    offer = latest.digest if latest else ""
    terms = replace(order.agreed_terms, purpose=order.agreed_terms.purpose + " Again.")
    more = {
        "accept_order": accepts(lambda: accept_order(pk, offer=offer, by=by)),
        "counter_order": accepts(
            lambda: counter_order(pk, offer=offer, plan=order.agreed_plan, terms=terms, by=by)
        ),
        "record_payment": accepts(lambda: record_payment(pk, reference=uuid4().hex, by=by)),
        "offer_remedy": accepts(lambda: offer_remedy(pk, text=WHY, refund=Decimal(0), by=by)),
        "open_dispute": accepts(lambda: open_dispute(pk, text=WHY, by=by)),
        "propose_refund": accepts(
            lambda: propose_refund(
                pk, amount=Decimal(1), reason=WHY, request_key=uuid4().hex, by=by
            )
        ),
        "state_deletion": accepts(lambda: state_deletion(pk, statement=WHY, by=by)),
    }
    return accepted_acts(ACTS_ON_ORDER, pk, by, more)


def tried_on_contract(contract: Contract, by: Actor) -> dict[str, bool]:
    """Try every act that the page of a contract can offer."""
    pk = contract.pk
    agreed = contract.order.agreed_terms
    terms = replace(agreed, purpose=agreed.purpose + " Again.")
    more = {
        "sign_contract": accepts(
            lambda: sign_contract(pk, digest=contract.digest, password=PASSWORD, by=by)
        ),
        "propose_amendment": accepts(lambda: propose_amendment(pk, terms=terms, by=by)),
    }
    return accepted_acts(ACTS_ON_CONTRACT, pk, by, more)


def subscribed(world: World) -> Order:
    """Return an accepted order that is paid by the month."""
    plan = Subscription(amount=Decimal("1000.00"), period_months=1, periods=12)
    order = given.paid(world, given.placed(world, given.published(world, plan=plan)))
    mark_delivered(order.pk, by=given.SYSTEM)
    return accept_delivery(order.pk, by=world.actor("buyer"))


def countered(world: World) -> Order:
    """Let the seller make another offer."""
    order = given.placed(world)
    latest, terms = latest_proposal(order), replace(order.agreed_terms, licence_months=24)
    assert latest is not None
    return counter_order(
        order.pk,
        offer=latest.digest,
        plan=order.agreed_plan,
        terms=terms,
        by=world.actor("officer"),
    )


ORDERS: dict[str, Callable[[World], Order]] = {
    "placed": given.placed,
    "countered": countered,
    "declined": given.declined,
    "accepted": given.accepted,
    "signed": given.signed,
    "paid": given.paid,
    "delivered": given.delivered,
    "objected": lambda world: object_to_delivery(
        given.delivered(world).pk, reason=WHY, by=world.actor("buyer")
    ),
    "disputed": lambda world: disputes.opened(world).order,
    "completed": given.completed,
    "subscribed": subscribed,
    "noticed": lambda world: terminate_contract(
        subscribed(world).pk, reason=WHY, by=world.actor("buyer")
    ),
    "terminated": lambda world: terminate_contract(
        given.signed(world).pk, reason=WHY, by=world.actor("buyer")
    ),
    "right": sold_rights.paid,
    "right-placed": lambda world: given.placed(world, sold_rights.published(world)),
    "amended": lambda world: amendments.proposed(world).contract.order,
    "recalled": recalls.recalled,
    "deletion-stated": recalls.stated,
    "signed-once": lambda world: given.signed_by_seller(world).order,
}


@pytest.mark.drawn(len(ORDERS) // 2)
@pytest.mark.parametrize("state", ORDERS)
def test_an_order_offers_what_is_accepted(state: str, world: World) -> None:
    """And its contract too, to both sides, to the centre and to nobody else."""
    pk = ORDERS[state](world).pk
    for person in PEOPLE:
        by, order = world.actor(person), Order.objects.get(pk=pk)
        assert dict(acts_on_order(order, by)) == tried_on_order(order, by), person
        contract = Contract.objects.filter(order=order).first()
        if contract is not None:
            assert dict(acts_on_contract(contract, by)) == tried_on_contract(contract, by), person


def test_the_seller_is_not_offered_to_end_what_is_paid_as_a_whole(
    world: World, page_of: PageClients
) -> None:
    """Nor the buyer what is delivered and not accepted."""
    order = given.completed(world)
    address, button = reverse("order_detail", args=[order.pk]), "Terminate the contract"
    assert button not in page_of("officer").get(address).content.decode()
    assert button in page_of("buyer").get(address).content.decode()
