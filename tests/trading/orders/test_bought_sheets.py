"""Who ordered keeps the description that they decided on, whatever becomes of the offer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from marketplace.core.errors import NotFound
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import suspend_listing, withdraw_listing
from marketplace.trading.orders.bought_sheet.selectors import bought_sheet
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.given import disputes, renewals
from tests.given import trading as given
from tests.given.appraisal import in_force
from tests.given.world import World


def valued_anew(world: World, listing: Listing) -> Listing:
    """Renew a listing with a newer valuation, by which its sheet is another."""
    in_force(world, listing.product.dataset)
    return renewals.renewed(world, listing)


ENDINGS: dict[str, Callable[[World, Listing], object]] = {
    "replaced": lambda world, listing: renewals.published(
        world, renewals.successor(world, listing)
    ),
    "renewed": valued_anew,
    "suspended": lambda world, listing: suspend_listing(
        listing.pk, reason="We check it.", by=world.actor("officer")
    ),
    "withdrawn": lambda world, listing: withdraw_listing(
        listing.pk, reason="No more.", by=world.actor("officer")
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_bought_description_stays_with_its_buyer(
    ending: str, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """On a page of the order and in the API, by the digest that the contract names."""
    order = given.completed(world)
    sheet, digest = order.listing.sheet, order.listing.sheet_digest
    ENDINGS[ending](world, order.listing)
    order = Order.objects.get(pk=order.pk)
    assert Contract.objects.get(order=order).agreed["sheet_sha256"] == digest
    address = reverse("order_sheet", args=[order.pk])
    assert address in page_of("buyer").get(order_page(order)).content.decode()
    page = page_of("buyer").get(address)
    assert page.status_code == 200
    assert digest in page.content.decode()
    assert "Boardings and mean delay of each bus line" in page.content.decode()
    answer = api_of("buyer").get(reverse("api_get_order_sheet", args=[order.pk]))
    assert answer.json() == {"sheet": sheet, "sheet_digest": digest}
    assert page_of("stranger").get(address).status_code == 404


def order_page(order: Order) -> str:
    """Return the address of an order's page."""
    return reverse("order_detail", args=[order.pk])


def test_before_there_is_a_contract_it_is_what_the_buyer_saw(world: World) -> None:
    """And what the contract names, once the seller accepts after a renewal."""
    order = given.placed(world)
    first = order.listing.sheet_digest
    listing = valued_anew(world, order.listing)
    order = Order.objects.get(pk=order.pk)
    assert listing.sheet_digest != first
    assert bought_sheet(order).sheet_digest == first
    order = Order.objects.get(pk=given.accepted(world, order).pk)
    assert bought_sheet(order).sheet_digest == listing.sheet_digest


def test_a_dispute_names_what_was_bought(world: World) -> None:
    order = given.delivered(world)
    bought = order.listing.sheet_digest
    assert valued_anew(world, order.listing).sheet_digest != bought
    dispute = disputes.opened(world, Order.objects.get(pk=order.pk))
    assert dispute.dossier["sheet_sha256"] == bought


def test_a_description_that_was_never_kept_is_not_made_up(world: World) -> None:
    order = given.accepted(world)
    Listing.objects.filter(pk=order.listing_id).update(sheet_digest="0" * 64)
    with pytest.raises(NotFound):
        bought_sheet(Order.objects.get(pk=order.pk))
