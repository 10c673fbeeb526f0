"""The gate: each missing, expired, frozen or mismatched proof is a refusal of its own."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.listings import gate
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication import services
from marketplace.trading.listings.publication.services import (
    publish_listing,
    resume_listing,
    submit_listing,
    suspend_broken_listings,
)
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.trading.treasury.payment.services import record_payment
from tests.given import trading as given
from tests.given.appraisal import in_force
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    NEXT_MONTH,
    WIDER,
    annotated_version,
    approved_dataset,
    source_version,
)
from tests.given.gate import BREAKS
from tests.given.preparation import masked, policy_document
from tests.given.rights import certified
from tests.given.world import PASSWORD, World

STALE = {"content-not-approved", "right-mismatch", "valuation-missing", "valuation-expired"} | {
    *("ceiling-missing", "ceiling-exceeded", "public-purpose-priced"),
    *("impact-assessment-missing", "quality-unmeasured", "quality-failed"),
}
BOUND = set(BREAKS) - STALE
"""What stops even an order that is bound: the rest takes nothing from who has bought."""


def codes(refusal: Invalid) -> set[str]:
    """Return the codes of all findings."""
    return set(refusal.fields)


def test_every_code_is_broken_somewhere() -> None:
    """The table of codes and these tests do not drift apart."""
    elsewhere = {
        *("second-officer", "valuation-mismatch", "sandbox-missing", "report-missing"),
        "risk-missing",
        # tests/accounts/test_suspension.py suspends the seller, who can then do nothing.
        "seller-suspended",
        # tests/trading/orders/test_lineage.py breaks these.
        *("upstream-frozen", "upstream-cancelled", "upstream-recalled"),
        *("upstream-licence", "upstream-negative-list"),
    }
    assert set(gate.CODES) == set(BREAKS) | elsewhere


def test_an_open_gate_finds_nothing(world: World) -> None:
    """A listing with every proof passes, and each line of the checklist stands."""
    listing = given.drafted(world)
    points = gate.points_of(listing, gate.proofs_of(listing), on=clock.today())
    assert len(points) == 17
    assert [point.finding for point in points if point.finding] == []


def test_a_version_that_was_never_measured_finds_the_gate_shut(world: World) -> None:
    listing = given.drafted(world)
    proofs = replace(gate.proofs_of(listing), risk_report=None)
    found = gate.findings_of(listing, proofs, on=clock.today())
    assert [each.code for each in found] == ["risk-missing"]


@pytest.mark.parametrize("code", BREAKS)
def test_submission_is_refused(code: str, world: World) -> None:
    """Nothing changed, and the refusal says what to do."""
    listing = given.drafted(world)
    with BREAKS[code](world, listing):
        listing = Listing.objects.get(pk=listing.pk)
        before, entries = (
            Listing.objects.filter(pk=listing.pk).values().get(),
            Entry.objects.count(),
        )
        with pytest.raises(Invalid) as refused:
            submit_listing(listing.pk, by=world.actor("officer"))
        assert code in codes(refused.value)
        assert refused.value.code in codes(refused.value)
        assert refused.value.fields[code][0].count(".") >= 2, "what is wrong, and what to do"
        assert Listing.objects.filter(pk=listing.pk).values().get() == before
        assert Entry.objects.count() == entries


@pytest.mark.parametrize("code", BREAKS)
def test_publication_is_refused(code: str, world: World) -> None:
    """A proof that broke after submission stops the second officer, and nothing changed."""
    listing = given.submitted(world)
    with BREAKS[code](world, listing):
        before, entries = (
            Listing.objects.filter(pk=listing.pk).values().get(),
            Entry.objects.count(),
        )
        with pytest.raises(Invalid) as refused:
            publish_listing(
                listing.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("second_reviewer")
            )
        assert code in codes(refused.value)
        assert Listing.objects.filter(pk=listing.pk).values().get() == before
        assert Entry.objects.count() == entries


@pytest.mark.parametrize("code", BREAKS)
def test_ordering_and_accepting_ask_anew(code: str, world: World) -> None:
    """Before any reaction has suspended the listing, its broken proof stops the order."""
    order = given.placed(world)
    with BREAKS[code](world, order.listing):
        entries = Entry.objects.count()
        with pytest.raises(WrongState) as refused:
            place_order(
                order.listing_id, purpose="More.", request_key="two", by=world.actor("buyer")
            )
        assert refused.value.code in gate.CODES
        with pytest.raises(WrongState):
            accept_order(order.pk, by=world.actor("officer"))
        assert Entry.objects.count() == entries


@pytest.mark.parametrize("code", BREAKS)
def test_signing_and_paying_ask_anew(code: str, world: World) -> None:
    """A bound order stops at a broken right or risk, and goes on past a stale valuation."""
    contract = given.signed_by_seller(world)
    buyer, treasurer = world.actor("buyer"), world.actor("treasurer")
    with BREAKS[code](world, contract.order.listing):
        entries = Entry.objects.count()
        if code in BOUND:
            with pytest.raises(WrongState) as refused:
                sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=buyer)
            assert refused.value.code in gate.CODES
            assert Entry.objects.count() == entries
        elif not code.startswith("valuation-"):
            sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=buyer)
            record_payment(contract.order_id, reference="BANK-0001", by=treasurer)


@pytest.mark.parametrize("code", BREAKS)
def test_broken_listings_are_suspended(code: str, world: World) -> None:
    """The centre's software finds them, says which proof broke, and they cannot be resumed."""
    listing = given.published(world)
    with BREAKS[code](world, listing):
        assert suspend_broken_listings(by=given.SYSTEM) == [listing.pk]
        suspended = Listing.objects.get(pk=listing.pk)
        assert (suspended.state, suspended.suspension) == ("suspended", "gate")
        entry = Entry.objects.get(kind="trading.listing_suspended")
        assert entry.payload["code"] in gate.CODES
        assert suspend_broken_listings(by=given.SYSTEM) == []
        if suspended.organization.kind != "centre":
            with pytest.raises(Invalid):
                resume_listing(listing.pk, by=world.actor("officer"))


def test_sound_listings_are_left_alone(world: World) -> None:
    """Nothing is suspended without a finding; people cannot run the watch."""
    given.published(world)
    entries = Entry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        assert suspend_broken_listings(by=given.SYSTEM) == []
    assert len(queries) <= 5, "a sound market costs five queries, however many listings"
    with pytest.raises(NotAllowed):
        suspend_broken_listings(by=world.actor("reviewer"))
    assert Entry.objects.count() == entries


def test_the_watch_of_one_dataset(world: World) -> None:
    """When a proof fell, only the listings of its dataset are asked."""
    listing = given.published(world)
    with BREAKS["risk-digest-mismatch"](world, listing):
        assert suspend_broken_listings(dataset_id=uuid4(), by=given.SYSTEM) == []
        fallen = listing.product.dataset_id
        assert suspend_broken_listings(dataset_id=fallen, by=given.SYSTEM) == [listing.pk]


def test_dates_and_states_are_found_in_a_market_of_any_size(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lapsed is found at once, where the patrol would come by much later."""
    monkeypatch.setattr(services, "PATROL", 0)
    listing = given.published(world)
    with BREAKS["right-frozen"](world, listing):
        assert suspend_broken_listings(by=given.SYSTEM) == [listing.pk]


def test_valuation_of_another_version_does_not_count(world: World) -> None:
    """A newer desensitized version needs a valuation of its own."""
    first = given.masked(world)
    given.valued(world, first)
    source = source_version(first.dataset)
    second = masked(world, source, document=policy_document(source, delay_minutes="drop"))
    assert second.pk != first.pk
    listing = given.drafted(world, second)
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=world.actor("officer"))
    assert codes(refused.value) == {"valuation-mismatch"}


def test_a_right_over_another_table_does_not_count(world: World) -> None:
    """Content with other columns went through review again; its right has to be confirmed too."""
    first = given.drafted(world)
    dataset = first.product.dataset
    annotated_version(world, dataset, table=WIDER)
    submit_dataset(dataset.pk, by=world.actor("officer"))
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    listing = given.drafted(world, given.masked(world, Dataset.objects.get(pk=dataset.pk)))
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=world.actor("officer"))
    assert codes(refused.value) == {"right-mismatch", "valuation-mismatch"}
    stale = gate.proofs_of(listing).certificate

    certificate = certified(world, dataset=dataset)
    assert (certificate.claim.kind, certificate.version) == (
        "change",
        listing.revision.version.parent,
    )
    in_force(world, listing.product.dataset)
    listing = Listing.objects.get(pk=listing.pk)
    assert gate.proofs_of(listing).certificate == certificate != stale
    assert submit_listing(listing.pk, by=world.actor("officer")).state == "submitted"
    old = gate.findings_of(first, gate.newest_proofs(first), on=clock.today())
    assert "right-mismatch" not in {finding.code for finding in old}, "it covers what it was for"


def test_a_right_reaches_the_next_period_of_the_same_table(world: World) -> None:
    """The dataset says that new data comes monthly: April needs no certificate of its own."""
    listing = given.drafted(world)
    updated(world, listing.product.dataset)
    april = given.drafted(
        world, given.masked(world, Dataset.objects.get(pk=listing.product.dataset_id))
    )
    assert april.revision.version.parent != listing.revision.version.parent
    with pytest.raises(Invalid) as refused:
        submit_listing(april.pk, by=world.actor("officer"))
    assert codes(refused.value) == {"valuation-mismatch"}


def test_a_right_over_data_collected_once_is_one_over_these_bytes(world: World) -> None:
    """Nobody said that more would come."""
    dataset = approved_dataset(world, update_frequency="once")
    first = given.masked(world, dataset)
    given.valued(world, first)
    updated(world, dataset)
    listing = given.drafted(world, given.masked(world, Dataset.objects.get(pk=dataset.pk)))
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=world.actor("officer"))
    assert "right-mismatch" in codes(refused.value)


def updated(world: World, dataset: Dataset) -> None:
    """Upload the next month's table and bring it through content review."""
    annotated_version(world, dataset, table=NEXT_MONTH)
    submit_dataset(dataset.pk, by=world.actor("officer"))
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))


def test_several_lacks_are_told_at_once(world: World) -> None:
    """Without right and valuation, both sentences come, the first as the refusal's code."""
    listing = given.drafted(world, given.masked(world))
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=world.actor("officer"))
    assert refused.value.code == "right-missing"
    assert codes(refused.value) == {
        *("right-missing", "valuation-missing", "ceiling-missing"),
    }


def test_who_submitted_cannot_publish(world: World) -> None:
    """Four eyes: even with the role, and even for the seller's other people."""
    listing = given.submitted(world)
    roles = frozenset({"reviewer", "officer"})
    for actor in (
        replace(world.actor("officer"), roles=roles),
        replace(world.actor("colleague"), roles=roles),
    ):
        entries = Entry.objects.count()
        with pytest.raises(NotAllowed) as refused:
            publish_listing(listing.pk, checklist=given.LISTING_CHECKLIST, by=actor)
        assert refused.value.code == "second-officer"
        assert Entry.objects.count() == entries


@pytest.mark.parametrize("code", BREAKS)
def test_the_seller_is_led_to_the_remedy(code: str, world: World) -> None:
    """Each finding names a page that exists."""
    listing = given.drafted(world)
    with BREAKS[code](world, listing):
        listing = Listing.objects.get(pk=listing.pk)
        found = gate.findings_of(listing, gate.proofs_of(listing), on=clock.today())
        assert code in {finding.code for finding in found}
        for finding in found:
            assert reverse(finding.remedy_url_name, args=[finding.remedy_pk])
