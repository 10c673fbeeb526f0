"""Each access is asked anew: who may read, and whether everything still stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse

from marketplace.catalog.dataset.services import retire_dataset
from marketplace.core import clock
from marketplace.delivery.grant.models import Download, Grant
from marketplace.delivery.grant.services import revoke_grant
from marketplace.ledger.models import Entry
from marketplace.preparation.report.services import withdraw_report
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.listings.publication.services import (
    suspend_broken_listings,
    suspend_listing,
    withdraw_listing,
)
from marketplace.vault.models import StoredFile
from tests.conftest import ApiClients, PageClients
from tests.delivery.conftest import Ask, sent
from tests.given import delivery as given
from tests.given import disputes, trading
from tests.given.world import World


@pytest.mark.parametrize(
    ("person", "status"),
    [("officer", 403), ("reviewer", 403), ("auditor", 403), ("stranger", 404), ("pending", 404)],
)
def test_who_may_not(person: str, status: int, ask: Ask, world: World) -> None:
    """Only the buyer's buyers; neither the seller nor the centre reads what was sold."""
    grant = given.granted(world)
    entries = Entry.objects.count()
    assert ask(grant, person).status_code == status
    assert Entry.objects.count() == entries
    assert not Download.objects.exists()


def revoke(world: World, grant: Grant) -> None:
    revoke_grant(grant.pk, reason="Misuse.", by=world.actor("reviewer"))


def freeze(world: World, grant: Grant) -> None:
    """Freeze the right."""
    assert grant.listing.certificate_id is not None
    freeze_certificate(
        grant.listing.certificate_id, reason="Court order.", by=world.actor("reviewer")
    )


def withdraw_risk(world: World, grant: Grant) -> None:
    """Withdraw the risk report."""
    assert grant.listing.risk_report_id is not None
    withdraw_report(grant.listing.risk_report_id, reason="A fault.", by=world.actor("reviewer"))


def suspend(world: World, grant: Grant) -> None:
    """Suspend the listing."""
    suspend_listing(grant.listing_id, reason="We check it.", by=world.actor("officer"))


def tamper(world: World, grant: Grant) -> None:
    """Let the record of the stored bytes say something else."""
    StoredFile.objects.filter(pk=grant.version.file_id).update(sha256="0" * 64)


REFUSED: dict[str, Callable[[World, Grant], None]] = {
    "grant-revoked": revoke,
    "right-frozen": freeze,
    "risk-withdrawn": withdraw_risk,
    "listing-not-standing": suspend,
    "risk-digest-mismatch": tamper,
}


@pytest.mark.parametrize("code", REFUSED)
def test_each_access_asks_anew(
    code: str, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """What broke since the last byte stops the next one, on both doors, and nothing changed."""
    grant = given.granted(world)
    sent(page_of("buyer").get(reverse("grant_download", args=[grant.pk])))
    REFUSED[code](world, grant)
    counted = Entry.objects.count(), Download.objects.count()
    for headers in ({}, {"Range": "bytes=0-1"}):
        refused = api_of("buyer").get(
            reverse("api_open_download", args=[grant.pk]), headers=headers
        )
        assert refused.status_code == 409
        assert refused["Content-Type"] == "application/problem+json"
        assert refused.json()["code"] == code
        page = page_of("buyer").get(reverse("grant_download", args=[grant.pk]), headers=headers)
        assert page.status_code == 409
    assert (Entry.objects.count(), Download.objects.count()) == counted


def test_expired_licence(ask: Ask, world: World) -> None:
    """Refused from the very moment, before any watch has run."""
    grant = given.granted(world)
    with clock.stopped_at(grant.expires_at):
        assert ask(grant).status_code == 409


def test_nothing_opens_while_a_dispute_runs(ask: Ask, world: World) -> None:
    """What was opened before opens no more."""
    grant = given.granted(world)
    assert ask(grant).status_code == 200
    disputes.opened(world, grant.order)
    assert ask(grant).status_code == 409
    assert Download.objects.count() == 1


def test_what_takes_nothing_from_the_buyer(ask: Ask, world: World) -> None:
    """A withdrawn listing, a retired dataset, or a stale valuation, even once the gate saw it."""
    grant = given.granted(world)
    withdraw_listing(grant.listing_id, reason="Replaced.", by=world.actor("officer"))
    assert len(sent(ask(grant))) == grant.size
    retire_dataset(
        grant.listing.product.dataset_id,
        reason="The system is replaced.",
        by=world.actor("officer"),
    )
    assert len(sent(ask(grant))) == grant.size


def test_a_stale_valuation_suspends_sales_alone(ask: Ask, world: World) -> None:
    """The gate takes the listing off the market; who has bought goes on reading."""
    grant = given.granted(world)
    retire_dataset(
        grant.listing.product.dataset_id,
        reason="The system is replaced.",
        by=world.actor("officer"),
    )
    assert suspend_broken_listings(by=trading.SYSTEM) == [grant.listing_id]
    assert len(sent(ask(grant))) == grant.size
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert len(sent(ask(grant))) == grant.size


def test_visitors_sign_in(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """The sign-in page, or 401."""
    grant = given.granted(world)
    page: HttpResponse = page_of("").get(reverse("grant_download", args=[grant.pk]))  # type: ignore[assignment]
    assert page.status_code == 302
    assert api_of("").get(reverse("api_open_download", args=[grant.pk])).status_code == 401


def test_the_accepted_form_does_not_matter(world: World, api_of: ApiClients) -> None:
    """A client that accepts no JSON gets the bytes."""
    grant = given.granted(world)
    address = reverse("api_open_download", args=[grant.pk])
    response = api_of("buyer").get(address, headers={"Accept": "application/octet-stream"})
    assert len(sent(response)) == grant.size


def test_only_reading(world: World, page_of: PageClients) -> None:
    """A POST is answered 405."""
    grant = given.granted(world)
    response = page_of("buyer").post(reverse("grant_download", args=[grant.pk]))
    assert response.status_code == 405
