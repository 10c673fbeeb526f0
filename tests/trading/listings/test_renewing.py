"""A listing is renewed by a second officer: newer proofs, other days, the history kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.accounts.timeline import timeline_of
from marketplace.core import clock
from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.review.models import Case
from marketplace.rights.certificate.models import Reliance
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.market.selectors import MarketQuery, search_listings
from marketplace.trading.listings.publication.services import (
    suspend_broken_listings,
    suspend_listing,
    withdraw_listing,
)
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.renewal.services import (
    approve_renewal,
    renew_listing,
    return_renewal,
)
from marketplace.trading.listings.sale.values import Sale
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.signature.services import sign_contract
from tests.conftest import PageClients
from tests.given import renewals
from tests.given import trading as given
from tests.given.appraisal import in_force
from tests.given.gate import BREAKS
from tests.given.pipeline import catch_up
from tests.given.world import PASSWORD, World


def test_newer_days_of_sale(world: World) -> None:
    """A sale that is over goes on once a second officer agrees, and not before."""
    yesterday = clock.today() - timedelta(days=1)
    with clock.stopped_at(clock.now() - timedelta(days=2)):
        listing = given.published(world, sale=Sale(on_sale_until=yesterday))
    buyer = world.actor("buyer")
    renewals.waiting(world, listing)
    with pytest.raises(WrongState) as refused:
        place_order(listing.pk, purpose="More.", request_key="one", by=buyer)
    assert refused.value.code == "not-on-sale"
    approve_renewal(
        listing.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )
    place_order(listing.pk, purpose="More.", request_key="one", by=buyer)
    renewal = ListingRenewal.objects.get()
    assert (renewal.state, renewal.decided_at is not None) == ("approved", True)
    assert renewal.old_sheet_digest == listing.sheet_digest
    assert renewal.old_sheet == listing.sheet


def test_newer_proofs_bring_a_suspended_listing_back(world: World) -> None:
    """The valuation was superseded and the listing suspended; renewal binds the new one."""
    listing = given.published(world)
    old = listing.appraisal
    assert old is not None
    newer = in_force(world, listing.product.dataset)
    assert suspend_broken_listings(by=given.SYSTEM) == [listing.pk]
    renew_listing(listing.pk, on_sale_from=None, on_sale_until=None, by=world.actor("officer"))
    assert Listing.objects.get().state == "suspended", "it stays as it is until the decision"
    renewed = approve_renewal(
        listing.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("reviewer")
    )
    assert (renewed.state, renewed.suspension) == ("published", "")
    assert renewed.appraisal == newer != old
    assert renewed.sheet is not None
    assert renewed.sheet["valuation"]["id"] == str(newer.pk)
    entry = Entry.objects.get(kind="trading.listing_renewed")
    assert entry.payload == {
        "sheet_sha256": renewed.sheet_digest,
        "old_sheet_sha256": listing.sheet_digest,
    }
    assert list(search_listings(MarketQuery(), by=NOBODY).rows) == [renewed]


def test_a_bound_order_goes_on_through_a_renewal(world: World) -> None:
    """What was accepted keeps its text, and can be signed before and after."""
    contract = given.contracted(world)
    listing = contract.order.listing
    text = contract.text
    renewals.waiting(world, listing)
    sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor("officer"))
    approve_renewal(
        listing.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )
    sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor("buyer"))
    assert Contract.objects.get().text == text


@pytest.mark.parametrize("code", ["right-frozen", "risk-withdrawn", "grade-core"])
def test_a_broken_proof_is_not_renewed(code: str, world: World) -> None:
    """Neither when it is asked for nor when it is approved; nothing changed."""
    listing = given.published(world)
    officer, reviewer = world.actor("officer"), world.actor("second_reviewer")
    renewals.waiting(world, listing)
    with BREAKS[code](world, listing):
        before = Listing.objects.values().get()
        entries = Entry.objects.count()
        with pytest.raises(Invalid) as refused:
            approve_renewal(listing.pk, checklist=given.LISTING_CHECKLIST, by=reviewer)
        assert refused.value.code == code
        assert Listing.objects.values().get() == before
        assert Entry.objects.count() == entries
        return_renewal(listing.pk, reason="Mend it.", by=reviewer)
        with pytest.raises(Invalid) as refused:
            renew_listing(listing.pk, **renewals.days(), by=officer)
        assert refused.value.code == code
    assert ListingRenewal.objects.get().state == "returned"


def test_what_is_no_renewal(world: World) -> None:
    """Nothing that changes, a day that is past, days the wrong way round, two at once."""
    listing, officer = given.published(world), world.actor("officer")
    today = clock.today()
    with pytest.raises(Invalid) as refused:
        renew_listing(listing.pk, on_sale_from=None, on_sale_until=None, by=officer)
    assert refused.value.code == "nothing-to-renew"
    for first, last in ((None, today - timedelta(days=1)), (today, today - timedelta(days=1))):
        with pytest.raises(Invalid) as refused:
            renew_listing(listing.pk, on_sale_from=first, on_sale_until=last, by=officer)
        assert list(refused.value.fields) == ["on_sale_until"]
    renewals.waiting(world, listing)
    with pytest.raises(WrongState):
        renew_listing(listing.pk, **renewals.days(), by=officer)
    assert ListingRenewal.objects.count() == 1


def test_who_decides(world: World) -> None:
    """Four eyes: no reviewer of the seller, and no one but a reviewer."""
    listing = renewals.waiting(world)
    with pytest.raises(NotAllowed):
        approve_renewal(listing.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("colleague"))
    with pytest.raises(Invalid):
        approve_renewal(listing.pk, checklist=["proofs-read"], by=world.actor("reviewer"))
    with pytest.raises(Invalid):
        return_renewal(listing.pk, reason=" ", by=world.actor("reviewer"))
    assert ListingRenewal.objects.get().state == "waiting"


def test_what_the_centre_suspended_is_not_renewed(world: World) -> None:
    """A reviewer resumes it; a renewal is no way round, also when it waited already."""
    listing = given.suspended(world, by="reviewer")
    with pytest.raises(WrongState):
        renew_listing(listing.pk, **renewals.days(), by=world.actor("officer"))


def test_a_suspension_by_the_centre_stops_a_waiting_renewal(world: World) -> None:
    """It can be returned then, and not approved."""
    listing = renewals.waiting(world)
    suspend_listing(listing.pk, reason="A complaint.", by=world.actor("reviewer"))
    with pytest.raises(WrongState):
        approve_renewal(
            listing.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("second_reviewer")
        )
    return_renewal(listing.pk, reason="Answer it.", by=world.actor("second_reviewer"))


def test_withdrawal_drops_a_renewal(world: World) -> None:
    """No case is left in the queue."""
    listing = renewals.waiting(world)
    withdraw_listing(listing.pk, reason="Given up.", by=world.actor("officer"))
    assert ListingRenewal.objects.get().state == "dropped"
    assert not Case.objects.filter(kind="listing", state="open").exists()


def test_the_register_follows(world: World) -> None:
    """The listing rests on the certificate of now."""
    listing = renewals.renewed(world)
    catch_up()
    noted = Reliance.objects.get(subject=f"listing:{listing.pk}")
    assert (noted.certificate_id, noted.is_current) == (listing.certificate_id, True)
    kinds = [row.entry.kind for row in timeline_of(f"listing:{listing.pk}", by=NOBODY)]
    assert "trading.listing_renewed" in kinds


def test_pages(world: World, page_of: PageClients) -> None:
    """The seller is told that it waits and why it came back; the reviewer sees the days."""
    listing = renewals.waiting(world)
    officer, reviewer = page_of("officer"), page_of("reviewer")
    detail = reverse("listing_detail", args=[listing.pk])
    assert "A renewal waits" in officer.get(detail).content.decode()
    review = reviewer.get(reverse("listing_review", args=[listing.pk])).content.decode()
    assert "Renew the listing" in review
    sent = reviewer.post(reverse("renewal_return", args=[listing.pk]), {"reason": ""})
    assert sent.status_code == 422
    reviewer.post(reverse("renewal_return", args=[listing.pk]), {"reason": "Say more <b>."})
    assert "Say more &lt;b&gt;." in officer.get(detail).content.decode()
    renew = reverse("listing_renew", args=[listing.pk])
    refused = officer.post(renew, {"on_sale_until": "2001-01-01"})
    assert refused.status_code == 422
    assert "not past" in refused.content.decode()
