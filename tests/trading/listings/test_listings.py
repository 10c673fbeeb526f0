"""Listings from draft to withdrawal, and who sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.review.models import Case
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.services import draft_listing, revise_listing
from marketplace.trading.listings.market.selectors import MarketQuery, search_listings
from marketplace.trading.listings.publication.services import (
    publish_listing,
    resume_listing,
    return_listing,
    submit_listing,
    suspend_listing,
    withdraw_listing,
)
from marketplace.trading.listings.sheet.sheet import sheet_digest
from tests.given import trading as given
from tests.given.catalog import approved_dataset, source_version
from tests.given.world import World


def test_draft_holds_the_offer(world: World) -> None:
    """Terms are kept as plain values; the price is in the centre's currency."""
    listing = given.drafted(world, given.masked(world))
    assert listing.state == "draft"
    assert (listing.price, listing.currency) == (Decimal("12000.00"), "CNY")
    assert listing.terms["licence_months"] == 12
    assert listing.sheet is None


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": "  "}),
        ("title", {"title": "x" * 81}),
        ("summary", {"summary": ""}),
        ("price", {"price": Decimal("0")}),
        ("price", {"price": Decimal("-1")}),
        ("price", {"price": Decimal("1.005")}),
        ("price", {"price": Decimal("NaN")}),
        ("price", {"price": Decimal("1E+30")}),
        ("delivery_mode", {"delivery_mode": "fax"}),
        ("purpose", {"terms": replace(given.OFFER.terms, purpose="")}),
        ("licence_months", {"terms": replace(given.OFFER.terms, licence_months=0)}),
        ("acceptance_days", {"terms": replace(given.OFFER.terms, acceptance_days=31)}),
        ("deletion_days", {"terms": replace(given.OFFER.terms, deletion_days=366)}),
        ("onward_transfer", {"terms": replace(given.OFFER.terms, onward_transfer="maybe")}),
        ("restrictions", {"terms": replace(given.OFFER.terms, restrictions="x" * 601)}),
    ],
)
def test_offer_that_breaks_a_rule(field: str, changes: dict[str, object], world: World) -> None:
    """Each rule names its field, for a draft and for a revision, and nothing changed."""
    version = given.masked(world)
    broken, officer = replace(given.OFFER, **changes), world.actor("officer")  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        draft_listing(version.pk, offer=broken, by=officer)
    assert list(refused.value.fields) == [field]
    assert not Listing.objects.exists()
    listing = draft_listing(version.pk, offer=given.OFFER, by=officer)
    with pytest.raises(Invalid):
        revise_listing(listing.pk, offer=broken, by=officer)
    assert Listing.objects.get().title == given.OFFER.title


def test_only_desensitized_versions_are_listed(world: World) -> None:
    """The source never leaves."""
    source = source_version(approved_dataset(world))
    with pytest.raises(Invalid) as refused:
        draft_listing(source.pk, offer=given.OFFER, by=world.actor("officer"))
    assert refused.value.code == "not-desensitized"


def test_the_same_draft_again_is_one(world: World) -> None:
    """Whoever sends a form twice has one draft; with another price, or submitted, it is another."""
    officer, version = world.actor("officer"), given.drafted(world).revision.version
    entries = Entry.objects.count()
    again = draft_listing(version.pk, offer=given.OFFER, by=officer)
    assert (Listing.objects.get(), Entry.objects.count()) == (again, entries)
    dearer = draft_listing(version.pk, offer=given.offer(price=Decimal("2.00")), by=officer)
    assert dearer != again
    submit_listing(again.pk, by=officer)
    assert draft_listing(version.pk, offer=given.OFFER, by=officer) not in (again, dearer)


def test_revision(world: World) -> None:
    """A change is recorded once; the same again changes nothing; not after submission."""
    listing = given.drafted(world)
    officer = world.actor("officer")
    dearer = given.offer(price=Decimal("15000.00"))
    assert revise_listing(listing.pk, offer=dearer, by=officer).price == Decimal("15000.00")
    entries = Entry.objects.count()
    revise_listing(listing.pk, offer=dearer, by=officer)
    assert Entry.objects.count() == entries
    submit_listing(listing.pk, by=officer)
    with pytest.raises(WrongState):
        revise_listing(listing.pk, offer=given.OFFER, by=officer)


def test_submission_binds_the_proofs(world: World) -> None:
    """Certificate, report and valuation are named; a case waits for a reviewer."""
    listing = given.submitted(world)
    assert listing.certificate is not None
    assert listing.risk_report is not None
    assert listing.appraisal is not None
    case = Case.objects.get(kind="listing", state="open")
    assert case.subject == f"listing:{listing.pk}"
    assert case.submitted_by_id == world.person("officer").pk


def test_return_and_submit_again(world: World) -> None:
    """The reason reaches the seller, who corrects and submits anew."""
    listing = given.returned(world)
    assert (listing.state, listing.reason) == ("returned", "Say more of the delays.")
    officer = world.actor("officer")
    revise_listing(listing.pk, offer=given.offer(summary="Delays by line and day."), by=officer)
    again = submit_listing(listing.pk, by=officer)
    assert (again.state, again.reason) == ("submitted", "")


def test_return_needs_a_reason(world: World) -> None:
    """And nothing changed without."""
    listing = given.submitted(world)
    with pytest.raises(Invalid):
        return_listing(listing.pk, reason=" ", by=world.actor("reviewer"))
    assert Listing.objects.get().state == "submitted"
    assert Case.objects.filter(kind="listing", state="open").exists()


def test_publication_freezes_the_sheet(world: World) -> None:
    """The sheet holds what a buyer decides on, under its digest, and outlives later changes."""
    listing = given.published(world)
    sheet = listing.sheet
    assert sheet is not None
    stored = Listing.objects.get().sheet
    assert stored is not None
    assert sheet_digest(stored) == listing.sheet_digest
    assert sheet["dataset"]["title"] == "Bus boardings by line and day"
    assert [column["name"] for column in sheet["columns"]] == [
        *("day", "line", "boardings", "delay_minutes")
    ]
    assert len(sheet["sample"]["rows"]) == 4
    assert sheet["quality"]["filled"] == 1.0
    assert sheet["risk"]["verdict"] == "no-personal-information"
    assert sheet["digests"]["bytes"] == listing.revision.version.file.sha256
    assert sheet["right"]["number"] == listing.certificate.number  # type: ignore[union-attr]
    assert sheet["valuation"]["amount"] == str(listing.appraisal.amount)  # type: ignore[union-attr]
    entry = Entry.objects.get(kind="trading.listing_published")
    assert entry.payload["sheet_sha256"] == listing.sheet_digest


def test_publication_needs_every_tick(world: World) -> None:
    """A checklist that is not ticked publishes nothing."""
    listing = given.submitted(world)
    with pytest.raises(Invalid) as refused:
        publish_listing(listing.pk, checklist=["proofs-read"], by=world.actor("reviewer"))
    assert "checklist" in refused.value.fields
    assert Listing.objects.get().state == "submitted"


def test_suspended_listings_cannot_be_published_by_the_way(world: World) -> None:
    """A suspension is lifted by resuming, not by a second publication."""
    listing = given.suspended(world)
    with pytest.raises(WrongState):
        publish_listing(
            listing.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("second_reviewer")
        )


def test_who_may_resume(world: World) -> None:
    """What the centre suspended, the seller cannot resume; a reviewer can."""
    listing = given.suspended(world, by="reviewer")
    with pytest.raises(NotAllowed):
        resume_listing(listing.pk, by=world.actor("officer"))
    resumed = resume_listing(listing.pk, by=world.actor("reviewer"))
    assert (resumed.state, resumed.suspension, resumed.reason) == ("published", "", "")


def test_the_seller_resumes_their_own_suspension(world: World) -> None:
    """And needs a reason to suspend."""
    listing = given.published(world)
    officer = world.actor("officer")
    with pytest.raises(Invalid):
        suspend_listing(listing.pk, reason="", by=officer)
    suspend_listing(listing.pk, reason="We check it.", by=officer)
    assert resume_listing(listing.pk, by=officer).state == "published"


def test_withdrawal_is_for_good(world: World) -> None:
    """It needs a reason and happens once."""
    listing = given.published(world)
    officer = world.actor("officer")
    with pytest.raises(Invalid):
        withdraw_listing(listing.pk, reason=" ", by=officer)
    withdraw_listing(listing.pk, reason="Replaced.", by=officer)
    for act in (withdraw_listing, suspend_listing):
        with pytest.raises(WrongState):
            act(listing.pk, reason="Again.", by=officer)
    with pytest.raises(WrongState):
        resume_listing(listing.pk, by=officer)


@pytest.mark.parametrize("begun", [given.drafted, given.returned])
def test_a_draft_is_dropped(begun: Callable[[World], Listing], world: World) -> None:
    """By its seller alone; then another one can be written of the same data."""
    listing = begun(world)
    with pytest.raises(NotAllowed):
        withdraw_listing(listing.pk, reason="Not ours.", by=world.actor("reviewer"))
    withdraw_listing(listing.pk, reason="Wrong data.", by=world.actor("officer"))
    another = draft_listing(
        listing.revision.version_id, offer=given.OFFER, by=world.actor("officer")
    )
    assert another.state == "draft"


def test_what_is_submitted_is_not_dropped(world: World) -> None:
    """A second officer is deciding on it."""
    listing = given.submitted(world)
    with pytest.raises(WrongState):
        withdraw_listing(listing.pk, reason="Too late.", by=world.actor("officer"))
    assert Listing.objects.get().state == "submitted"


def test_who_sees_a_draft(world: World) -> None:
    """The seller's people and the centre's staff; nobody else, and no visitor."""
    listing = given.drafted(world)
    for person in ("officer", "colleague", "reviewer", "auditor"):
        assert listings_visible_to(world.actor(person)).filter(pk=listing.pk).exists()
    for by in (world.actor("buyer"), world.actor("stranger"), NOBODY):
        assert not listings_visible_to(by).exists()
    with pytest.raises(NotFound):
        submit_listing(listing.pk, by=world.actor("stranger"))


def test_who_sees_a_suspended_listing(world: World) -> None:
    """It leaves the market, but whoever has ordered it goes on seeing it."""
    order = given.placed(world)
    suspend_listing(order.listing_id, reason="We check it.", by=world.actor("officer"))
    assert listings_visible_to(world.actor("buyer")).exists()
    assert not listings_visible_to(world.actor("stranger")).exists()
    assert not search_listings(MarketQuery(), by=NOBODY).rows.exists()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (MarketQuery(), True),
        (MarketQuery(text="minjiang BOARDINGS"), True),
        (MarketQuery(text="passengers"), True),
        (MarketQuery(text="transport bureau"), True),
        (MarketQuery(text="weather"), False),
        (MarketQuery(theme="transport"), True),
        (MarketQuery(theme="weather"), False),
        (MarketQuery(asset_kind="public_service"), True),
        (MarketQuery(asset_kind="market"), False),
        (MarketQuery(region="minJ"), True),
        (MarketQuery(region="Fuzhou"), False),
        (MarketQuery(price_from=Decimal("12000"), price_to=Decimal("12000")), True),
        (MarketQuery(price_from=Decimal("12000.01")), False),
        (MarketQuery(price_to=Decimal("11999.99")), False),
        (MarketQuery(order="nonsense"), True),
    ],
)
def test_search(wanted: MarketQuery, found: bool, world: World) -> None:
    """Words, theme, kind, region and price narrow the market, by the frozen sheets."""
    listing = given.published(world)
    assert list(search_listings(wanted, by=NOBODY).rows) == ([listing] if found else [])
