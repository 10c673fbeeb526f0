"""The offers of a product move on to a later version, without a new decision or not at all."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.services import withdraw_report
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.freeze.services import freeze_certificate, unfreeze_certificate
from marketplace.trading.listings.advance import services
from marketplace.trading.listings.advance.presentation import later_versions
from marketplace.trading.listings.advance.services import advance_product
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.past_offer.models import PastOffer
from marketplace.trading.listings.plans import Menu, Tier
from marketplace.trading.listings.publication.services import (
    suspend_broken_listings,
    suspend_listing,
    withdraw_listing,
)
from marketplace.trading.listings.renewal.services import approve_renewal
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.orders.bought_sheet.selectors import bought_sheet
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.given import feeds, renewals
from tests.given import trading as given
from tests.given.catalog import NEXT_MONTH
from tests.given.threads import at_once
from tests.given.world import World


def snapshot() -> list[Any]:
    """Return what a refusal must leave as it was."""
    return [
        Entry.objects.count(),
        Revision.objects.count(),
        PastOffer.objects.count(),
        *Listing.objects.order_by("pk").values_list("revision", "state", "sheet_digest"),
    ]


def held(world: World, version_id: Any, code: str, *, by: str = "officer") -> None:
    """Try to put a version live, and see that it is refused and nothing changes."""
    before = snapshot()
    with pytest.raises(Refusal) as refused:
        advance_product(version_id, by=world.actor(by))
    assert refused.value.code == code
    assert snapshot() == before


def test_every_offer_moves_on(world: World) -> None:
    """To the same revision, with its sheet, by one act of the seller and no second officer."""
    file = given.published(world)
    feed = renewals.published(
        world,
        draft_listing(
            file.revision.version_id,
            offer=given.offer(title="The feed", delivery_mode="api"),
            by=world.actor("officer"),
        ),
    )
    first, old_digest = file.revision, file.sheet_digest
    version = feeds.later(world, file)
    revision = advance_product(version.pk, by=world.actor("officer"))
    assert (revision.number, revision.version) == (2, version)
    assert revision.live_at is not None
    for listing in (file, feed):
        listing.refresh_from_db()
        assert (listing.state, listing.revision) == ("published", revision)
        assert listing.sheet is not None
        assert listing.sheet["digests"]["bytes"] == version.sha256
        assert listing.risk_report is not None
        assert listing.risk_report.version_id == version.pk
    past = PastOffer.objects.get(listing=file)
    assert (past.revision, past.sheet_digest) == (first, old_digest)
    assert past.risk_report.version_id == first.version_id
    entry = Entry.objects.get(kind="trading.listing_advanced", subject=f"listing:{file.pk}")
    assert entry.payload["bytes_sha256"] == version.sha256
    assert entry.payload["old_sheet_sha256"] == old_digest
    assert Entry.objects.filter(kind="trading.revision_went_live").count() == 2
    before = snapshot()
    assert advance_product(version.pk, by=world.actor("officer")) == revision
    assert snapshot() == before


def test_it_stands_on_the_market_afterwards(world: World) -> None:
    """The patrol finds nothing, and it is ordered like any other."""
    listing = given.published(world)
    feeds.advanced(world, listing)
    assert suspend_broken_listings(by=given.SYSTEM) == []
    order = given.placed(world, Listing.objects.get(pk=listing.pk))
    assert order.revision.number == 2
    assert given.signed(world, order).state == "signed"


def test_bought_once_stays(world: World) -> None:
    """An order of the first revision is accepted, described and delivered as that."""
    order = given.placed(world)
    listing = order.listing
    old = listing.sheet_digest
    feeds.advanced(world, listing)
    order.refresh_from_db()
    assert bought_sheet(order).sheet_digest == old
    accept_order(order.pk, by=world.actor("officer"))
    contract = Contract.objects.get()
    assert contract.agreed["sheet_sha256"] == old
    assert contract.agreed["bytes_sha256"] == order.revision.version.sha256
    order.refresh_from_db()
    assert bought_sheet(order).sheet_digest == old
    assert "each later revision" not in contract.text


def test_what_a_person_decided_is_not_changed_by_the_way(world: World) -> None:
    """Another policy is another product, and other columns are for a second officer."""
    listing = given.published(world)
    other = feeds.next_month(world, listing, line="redact")
    held(world, other.pk, "nothing-to-advance")
    in_words = feeds.next_month(world, listing, table=NEXT_MONTH.replace("1190", "many"))
    held(world, in_words.pk, "structure-changed")


@pytest.mark.parametrize("what", ["right", "valuation", "report", "verdict"])
def test_the_gate_holds_it(what: str, world: World) -> None:
    """A frozen right, a valuation out of date, a verdict that was withdrawn or is weaker."""
    listing = given.published(world)
    version = feeds.later(world, listing)
    if what == "right":
        certificate = Certificate.objects.get()
        freeze_certificate(certificate.pk, reason="A doubt.", by=world.actor("reviewer"))
        held(world, version.pk, "right-frozen")
    elif what == "valuation":
        Appraisal.objects.update(valid_until=clock.today() - timedelta(days=1))
        held(world, version.pk, "valuation-expired")
    elif what == "report":
        report = RiskReport.objects.get(version=version)
        withdraw_report(report.pk, reason="It was wrong.", by=world.actor("reviewer"))
        held(world, version.pk, "risk-withdrawn")
    else:
        RiskReport.objects.filter(version=version).update(verdict="de-identified")
        held(world, version.pk, "verdict-weaker")


def test_terms_that_the_version_does_not_hold(world: World) -> None:
    """A size with more rows than it has, which buyers of the next day would be promised."""
    sizes = (
        Tier(code="few", label="Few", rows=3, amount=Decimal(100)),
        Tier(code="all", label="All", rows=4, amount=Decimal(120)),
    )
    listing = given.published(world, plan=Menu(tiers=sizes))
    shorter = "\n".join(NEXT_MONTH.splitlines()[:4]) + "\n"
    version = feeds.next_month(world, listing, table=shorter)
    held(world, version.pk, "terms-unfit")


def test_who_may_not(world: World) -> None:
    """Another seller does not see it, and the centre decides on no feed."""
    version = feeds.later(world)
    for person in ("stranger", "reviewer", "buyer"):
        before = snapshot()
        with pytest.raises(Refusal):
            advance_product(version.pk, by=world.actor(person))
        assert snapshot() == before
    with pytest.raises(NotAllowed):
        advance_product(version.pk, by=world.actor("reviewer"))
    assert version.parent is not None
    with pytest.raises(Invalid) as refused:
        advance_product(version.parent.pk, by=world.actor("officer"))
    assert refused.value.code == "not-desensitized"


def test_nothing_moves_back(world: World) -> None:
    """A version that was prepared before what is offered stays what it is."""
    listing = given.published(world)
    first = listing.revision.version
    feeds.advanced(world, listing)
    held(world, first.pk, "earlier-version")


def test_what_is_off_the_market(world: World) -> None:
    """What the seller suspended moves and stays suspended; the centre's does not; what the gate
    suspended comes back; a withdrawn one moves for whoever has a licence."""
    mine = given.published(world)
    version_id, offers = mine.revision.version_id, [mine]
    for title in ("Gated", "Of the centre", "Gone", "Done"):
        draft = draft_listing(version_id, offer=given.offer(title=title), by=world.actor("officer"))
        offers.append(renewals.published(world, draft))
    mine, gated, centres, gone, done = offers
    given.placed(world, gone)
    suspend_listing(mine.pk, reason="A pause.", by=world.actor("officer"))
    suspend_listing(centres.pk, reason="A look.", by=world.actor("reviewer"))
    for listing in (gone, done):
        withdraw_listing(listing.pk, reason="No more.", by=world.actor("officer"))
    Listing.objects.filter(pk=gated.pk).update(state="suspended", suspension="gate")
    feeds.advanced(world, mine)
    found = {
        listing.title: (listing.state, listing.revision.number)
        for listing in Listing.objects.select_related("revision")
    }
    assert found == {
        mine.title: ("suspended", 2),
        "Gated": ("published", 2),
        "Of the centre": ("suspended", 1),
        "Gone": ("withdrawn", 2),
        "Done": ("withdrawn", 1),
    }


def test_the_officer_reads_what_holds_it(world: World, page_of: PageClients) -> None:
    """On the page of the products, with the button once nothing does."""
    listing = given.published(world)
    version = feeds.later(world, listing)
    address = reverse("dataset_products", args=[version.dataset_id])
    act = reverse("product_advance", args=[version.pk])
    page = page_of("officer").get(address).content.decode()
    assert "Later versions" in page
    assert act in page
    certificate = Certificate.objects.get()
    freeze_certificate(certificate.pk, reason="A doubt.", by=world.actor("reviewer"))
    page = page_of("officer").get(address).content.decode()
    assert act not in page
    assert "The certificate of the operating right is frozen" in page
    assert later_versions(version.dataset_id, world.actor("stranger")) == []
    unfreeze_certificate(certificate.pk, by=world.actor("reviewer"))
    done = page_of("officer").post(act)
    assert done.headers["Location"] == address
    assert later_versions(version.dataset_id, world.actor("officer")) == []


def test_the_api_puts_it_live(world: World, api_of: ApiClients) -> None:
    """And answers the revision."""
    version = feeds.later(world)
    told = api_of("officer").post(reverse("api_advance_product", args=[version.pk]))
    assert told.status_code == 200, told.content
    assert told.json()["number"] == 2
    assert told.json()["live_at"]


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_moved_on_six_times_at_once() -> None:
    """Each offer moves once, and orders that come in between are of one revision or the other."""
    world = World()
    listing = given.published(world)
    version = feeds.later(world, listing)
    officer, buyer = world.actor("officer"), world.actor("buyer")

    def one(number: int) -> object:
        if number % 2:
            return advance_product(version.pk, by=officer)
        return place_order(listing.pk, purpose="Pricing.", request_key=f"{number}", by=buyer)

    answers = at_once(6, one)
    assert not [one for one in answers if isinstance(one, Refusal)]
    assert PastOffer.objects.count() == 1
    assert Entry.objects.filter(kind="trading.listing_advanced").count() == 1
    orders = Order.objects.select_related("revision", "listing")
    for order in orders:
        assert order.revision.number in (1, 2)
        assert bought_sheet(order).sheet["digests"]["bytes"] == order.revision.sha256


class Killed(BaseException):
    """A process that ends in the middle of an act."""


@pytest.mark.parametrize(
    ("place", "after"),
    [
        ("register_revision", 0),
        ("let_rows_out", 0),
        ("let_rows_out", 1),
        ("freeze_sheet", 0),
        ("freeze_sheet", 1),
        ("drop_renewal", 1),
        ("record", 0),
        ("record", 1),
        ("release_revision", 0),
    ],
)
def test_killed_in_between(
    place: str, after: int, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All offers move or none; done again afterwards it is as if nothing had been."""
    file = given.published(world)
    renewals.published(
        world,
        draft_listing(
            file.revision.version_id,
            offer=given.offer(title="The feed", delivery_mode="api"),
            by=world.actor("officer"),
        ),
    )
    version, before = feeds.later(world, file), snapshot()
    called = getattr(services, place)
    left = [after]

    def killing(*args: Any, **options: Any) -> Any:
        if not left[0]:
            raise Killed
        left[0] -= 1
        return called(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(services, place, killing)
        with pytest.raises(Killed):
            advance_product(version.pk, by=world.actor("officer"))
    assert snapshot() == before
    assert not Revision.objects.filter(version=version).exists()
    assert advance_product(version.pk, by=world.actor("officer")).number == 2
    assert PastOffer.objects.count() == 2
    assert Entry.objects.filter(kind="trading.listing_advanced").count() == 2
    assert Entry.objects.filter(kind="trading.revision_went_live").count() == 2


def test_a_waiting_renewal_is_dropped(world: World) -> None:
    """It was of the revision before."""
    listing = renewals.waiting(world)
    feeds.advanced(world, listing)
    assert listing.renewals.get().state == "dropped"
    with pytest.raises(WrongState):
        approve_renewal(listing.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("reviewer"))


def test_an_order_goes_on_by_its_own_revision(world: World) -> None:
    """It is signed and paid, whatever became of the verdict on what the listing moved on to."""
    order = given.placed(world)
    revision = feeds.advanced(world, order.listing)
    second = RiskReport.objects.get(version=revision.version)
    withdraw_report(second.pk, reason="It was wrong.", by=world.actor("reviewer"))
    assert given.paid(world, order).state == "paid"
