"""A buyer reads what happened to what they bought, and nobody else does."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from marketplace.catalog.feed.services import keep_feeds
from marketplace.core import clock
from marketplace.delivery.changelog.selectors import changelog_of
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import revoke_grant
from marketplace.trading.listings.publication.services import resume_listing, suspend_listing
from marketplace.trading.listings.revision.execution import compare_revision
from marketplace.trading.listings.revision.models import Revision
from tests.conftest import ApiClients, PageClients
from tests.given import arrivals, delivery, feeds
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World


def happened(grant: Grant) -> list[str]:
    """Return what happened under a grant, the oldest first."""
    return [line.change.value for line in changelog_of(grant)][::-1]


def test_a_life(world: World, api_of: ApiClients, page_of: PageClients) -> None:
    """Delivered, late, delivered again, suspended, back, and revoked."""
    grant = feeds.followed(world)
    dataset = grant.listing.product.dataset
    arrivals.fed(world, dataset)
    with clock.stopped_at(arrivals.once_late()):
        keep_feeds(by=given.SYSTEM)
        arrivals.arrived(world, dataset)
        for revision in Revision.objects.all():
            compare_revision(revision.pk)
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        suspend_listing(grant.listing_id, reason="We check it.", by=world.actor("reviewer"))
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        resume_listing(grant.listing_id, by=world.actor("reviewer"))
    with clock.stopped_at(clock.now() + timedelta(days=5)):
        revoke_grant(grant.pk, reason="A court said so.", by=world.actor("reviewer"))
    catch_up()
    grant = Grant.objects.get(pk=grant.pk)
    expected = ["revision", "late", "revision", "suspended", "resumed", "revoked"]
    assert happened(grant) == expected
    address = reverse("api_get_grant_changelog", args=[grant.pk])
    lines = api_of("buyer").get(address).json()["lines"]
    assert [line["change"] for line in lines][::-1] == expected
    newest = next(line for line in lines if line["change"] == "revision")
    assert (newest["number"], newest["sha256"]) == (2, grant.sha256)
    assert newest["rows_inserted"] is not None
    assert next(line for line in lines if line["change"] == "late")["due_on"]
    page = page_of("buyer").get(reverse("grant_changelog", args=[grant.pk])).content.decode()
    assert "Access was suspended" in page
    assert "A court said so" not in page


def test_what_was_before_is_not_of_the_grant(world: World) -> None:
    """Nor what is late of data that was bought once."""
    listing = given.published(world)
    suspend_listing(listing.pk, reason="We check it.", by=world.actor("reviewer"))
    resume_listing(listing.pk, by=world.actor("reviewer"))
    grant = delivery.granted(world, given.paid(world, given.placed(world, listing)))
    dataset = listing.product.dataset
    arrivals.fed(world, dataset)
    with clock.stopped_at(arrivals.once_late()):
        keep_feeds(by=given.SYSTEM)
    assert happened(grant) == ["revision"]
