"""A budget is sold once: reserved at signing, asked for at every step, free again at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from desensitize.privacy.sandbox import Question
from marketplace.core import clock
from marketplace.core.errors import Invalid, WrongState
from marketplace.delivery.grant.services import expire_grants
from marketplace.delivery.sandbox.services import ask_question
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.budget.models import ReservedBudget as Reserved
from marketplace.trading.listings.budget.promises import budget_left
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.publication.services import submit_listing, withdraw_listing
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.listings.sandbox.services import declare_sandbox
from marketplace.trading.orders.amendment.services import propose_amendment
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.services import sign_amendment, sign_contract
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.payment.services import record_payment
from tests.conftest import PageClients
from tests.given import sandboxes as given
from tests.given import trading
from tests.given.pipeline import catch_up
from tests.given.world import PASSWORD, World

FOR_ONE = replace(given.OFFERED, epsilon_all=Decimal(1))
MONTHLY = replace(given.OFFERED, period="month", epsilon_all=Decimal(14))


WHY = "No answer is left."


@pytest.fixture(autouse=True)
def much_for_a_dataset() -> Iterator[None]:
    """Let a dataset tell more than by default: these licences promise ε for every month."""
    with override_settings(CENTRE={**settings.CENTRE, "DATASET_EPSILON": "20"}):
        yield


def left() -> Decimal:
    """Return what can be sold of the only sandbox."""
    return budget_left(Sandbox.objects.select_related("listing").get())


def signs(world: World, order: Order, *people: str) -> None:
    """Let people accept the contract of an order."""
    contract = Contract.objects.get(order=order)
    for person in people:
        sign_contract(
            contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor(person)
        )


def refusal_of_order(world: World, listing: Listing) -> str:
    """Order as another organization; answer the code of the refusal."""
    with pytest.raises(WrongState) as refused:
        place_order(
            listing.pk,
            purpose=trading.PURPOSE,
            request_key=str(uuid4()),
            by=world.actor("stranger"),
        )
    return refused.value.code


def test_what_is_promised_to_one_is_not_sold_to_another(world: World, page_of: PageClients) -> None:
    """Neither ordered nor accepted nor signed; the page of the offer says so."""
    listing = given.published(world, FOR_ONE)
    address = reverse("listing_public", args=[listing.pk])
    first, second, third = (
        trading.placed(world, listing, by=by) for by in ("buyer", "stranger", "stranger")
    )
    accept_order(first.pk, by=world.actor("officer"))
    accept_order(second.pk, by=world.actor("officer"))
    signs(world, second, "stranger")
    assert "Left for further buyers today" in page_of("stranger").get(address).content.decode()
    signs(world, first, "officer", "buyer")
    assert Reserved.objects.get().epsilon == 1
    assert left() == 0
    with pytest.raises(WrongState) as accepting:
        accept_order(third.pk, by=world.actor("officer"))
    with pytest.raises(WrongState) as signing:
        signs(world, second, "officer")
    assert accepting.value.code == signing.value.code == "budget-sold"
    assert "spent or promised to others" in signing.value.sentence
    assert refusal_of_order(world, listing) == "budget-sold"
    page = page_of("stranger").get(address).content.decode()
    assert "Its budget is sold" in page
    assert "Order this" not in page


def test_what_was_not_spent_is_free_once_the_contract_ends(world: World) -> None:
    """By termination or with the licence; what was learnt stays learnt."""
    listing = given.published(world, replace(given.OFFERED, epsilon_all=Decimal(2)))
    grant = given.granted(world, listing)
    given.answered(world, grant)
    other = trading.signed(world, trading.placed(world, listing))
    assert left() == 0
    terminate_contract(other.pk, reason=WHY, by=world.actor("buyer"))
    assert left() == 1
    with clock.stopped_at(grant.expires_at + timedelta(days=1)):
        expire_grants(by=trading.SYSTEM)
    assert left() == Decimal("1.5")


def test_what_others_were_answered_is_taken_from_all_once(world: World) -> None:
    listing = given.published(world)
    first, second = (given.granted(world, listing) for _ in range(2))
    assert left() == 1
    for grant in (first, second):
        given.answered(world, grant)
    assert left() == Decimal("1.5"), "the second answer told nobody anything new"


def overdrawn(order: Order) -> None:
    """Let less be there than was promised, as contracts from before reservations could."""
    Sandbox.objects.filter(listing_id=order.listing_id).update(
        epsilon="0.5", epsilon_question="0.5", epsilon_all="0.5"
    )


def test_a_payment_is_refused_where_no_answer_is_left(world: World) -> None:
    """Nothing is taken, and the buyer ends the contract without a payment."""
    order = trading.signed(world, trading.placed(world, given.published(world, FOR_ONE)))
    overdrawn(order)
    with pytest.raises(WrongState) as refused:
        record_payment(order.pk, reference="BANK-0001", by=world.actor("treasurer"))
    assert refused.value.code == "budget-sold"
    ended = terminate_contract(order.pk, reason=WHY, by=world.actor("buyer"))
    assert ended.state == "terminated"


def test_what_is_spent_after_the_payment_is_paid_back(world: World) -> None:
    """Without any answer the refusal says how, and the money goes back to the buyer."""
    listing = given.published(world, replace(given.OFFERED, epsilon_all=Decimal(2)))
    first, second = (given.granted(world, listing) for _ in range(2))
    overdrawn(first.order)
    given.answered(world, first)
    with pytest.raises(WrongState) as refused:
        ask_question(
            second.pk,
            question=Question("sum", "boardings"),
            epsilon=Decimal("0.5"),
            by=world.actor("buyer"),
        )
    assert refused.value.code == "budget-of-all-exhausted"
    assert "terminate the contract" in refused.value.sentence
    terminate_contract(second.order_id, reason=WHY, by=world.actor("buyer"))
    catch_up()
    assert Account.objects.get(kind=AccountKind.BUYER).balance == Decimal("12000.00")


def test_a_budget_by_the_month_is_promised_for_every_month(world: World) -> None:
    """Twelve months that begin within one reach into thirteen; a longer licence asks for more."""
    with pytest.raises(Invalid) as declared:
        given.declared(world, replace(MONTHLY, epsilon_all=Decimal(12)))
    assert "ε 13" in declared.value.fields["epsilon_all"][0]


@pytest.mark.parametrize(("months", "is_there"), [(13, True), (14, False)])
def test_a_longer_licence_is_promised_more_or_refused(
    months: int, is_there: bool, world: World
) -> None:
    """With the second signature; what is refused changes nothing."""
    order = given.granted(world, offered=MONTHLY).order
    terms = replace(order.agreed_terms, licence_months=months)
    contract = Contract.objects.get(order=order)
    amendment = propose_amendment(contract.pk, terms=terms, by=world.actor("buyer"))
    sign_amendment(
        amendment.pk, digest=amendment.digest, password=PASSWORD, by=world.actor("buyer")
    )
    if is_there:
        sign_amendment(
            amendment.pk, digest=amendment.digest, password=PASSWORD, by=world.actor("officer")
        )
    else:
        with pytest.raises(WrongState, match="promised to others"):
            sign_amendment(
                amendment.pk, digest=amendment.digest, password=PASSWORD, by=world.actor("officer")
            )
    assert left() == (0 if is_there else 1)


def test_what_is_sold_is_not_offered_anew(world: World) -> None:
    """Another listing of the same version cannot be submitted while nothing is left."""
    listing = given.published(world, FOR_ONE)
    trading.signed(world, trading.placed(world, listing))
    officer = world.actor("officer")
    withdraw_listing(listing.pk, reason="Anew.", by=officer)
    anew = draft_listing(
        listing.revision.version_id, offer=trading.offer(delivery_mode="sandbox"), by=officer
    )
    declare_sandbox(anew.pk, offered=FOR_ONE, by=officer)
    with pytest.raises(WrongState) as refused:
        submit_listing(anew.pk, by=officer)
    assert refused.value.code == "budget-sold"
