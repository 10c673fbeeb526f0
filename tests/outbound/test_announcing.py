"""What happens to what is bought or sold is told to its organizations, and nothing of the data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings as loaded
from django.test import override_settings
from django.urls import reverse
from rest_framework.test import APIClient

from marketplace.catalog.feed.services import keep_feeds
from marketplace.core import clock
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import expire_grants, revoke_grant
from marketplace.outbound.message.models import Message
from marketplace.pipeline.due import CLOCKWORK, ask_senders
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.services import withdraw_report
from marketplace.trading.listings.publication.services import resume_listing, suspend_listing
from tests.given import arrivals, delivery, feeds
from tests.given import trading as given
from tests.given.catalog import NEXT_MONTH, WIDER
from tests.given.pipeline import catch_up
from tests.given.receivers import registered
from tests.given.world import World

KEYS = {
    *("side", "grant", "order", "listing", "product", "dataset", "version", "page", "code"),
    *("revision", "revision_before", "sha256", "revisions", "changes", "download", "due_on"),
    *("because", "changelog", "rules_version", "rules_sha256", "rules_changed"),
}


@pytest.fixture
def both(world: World) -> Iterator[None]:
    """Let buyer, seller and a stranger listen to everything."""
    for person in ("buyer", "officer", "stranger"):
        registered(world, person, address=f"https://{person}.example.org/")
    yield
    stranger = world.organization("stranger")
    assert not Message.objects.filter(endpoint__organization=stranger).exists()
    for message in Message.objects.all():
        content = json.loads(message.body)
        assert set(content) == {"type", "timestamp", "data"}
        assert set(content["data"]) <= KEYS
        assert len(message.body) < 1500
        assert "@" not in message.body


def told(person: str) -> list[tuple[str, dict[str, Any]]]:
    """Return what the organization of a person is told, in the order of its happening."""
    organization = World().organization(person)
    rows = Message.objects.filter(endpoint__organization=organization)
    bodies = [json.loads(each.body) for each in rows.order_by("happened_at", "created_at")]
    return [(each["type"], each["data"]) for each in bodies]


def kinds(person: str) -> list[str]:
    """Return of what kinds that was."""
    return [kind for kind, _data in told(person)]


def test_a_revision_that_is_live(both: None, world: World) -> None:
    """The buyer is told what they get, with addresses that give it; the seller that it went out."""
    grant = feeds.followed(world, "api")
    catch_up()
    assert kinds("buyer") == ["delivery.ready"]
    feeds.advanced(world, grant.listing)
    catch_up()
    grant.refresh_from_db()
    assert kinds("officer")[-1] == "revision.live"
    kind, data = told("buyer")[-1]
    assert (kind, data["side"], data["grant"]) == ("revision.live", "buyer", str(grant.pk))
    assert (data["revision"], data["revision_before"], data["sha256"]) == (2, 1, grant.sha256)
    issued = delivery.keyed(world, grant=grant)
    address = urlsplit(data["changes"])
    key = {"Authorization": f"Bearer {issued.secret}"}
    answer = APIClient().get(f"{address.path}?{address.query}", headers=key)
    assert {row["_revision"] for row in answer.json()["rows"]} == {2}
    assert address.netloc == loaded.CENTRE_DOMAIN


def test_a_file_of_a_revision(both: None, world: World) -> None:
    """Its address names the revision, so that a later one is never taken for it."""
    grant = feeds.followed(world)
    feeds.advanced(world, grant.listing)
    catch_up()
    addresses = [data["download"].partition("?")[2] for _kind, data in told("buyer")]
    assert addresses == ["as_of=1", "as_of=2"]
    path = reverse("api_open_download", args=[grant.pk])
    assert urlsplit(told("buyer")[0][1]["download"]).path == path


def test_reacting_twice_tells_once(both: None, world: World) -> None:
    """A reaction that is tried again finds its messages there."""
    feeds.followed(world)
    catch_up()
    before = kinds("buyer")
    for message in Message.objects.all():
        again = Message.objects.filter(cause=message.cause, subject=message.subject)
        assert again.filter(endpoint=message.endpoint).count() == 1
    catch_up()
    assert kinds("buyer") == before


def test_a_revision_that_is_late(both: None, world: World) -> None:
    """Told to the seller, and to whoever gets each revision: not to who bought once."""
    grant = feeds.followed(world)
    dataset = grant.listing.product.dataset
    arrivals.fed(world, dataset)
    with clock.stopped_at(arrivals.once_late()):
        keep_feeds(by=given.SYSTEM)
        catch_up()
    [(_kind, late)] = [each for each in told("buyer") if each[0] == "revision.late"]
    assert late["grant"] == str(grant.pk)
    assert late["due_on"] == clock.today().isoformat()
    [(_kind, own)] = [each for each in told("officer") if each[0] == "revision.late"]
    assert own["dataset"] == str(dataset.pk)


def test_what_is_held_is_the_sellers_business(both: None, world: World) -> None:
    """The buyer is not told that something came which did not go on."""
    grant = feeds.followed(world)
    dataset = grant.listing.product.dataset
    arrivals.fed(world, dataset)
    version = arrivals.arrived(world, dataset, table=WIDER)
    [(_kind, held)] = [each for each in told("officer") if each[0] == "revision.held"]
    assert (held["version"], held["code"]) == (str(version.pk), "columns-changed")
    assert "revision.held" not in kinds("buyer")


def test_access_that_is_suspended_and_given_back(both: None, world: World) -> None:
    """By the centre, or because a proof fell: each grant of the listing."""
    grant = delivery.granted(world)
    catch_up()
    suspend_listing(grant.listing_id, reason="We check it.", by=world.actor("reviewer"))
    catch_up()
    resume_listing(grant.listing_id, by=world.actor("reviewer"))
    catch_up()
    assert kinds("buyer") == ["delivery.ready", "grant.suspended", "grant.resumed"]
    assert {data["grant"] for _kind, data in told("buyer")} == {str(grant.pk)}


def test_access_comes_back_with_the_next_revision(both: None, world: World) -> None:
    """Where the listing was suspended until it moved on; else there is nothing to be told."""
    grant = delivery.granted(world)
    feeds.advanced(world, grant.listing)
    catch_up()
    assert "grant.resumed" not in kinds("buyer")
    report = RiskReport.objects.order_by("-created_at").first()
    assert report is not None
    withdraw_report(report.pk, reason="It was wrong.", by=world.actor("reviewer"))
    catch_up()
    assert kinds("buyer")[-1] == "grant.suspended"
    grant.listing.refresh_from_db()
    feeds.advanced(world, grant.listing, table=NEXT_MONTH.replace("2026-04", "2026-05"))
    catch_up()
    assert kinds("buyer")[-1] == "grant.resumed"


@pytest.mark.parametrize("because", ["revoked", "expired"])
def test_access_that_has_ended(because: str, both: None, world: World) -> None:
    """With the word for why; the reason of the centre stands on the page."""
    grant = delivery.granted(world)
    if because == "revoked":
        revoke_grant(grant.pk, reason="A court said so.", by=world.actor("reviewer"))
    else:
        with clock.stopped_at(Grant.objects.get().expires_at):
            expire_grants(by=given.SYSTEM)
    catch_up()
    kind, data = told("buyer")[-1]
    assert (kind, data["because"]) == ("grant.ended", because)
    assert "court" not in str(told("buyer"))


def test_the_loop_asks_a_worker(both: None, world: World, valkey: redis.Redis) -> None:
    """Where something is due, and not else; a broker that is away is no fault."""
    valkey.flushall()
    ask_senders(by=CLOCKWORK)
    assert valkey.llen("celery") == 0
    delivery.granted(world)
    catch_up()
    valkey.flushall()
    ask_senders(by=CLOCKWORK)
    assert valkey.llen("celery") == 1
    with override_settings(BROKER_URL=""):
        ask_senders(by=CLOCKWORK)
