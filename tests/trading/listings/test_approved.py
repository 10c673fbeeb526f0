"""What a reviewer approved is what the market shows and the gate judges, until the next approval.

Officers gain by words that nobody read: each test is an attempt to get some on the market, or to
lose an offer by what merely waits.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from marketplace.catalog.approval.services import approve_dataset, return_dataset, submit_dataset
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.dataset.services import reopen_dataset, retire_dataset, revise_dataset
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.new_version.services import take_up_version
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.catalog.version.services import annotate_columns
from marketplace.core import clock
from marketplace.core.errors import Invalid, Refusal, WrongState
from marketplace.delivery.dossier.selectors import archive_of
from marketplace.delivery.use.services import IssuedKey, make_grant_key
from marketplace.notices.models import Notice
from marketplace.preparation.report.services import withdraw_report
from marketplace.rights.certificate.particulars import certificate_fields
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.rights.registration.services import confirm_claim
from marketplace.trading.listings import gate
from marketplace.trading.listings.advance.services import advance_product
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.publication.services import (
    submit_listing,
    suspend_broken_listings,
    suspend_listing,
)
from marketplace.trading.orders.negotiation.services import place_order
from tests.conftest import PageClients
from tests.delivery.test_sharing import ask
from tests.given import arrivals, feeds, origins, rights
from tests.given import trading as given
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    NEXT_MONTH,
    SLIGHT,
    WIDER,
    approved_dataset,
    description,
    source_version,
    uploaded_version,
)
from tests.given.pipeline import catch_up
from tests.given.state import kept_rows
from tests.given.world import World

UNREAD = "Zanzibar"
"""A word that no reviewer read."""

WORDS = description(
    **{
        name: f"{UNREAD} {name}"
        for name in (
            *("title", "abstract", "source_description", "legal_basis"),
            *("region", "time_scope", "contact"),
        )
    },
    theme="health",
)
CATALOG = frozenset({"catalog_dataset", "catalog_column", "catalog_approvedcontent"})
"""Where what officers say of data stands."""
TOLD = (
    *("listing_public", "listing_policy", "listing_contract", "listing_history", "listing_feed"),
    *("api_get_market_listing", "api_list_market_revisions", "api_get_market_freshness"),
)
"""What tells of a listing to whoever buys."""
OF_ORDER = ("order_detail", "order_sheet", "order_policy", "order_papers")
OF_GRANT = ("grant_detail", "grant_codebook", "grant_manifest", "grant_changelog")


def sold(world: World) -> IssuedKey:
    """Sell each revision of a feed as a shared table."""
    grant = feeds.followed(world, "sharing")
    arrivals.fed(world, grant.listing.product.dataset)
    return make_grant_key(grant.pk, days=30, by=world.actor("buyer"))


def say(world: World, dataset: Dataset, **changes: str) -> None:
    """Let an officer say of a dataset, and of each column, what nobody has approved."""
    officer = world.actor("officer")
    if Dataset.objects.get(pk=dataset.pk).is_approved:
        reopen_dataset(dataset.pk, by=officer)
    revise_dataset(dataset.pk, description=replace(WORDS, **changes), by=officer)
    version = source_version(Dataset.objects.get(pk=dataset.pk))
    meanings = [
        ColumnAnnotation(one.name, f"{UNREAD} {one.name}", f"{UNREAD} means", UNREAD)
        for one in columns_of(version)
    ]
    annotate_columns(version.pk, columns=meanings, by=officer)


def decided(world: World, dataset: Dataset, *, is_approved: bool) -> None:
    """Submit a dataset, and let a reviewer approve it or send it back."""
    submit_dataset(dataset.pk, by=world.actor("officer"))
    if is_approved:
        approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    else:
        return_dataset(dataset.pk, reason="This is not so.", by=world.actor("reviewer"))
    catch_up()


def shown(world: World, issued: IssuedKey) -> Iterator[tuple[str, str]]:
    """Yield what buyers and strangers are told of what is on offer, with where."""
    grant = issued.key.grant
    listing = Listing.objects.get(pk=grant.listing_id)
    clients = PageClients(world)
    for person in ("", "buyer"):
        reads = clients(person)
        for address in (reverse("market"), reverse("api_search_market")):
            yield f"{person} {address}", reads.get(address).content.decode()
            found = reads.get(address, {"q": UNREAD}).content.decode()
            assert listing.title not in found, "the market is searched by what is approved"
        for name in TOLD:
            yield f"{person} {name}", reads.get(reverse(name, args=[listing.pk])).content.decode()
    for names, key in ((OF_ORDER, grant.order_id), (OF_GRANT, grant.pk)):
        for name in names:
            answer = reads.get(reverse(name, args=[key]))
            assert answer.status_code == 200, name
            yield name, answer.content.decode()
    for route in ("sharing_table_metadata", "sharing_all_tables"):
        names_of = {"share": "centre"} if route == "sharing_all_tables" else {}
        yield route, ask(issued, route, **names_of).content.decode()
    archive = b"".join(archive_of(grant.order_id, by=world.actor("buyer")))
    with zipfile.ZipFile(io.BytesIO(archive)) as papers:
        for name in papers.namelist():
            yield f"papers {name}", papers.read(name).decode("utf-8", errors="replace")


def kept_outside() -> list[str]:
    """Name the tables, but for the catalog, in which the word is kept; nobody else is told it."""
    rows = kept_rows()
    told = Notice.objects.exclude(person__organization__kind="centre")
    others = told.exclude(person__organization=World().organization("officer"))
    assert UNREAD not in str(list(others.values()))
    aside = {*CATALOG, Notice._meta.db_table}
    return [table for table in rows if table not in aside and UNREAD in str(rows[table])]


def stands(issued: IssuedKey) -> None:
    """See that the offer stands."""
    listing = Listing.objects.get(pk=issued.key.grant.listing_id)
    assert listing.state == "published"
    assert suspend_broken_listings(dataset_id=listing.product.dataset_id, by=given.SYSTEM) == []
    found = gate.points_of(listing, gate.bound_proofs(listing), on=clock.today())
    assert [point.finding for point in found if point.finding] == []


def nothing_leaks(world: World, issued: IssuedKey) -> None:
    """See that the offer stands as it was approved, and that nothing unread is told or kept."""
    stands(issued)
    assert [where for where, text in shown(world, issued) if UNREAD in text] == []
    assert kept_outside() == []


def test_other_columns_take_nothing_off_the_market(world: World) -> None:
    """Waiting, refused and approved, the next table changes nothing of what is on offer."""
    issued = sold(world)
    listing = issued.key.grant.listing
    dataset, title = listing.product.dataset, listing.product.dataset.title
    wider = arrivals.arrived(world, dataset, table=WIDER)
    stands(issued)
    take_up_version(wider.pk, by=world.actor("officer"))
    dataset.refresh_from_db()
    assert not dataset.is_approved
    stands(issued)
    say(world, dataset)
    stands(issued)
    decided(world, dataset, is_approved=False)
    nothing_leaks(world, issued)
    order = place_order(
        listing.pk, purpose=given.PURPOSE, request_key="meanwhile", by=world.actor("second_buyer")
    )
    assert order.state == "placed"
    decided(world, dataset, is_approved=True)
    nothing_leaks(world, issued)
    listing.refresh_from_db()
    assert listing.revision.version.described.title == title
    assert source_version(dataset).described.title == WORDS.title


def test_words_of_the_same_table_wait_for_their_approval(world: World) -> None:
    """What an officer writes after the approval advertises nothing; approved, it does."""
    issued = sold(world)
    dataset = issued.key.grant.listing.product.dataset
    say(world, dataset, title=dataset.title, source_description=dataset.source_description,
        legal_basis=dataset.legal_basis, region=dataset.region)  # fmt: skip
    stands(issued)
    decided(world, dataset, is_approved=False)
    nothing_leaks(world, issued)
    decided(world, dataset, is_approved=True)
    listing = Listing.objects.get(pk=issued.key.grant.listing_id)
    assert listing.state == "published", "the right covers it as it is described"
    arrivals.arrived(world, dataset, table=NEXT_MONTH)
    listing.refresh_from_db()
    assert listing.revision.number == 2
    assert listing.sheet is not None
    assert listing.sheet["dataset"]["abstract"] == WORDS.abstract
    assert listing.sheet["columns"][0]["meaning"] == f"{UNREAD} means"
    assert listing.theme == "health"


def test_the_same_columns_bring_no_unread_words_along(world: World) -> None:
    """A later table of the feed is held while what the data is waits for its review."""
    issued = sold(world)
    dataset = issued.key.grant.listing.product.dataset
    say(world, dataset)
    version = arrivals.arrived(world, dataset, table=NEXT_MONTH)
    assert version.content is None
    assert not DatasetVersion.objects.filter(parent=version).exists()
    stands(issued)
    assert kept_outside() == []


def test_what_was_prepared_goes_live_as_it_was_approved(world: World) -> None:
    """Words that are changed between the run and the act that puts it live are not taken along."""
    listing = given.published(world)
    version = feeds.later(world, listing)
    before = version.described
    say(world, listing.product.dataset)
    advance_product(version.pk, by=world.actor("officer"))
    listing.refresh_from_db()
    assert listing.revision.version == version
    assert listing.sheet is not None
    assert listing.sheet["dataset"]["abstract"] == before.abstract
    assert listing.revision.period == before.time_scope
    assert kept_outside() == []


def test_a_new_offer_is_drafted_of_what_was_approved(world: World, page_of: PageClients) -> None:
    """Its page proposes the approved title, and its sheet has the approved words."""
    listing = given.published(world)
    dataset = listing.product.dataset
    say(world, dataset)
    page = page_of("officer").get(reverse("listing_draft", args=[listing.revision.version_id]))
    assert dataset.title in page.content.decode()
    assert UNREAD not in page.content.decode()
    other = draft_listing(
        listing.revision.version_id,
        offer=given.offer(title="By rows", delivery_mode="api"),
        by=world.actor("officer"),
    )
    assert submit_listing(other.pk, by=world.actor("officer")).state == "submitted"
    review = page_of("second_reviewer").get(reverse("listing_review", args=[other.pk]))
    assert UNREAD not in review.content.decode()


@pytest.mark.parametrize("what", ["retired", "frozen", "suspended", "withdrawn"])
def test_what_stops_trade_stops_it_at_once(what: str, world: World) -> None:
    """While other data waits for its review, too."""
    listing = given.published(world)
    uploaded_version(world, listing.product.dataset, table=WIDER)
    reviewer = world.actor("reviewer")
    assert listing.certificate is not None
    assert listing.risk_report is not None
    if what == "retired":
        retire_dataset(listing.product.dataset_id, reason="It ends.", by=world.actor("officer"))
    elif what == "frozen":
        freeze_certificate(listing.certificate.pk, reason="A court order.", by=reviewer)
    elif what == "suspended":
        suspend_listing(listing.pk, reason="A doubt.", by=reviewer)
    else:
        withdraw_report(listing.risk_report.pk, reason="It was wrong.", by=reviewer)
    with pytest.raises(Refusal):
        place_order(listing.pk, purpose=given.PURPOSE, request_key="now", by=world.actor("buyer"))


def test_harm_is_judged_as_it_was_approved(world: World) -> None:
    """A grade that an officer lowers opens nothing before a reviewer has approved it."""
    harm = (Impact(HarmedObject.ECONOMY, HarmDegree.GENERAL),)
    dataset = approved_dataset(world, impacts=harm)
    listing = given.drafted(world, given.masked(world, dataset))
    officer = world.actor("officer")
    reopen_dataset(dataset.pk, by=officer)
    grade_dataset(dataset.pk, impacts=SLIGHT, negative_list=(), by=officer)
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=officer)
    assert "grade-mode" in refused.value.fields
    submit_dataset(dataset.pk, by=officer)
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    listing = Listing.objects.get(pk=listing.pk)
    found = gate.findings_of(listing, gate.newest_proofs(listing), on=clock.today())
    assert "grade-mode" not in {each.code for each in found}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"impacts": SLIGHT, "negative_list": ("state-secret",)}, "negative-list"),
        (
            {
                "impacts": (Impact(HarmedObject.ECONOMY, HarmDegree.GENERAL),),
                "negative_list": (),
            },
            "grade-mode",
        ),
    ],
)
def test_what_its_holder_says_is_worse_counts_at_once(
    said: dict[str, Any], code: str, world: World
) -> None:
    """No order waits for the review of a danger."""
    listing = given.published(world)
    officer = world.actor("officer")
    reopen_dataset(listing.product.dataset_id, by=officer)
    grade_dataset(listing.product.dataset_id, **said, by=officer)
    listing = Listing.objects.get(pk=listing.pk)
    found = gate.findings_of(listing, gate.newest_proofs(listing), on=clock.today())
    assert code in {each.code for each in found}
    with pytest.raises(Refusal):
        place_order(listing.pk, purpose=given.PURPOSE, request_key="now", by=world.actor("buyer"))


def test_the_negative_list_is_left_by_a_review_alone(world: World) -> None:
    """What was made of data on it stays shut while its holder merely says that it is off."""
    listing = given.published(world)
    source = approved_dataset(world, title="Secret", negative_list=("state-secret",))
    origins.made_from(world, listing.product.dataset, source)
    officer = world.actor("officer")
    reopen_dataset(source.pk, by=officer)
    grade_dataset(source.pk, impacts=SLIGHT, negative_list=(), by=officer)
    with pytest.raises(WrongState) as refused:
        place_order(listing.pk, purpose=given.PURPOSE, request_key="one", by=world.actor("buyer"))
    assert refused.value.code == "upstream-negative-list"
    decided(world, source, is_approved=True)
    place_order(listing.pk, purpose=given.PURPOSE, request_key="two", by=world.actor("buyer"))


def test_the_register_publishes_and_certifies_what_was_approved(
    world: World, page_of: PageClients
) -> None:
    """Neither the notice for everybody nor a certificate has words of an officer alone."""
    claim = rights.published_claim(world)
    told = {name: getattr(claim.dataset, name) for name in ("title", "abstract", "time_scope")}
    say(world, claim.dataset)
    visitor = page_of("")
    for address in (
        reverse("public_notice", args=[claim.pk]),
        *map(reverse, ("public_notice_list", "public_notice_feed", "api_list_public_notices")),
    ):
        page = visitor.get(address).content.decode()
        assert told["title"] in page
        assert UNREAD not in page
    waived = rights.waived_claim(World(), dataset=approved_dataset(world, title="Other data"))
    say(world, waived.dataset)
    with pytest.raises(WrongState) as refused:
        confirm_claim(
            waived.pk, checklist=rights.RIGHT_CHECKLIST, by=world.actor("second_reviewer")
        )
    assert refused.value.code == "content-not-approved"
    assert UNREAD not in str(certificate_fields(waived))


def test_approved_content_is_kept_once_an_approval(world: World) -> None:
    """With the data that it is about; what a run makes of it is that too."""
    listing = given.published(world)
    version = listing.revision.version
    assert ApprovedContent.objects.count() == 1
    assert version.content == version.source.content == ApprovedContent.objects.get()
    say(world, listing.product.dataset)
    assert ApprovedContent.objects.count() == 1
    decided(world, listing.product.dataset, is_approved=True)
    version.refresh_from_db()
    assert ApprovedContent.objects.count() == 2
    assert version.described.title == WORDS.title


def test_the_reviewer_reads_what_changed(world: World, page_of: PageClients) -> None:
    """Each word that is another than it was approved, and the columns."""
    listing = given.published(world)
    dataset = listing.product.dataset
    uploaded_version(world, dataset, table=WIDER)
    page = page_of("officer").get(reverse("dataset_detail", args=[dataset.pk])).content.decode()
    assert "goes on as it was approved" in page
    say(world, dataset)
    submit_dataset(dataset.pk, by=world.actor("officer"))
    review = page_of("reviewer").get(reverse("dataset_review", args=[dataset.pk])).content.decode()
    for words in (f"<del>{dataset.title}</del>", f"<ins>{WORDS.title}</ins>", "weather ("):
        assert words in review
