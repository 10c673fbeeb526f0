"""What is sold: a dataset with its policy is a product, and what a version brought a revision."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import triggers
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.ledger.models import Entry
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.publication.services import withdraw_listing
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.listings.revision.services import register_revision
from tests.conftest import ApiClients, PageClients
from tests.given import renewals
from tests.given import trading as given
from tests.given.catalog import NEXT_MONTH, approved_dataset, source_version
from tests.given.preparation import classified, masked, next_version, policy_document
from tests.given.threads import at_once
from tests.given.world import World


def april(world: World, source: DatasetVersion, document: Any = None) -> DatasetVersion:
    """Desensitize the next month of a source by the policy of the month before."""
    newer = next_version(world, source, table=NEXT_MONTH)
    return masked(world, newer, document=document or policy_document(source))


def two_months(world: World) -> list[DatasetVersion]:
    """Desensitize two months of a dataset by the same policy."""
    source = classified(source_version(approved_dataset(world)))
    march = masked(world, source, document=policy_document(source))
    return [march, april(world, source)]


def kinds(product: Product) -> list[str]:
    """Name the facts about a product and its revisions, in order."""
    subjects = [f"product:{product.pk}", *(f"revision:{one.pk}" for one in product.revisions.all())]
    rows = Entry.objects.filter(subject__in=subjects).order_by("pk")
    return [kind.partition(".")[2] for kind in rows.values_list("kind", flat=True)]


def test_a_draft_makes_product_and_revision(world: World) -> None:
    """The revision freezes run, verdict, both digests and what the dataset said of its time."""
    listing = given.drafted(world)
    product, revision = listing.product, listing.revision
    version = revision.version
    assert (product.organization_id, product.dataset_id) == (
        listing.organization_id,
        version.dataset_id,
    )
    assert (product.treatment, revision.number, revision.live_at) == ("masked", 1, None)
    assert revision.prepared_by.result_version_id == version.pk
    assert revision.policy_sha256 == revision.prepared_by.followed.digest
    assert revision.sha256 == version.sha256
    assert revision.verdict == version.risk_reports.get().verdict
    assert revision.period == version.dataset.time_scope
    assert kinds(product) == ["product_registered", "revision_registered"]


def test_a_draft_anew_finds_them(world: World) -> None:
    """A version is one revision for ever, however often it is offered."""
    first = given.drafted(world)
    withdraw_listing(first.pk, reason="Mistyped.", by=world.actor("officer"))
    second = given.drafted(world, first.revision.version)
    assert second.pk != first.pk
    assert (second.product_id, second.revision_id) == (first.product_id, first.revision_id)
    assert kinds(first.product) == ["product_registered", "revision_registered"]


def test_two_versions_by_one_policy_are_two_revisions(world: World) -> None:
    """Of one product; the policy of each was confirmed for itself."""
    march, april = (given.drafted(world, version) for version in two_months(world))
    assert march.product_id == april.product_id
    assert (march.revision.number, april.revision.number) == (1, 2)
    assert march.revision.version.parent_id != april.revision.version.parent_id


def test_another_policy_is_another_product(world: World) -> None:
    """Which leaves a column out."""
    source = classified(source_version(approved_dataset(world)))
    whole = given.drafted(world, masked(world, source, document=policy_document(source)))
    document = policy_document(source, delay_minutes="drop")
    part = given.drafted(world, april(world, source, document))
    assert part.product_id != whole.product_id
    assert part.product.dataset_id == whole.product.dataset_id
    assert (whole.revision.number, part.revision.number) == (1, 1)


def test_a_revision_goes_live_once(world: World) -> None:
    """With the first offer that is published; a second one of the same version changes nothing."""
    listing = given.published(world)
    live_at = Revision.objects.get().live_at
    assert live_at is not None
    assert kinds(listing.product)[2:] == ["revision_went_live"]
    renewals.published(world, renewals.successor(world, listing))
    assert Listing.objects.filter(published_at__isnull=False).count() == 2
    assert Revision.objects.get().live_at == live_at
    assert kinds(listing.product)[2:] == ["revision_went_live"]


def test_who_may_not_offer_makes_none(world: World) -> None:
    """Nor is a source version ever a revision."""
    version = given.masked(world)
    with pytest.raises(NotAllowed):
        register_revision(version.pk, by=world.actor("reviewer"))
    assert version.parent is not None
    with pytest.raises(Invalid) as refused:
        register_revision(version.parent.pk, by=world.actor("officer"))
    assert refused.value.code == "not-desensitized"
    assert (Product.objects.count(), Revision.objects.count()) == (0, 0)


PRODUCT = (
    "created_at",
    "policy_sha256",
    "treatment",
    "key_columns",
    "dataset_id",
    "organization_id",
)
REVISION = (
    *("created_at", "number", "policy_sha256", "sha256", "verdict", "period", "live_at"),
    *("product_id", "version_id", "run_id"),
)


def copied(table: str, columns: tuple[str, ...], **changes: str) -> str:
    """Write the statement that copies the rows of a table with another key and other values."""
    new = "0" * 32 if connection.vendor == "sqlite" else str(uuid4())
    drawn = ", ".join(changes.get(column, column) for column in columns)
    return f"INSERT INTO {table} (id, {', '.join(columns)}) SELECT '{new}', {drawn} FROM {table}"


def refused(statement: str, *, match: str) -> None:
    """Run SQL that the database refuses."""
    with (
        pytest.raises(DatabaseError, match=match),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_keeps_products_and_revisions(world: World) -> None:
    """By keys where it can, and by triggers where a key cannot."""
    given.published(world)
    refused(copied("listings_product", PRODUCT), match="(?i)unique")
    again = "(?i)unique|is kept"
    refused(copied("listings_revision", REVISION, number="2"), match=again)
    refused(copied("listings_revision", REVISION, number="0"), match="counts_from_one|is kept")
    for column in ("number", "policy_sha256", "sha256", "verdict", "period"):
        other = "7" if column == "number" else "'x'"
        refused(f"UPDATE listings_revision SET {column} = {other}", match="froze stays")
    refused("UPDATE listings_revision SET live_at = NULL", match="froze stays")
    refused("DELETE FROM listings_revision", match="is kept")
    assert triggers.faults(connection) == []


def test_a_listing_offers_its_own_product(world: World) -> None:
    """A revision of another product, another product or another seller: each is refused."""
    source = classified(source_version(approved_dataset(world)))
    one = given.drafted(world, masked(world, source, document=policy_document(source)))
    document = policy_document(source, delay_minutes="drop")
    two = given.drafted(world, april(world, source, document))
    buyer = world.organization("buyer")
    for name, value in (
        ("product", two.product),
        ("revision", two.revision),
        ("organization", buyer),
    ):
        with pytest.raises(DatabaseError, match="its own product"), transaction.atomic():
            Listing.objects.filter(pk=one.pk).update(**{name: value})
    other = Product.objects.create(
        dataset=approved_dataset(world, title="Something else"),
        organization_id=one.organization_id,
        policy_sha256="0" * 64,
        treatment="masked",
    )
    key = f"'{other.pk if connection.vendor == 'postgresql' else other.pk.hex}'"
    refused(copied("listings_revision", REVISION, product_id=key), match="of another dataset")


def test_the_page_of_products(world: World, page_of: PageClients) -> None:
    """From the dataset's page: each product with its revisions and their offers."""
    march, april = two_months(world)
    dataset, officer = march.dataset, page_of("officer")
    address = reverse("dataset_products", args=[dataset.pk])
    assert address in officer.get(reverse("dataset_detail", args=[dataset.pk])).content.decode()
    assert "Nothing of this dataset was offered yet." in officer.get(address).content.decode()
    listings = [given.drafted(world, version) for version in (march, april)]
    page = officer.get(address).content.decode()
    for part in (
        "Desensitized rows",
        "Not live yet",
        dataset.time_scope,
        *(listing.revision.sha256[:12] for listing in listings),
        *(reverse("listing_detail", args=[listing.pk]) for listing in listings),
    ):
        assert part in page, part


def test_the_api_of_products(world: World, api_of: ApiClients) -> None:
    """A listing names product and revision; a product its revisions and listings."""
    march, april = (given.drafted(world, version) for version in two_months(world))
    officer = api_of("officer")
    told = officer.get(reverse("api_get_listing", args=[april.pk])).json()
    assert (told["product"], told["revision"], told["dataset"], told["version"]) == (
        str(april.product_id),
        str(april.revision_id),
        str(april.product.dataset_id),
        str(april.revision.version_id),
    )
    listed = officer.get(reverse("api_list_products")).json()["results"]
    assert [one["id"] for one in listed] == [str(march.product_id)]
    product = officer.get(reverse("api_get_product", args=[march.product_id])).json()
    assert [one["number"] for one in product["revisions"]] == [2, 1]
    assert set(product["listings"]) == {str(march.pk), str(april.pk)}
    assert product["revisions"][0]["sha256"] == april.revision.sha256
    assert api_of("stranger").get(reverse("api_list_products")).json()["results"] == []


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_drafts_at_once_make_one_product() -> None:
    """Two versions by one policy, each drafted by three at once: one product, two revisions."""
    world = World()
    versions = two_months(world)
    officers = [world.actor(("officer", "colleague")[number % 2]) for number in range(6)]
    at_once(
        6,
        lambda number: draft_listing(
            versions[number % 2].pk, offer=given.OFFER, by=officers[number]
        ),
    )
    product = Product.objects.get()
    assert sorted(product.revisions.values_list("number", flat=True)) == [1, 2]
    assert Listing.objects.count() == 2
    assert sorted(kinds(product)) == ["product_registered", *2 * ["revision_registered"]]
