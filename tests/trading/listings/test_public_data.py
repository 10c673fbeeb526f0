"""Public data is free for public purposes, and otherwise sold under a ceiling."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from marketplace.appraisal.ceiling.models import CeilingIncome
from marketplace.appraisal.ceiling.selectors import accounts_of
from marketplace.core.errors import Invalid, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.notices.models import Notice
from marketplace.pipeline.models import SetAside
from marketplace.trading.books.models import Transfer
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import Offer, draft_listing
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.treasury.payment.services import record_payment
from tests.given import ceilings
from tests.given import trading as given
from tests.given.appraisal import in_force
from tests.given.catalog import approved_dataset
from tests.given.pipeline import catch_up
from tests.given.rights import certified
from tests.given.world import World

PUBLIC = replace(given.OFFER.terms, public_purpose=True)
FREE = replace(given.OFFER, price=Decimal("0.00"), terms=PUBLIC)


def provable(world: World, asset_kind: str = "government") -> Listing:
    """Draft a listing of data with every proof but a price ceiling."""
    version = given.masked(world, approved_dataset(world, asset_kind=asset_kind))
    certified(world, dataset=version.dataset)
    in_force(world, version.dataset)
    return draft_listing(version.pk, offer=given.OFFER, by=world.actor("officer"))


def free_listing(world: World) -> Listing:
    """Bring public data to the market for public purposes."""
    version = given.masked(world)
    certified(world, dataset=version.dataset)
    in_force(world, version.dataset)
    listing = draft_listing(version.pk, offer=FREE, by=world.actor("officer"))
    submit_listing(listing.pk, by=world.actor("officer"))
    return publish_listing(
        listing.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )


def test_without_a_ceiling_public_data_is_not_sold(world: World) -> None:
    """The refusal says what to do; with a ceiling it goes through."""
    listing = provable(world)
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=world.actor("officer"))
    assert refused.value.code == "ceiling-missing"
    assert "Draft one for this period" in refused.value.sentence
    ceilings.in_force(world, listing.product.dataset)
    assert submit_listing(listing.pk, by=world.actor("officer")).state == "submitted"


def test_market_data_needs_no_ceiling(world: World) -> None:
    """Its price is the seller's."""
    listing = provable(world, asset_kind="market")
    assert submit_listing(listing.pk, by=world.actor("officer")).state == "submitted"


@pytest.mark.parametrize(("units", "passes"), [(575, True), (576, False)])
def test_the_price_stays_at_or_under_the_ceiling(units: int, passes: bool, world: World) -> None:
    """6,900,000 / 575 is exactly the price of 12,000."""
    listing = provable(world)
    ceilings.in_force(world, listing.product.dataset, expected_units=units)
    if passes:
        assert submit_listing(listing.pk, by=world.actor("officer")).state == "submitted"
        return
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=world.actor("officer"))
    assert refused.value.code == "ceiling-exceeded"
    assert "11,979.16 CNY" in refused.value.sentence


@pytest.mark.parametrize(
    "offer",
    [
        replace(given.OFFER, terms=PUBLIC),
        replace(given.OFFER, price=Decimal("0.00")),
        replace(FREE, price=Decimal("0.01")),
    ],
)
def test_free_is_for_public_purposes_and_public_purposes_are_free(
    offer: Offer, world: World
) -> None:
    """Each without the other is refused at the price."""
    with pytest.raises(Invalid) as refused:
        draft_listing(given.masked(world).pk, offer=offer, by=world.actor("officer"))
    assert list(refused.value.fields) == ["price"]


def test_free_data_is_delivered_without_a_payment(world: World) -> None:
    """Signed by both sides it is open to the buyer; no money moves and no account is written."""
    order = given.signed(world, given.placed(world, free_listing(world)))
    assert (order.state, order.price) == ("paid", Decimal("0.00"))
    contract = Contract.objects.get(order=order)
    assert "free of charge" in contract.text
    assert "public governance or public welfare alone" in contract.text
    with pytest.raises(WrongState):
        record_payment(order.pk, reference="BANK-0001", by=world.actor("treasurer"))
    catch_up()
    assert Grant.objects.filter(order=order).count() == 1
    assert not Notice.objects.filter(kind="payment_awaited").exists()
    mark_delivered(order.pk, by=given.SYSTEM)
    assert accept_delivery(order.pk, by=world.actor("buyer")).state == "completed"
    catch_up()
    assert not Transfer.objects.exists()
    assert not CeilingIncome.objects.exists()
    assert not SetAside.objects.filter(reaction="return_income").exists()


def test_income_of_a_settled_trade_returns_to_the_ceiling(world: World) -> None:
    """The reaction writes the whole price, fee included, exactly once."""
    order = given.completed(world)
    catch_up()
    catch_up()
    income = CeilingIncome.objects.get()
    assert (income.source, income.amount, income.currency) == (order.pk, order.price, "CNY")
    (account,) = accounts_of([income.ceiling])
    assert account.income == Decimal("12000.00")
    assert not SetAside.objects.filter(reaction="return_income").exists()


def test_a_closed_ceiling_takes_the_listing_off_the_market(world: World) -> None:
    """What was bought before is delivered; nothing new is sold until there is another ceiling."""
    order = given.paid(world)
    listing = order.listing
    ceilings.closed(world, listing.product.dataset.ceilings.get())
    catch_up()
    listing.refresh_from_db()
    assert (listing.state, listing.suspension) == ("suspended", "gate")
    assert mark_delivered(order.pk, by=given.SYSTEM).state == "delivered"
