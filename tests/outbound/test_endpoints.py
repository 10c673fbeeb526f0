"""Endpoints: registered within bounds, each organization's own, their secrets shown once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from marketplace.accounts.organization.services import suspend_organization
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.webhooks import secret_bytes
from marketplace.ledger.models import Entry
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.services import (
    choose_events,
    close_endpoint,
    rotate_secret,
)
from marketplace.outbound.message.models import Message, Try
from marketplace.outbound.message.services import resend_message, send_due_messages
from marketplace.pipeline.services import overdue, purge, rewrap_keys
from tests.conftest import ApiClients, PageClients
from tests.given import receivers as given
from tests.given.pipeline import catch_up
from tests.given.receivers import WORKER, receiving, registered, told
from tests.given.world import World


@pytest.mark.parametrize(
    ("address", "events", "field"),
    [
        ("http://hooks.example.org/", ["revision.live"], "address"),
        ("http://hooks.example.org:443/", ["revision.live"], "address"),
        ("ftp://hooks.example.org/", ["revision.live"], "address"),
        ("hooks.example.org", ["revision.live"], "address"),
        ("https://", ["revision.live"], "address"),
        ("https://name:secret@hooks.example.org/", ["revision.live"], "address"),
        ("https://hooks.example.org:8443/", ["revision.live"], "address"),
        ("https://hooks.example.org:0/", ["revision.live"], "address"),
        ("https://hooks.example.org:x/", ["revision.live"], "address"),
        ("https://hooks.example.org/#there", ["revision.live"], "address"),
        ("https://hooks.example.org/\nX: y", ["revision.live"], "address"),
        ("https://good.example\\@evil.example/", ["revision.live"], "address"),
        ("https://2130706433/", ["revision.live"], "address"),
        ("https://0x7f.1/", ["revision.live"], "address"),
        ("https://例子.example/", ["revision.live"], "address"),
        ("https://hooks.example.org/" + "a" * 500, ["revision.live"], "address"),
        (given.ADDRESS, [], "events"),
        (given.ADDRESS, ["endpoint.tried"], "events"),
    ],
)
def test_what_is_refused(address: str, events: list[str], field: str, world: World) -> None:
    """With a sentence at its field, and nothing is kept."""
    with pytest.raises(Invalid) as refused:
        registered(world, address=address, events=tuple(events))
    assert list(refused.value.fields) == [field]
    assert not Endpoint.objects.exists()
    assert not Entry.objects.filter(kind="outbound.endpoint_registered").exists()


def test_an_organization_has_a_few_endpoints(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each address once; what is closed does not count."""
    first = registered(world)
    with pytest.raises(Invalid):
        registered(world, "second_buyer")
    monkeypatch.setitem(settings.CENTRE, "WEBHOOKS", 3)
    for number in range(2):
        registered(world, address=f"{given.ADDRESS}/{number}")
    with pytest.raises(Invalid):
        registered(world, address=f"{given.ADDRESS}/more")
    close_endpoint(first.endpoint.pk, by=world.actor("buyer"))
    assert registered(world).secret != first.secret


def test_secrets_are_shown_once(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """By the answer that makes them; afterwards neither page nor API nor ledger has them."""
    sent = {"address": given.ADDRESS, "events": ["revision.live"]}
    page = page_of("buyer").post(reverse("endpoint_list"), sent)
    [secret] = set(re.findall(r"whsec_[A-Za-z0-9+/=]+", page.content.decode()))
    assert len(secret_bytes(secret)) == 32
    endpoint = Endpoint.objects.get()
    rotated = page_of("buyer").post(reverse("endpoint_rotate", args=[endpoint.pk]))
    [other] = set(re.findall(r"whsec_[A-Za-z0-9+/=]+", rotated.content.decode()))
    assert other != secret
    for answer in (
        page_of("buyer").get(reverse("endpoint_detail", args=[endpoint.pk])),
        page_of("buyer").get(reverse("endpoint_list")),
        api_of("buyer").get(reverse("api_get_endpoint", args=[endpoint.pk])),
        api_of("buyer").get(reverse("api_list_endpoints")),
    ):
        assert "whsec_" not in answer.content.decode()
    kept = Endpoint.objects.get()
    assert secret.encode() not in bytes(kept.wrapped_secret_before)
    assert "whsec_" not in str(list(Entry.objects.values_list("payload", flat=True)))


def test_others_see_nothing(world: World, page_of: PageClients) -> None:
    """Neither another organization nor the centre's people read where one listens."""
    endpoint = registered(world).endpoint
    [message] = told(world)
    for person in ("stranger", "officer", "reviewer", "administrator", "auditor"):
        client, by = page_of(person), world.actor(person)
        assert client.get(reverse("endpoint_detail", args=[endpoint.pk])).status_code == 404
        assert client.get(reverse("message_detail", args=[message.pk])).status_code == 404
        assert given.ADDRESS not in client.get(reverse("endpoint_list")).content.decode()
        with pytest.raises(NotFound):
            rotate_secret(endpoint.pk, by=by)
        with pytest.raises(NotFound):
            resend_message(message.pk, by=by)
    admin = page_of("administrator").get(f"/admin/outbound/endpoint/{endpoint.pk}/change/")
    assert admin.status_code == 200
    assert "hook-of-the-buyer" in given.ADDRESS
    assert "hook-of-the-buyer" not in admin.content.decode()


def test_only_what_was_chosen_is_told(world: World) -> None:
    """A kind of event that was not chosen makes no message."""
    endpoint = registered(world, events=("grant.ended",)).endpoint
    assert told(world) == []
    choose_events(endpoint.pk, events=["revision.live", "grant.ended"], by=world.actor("buyer"))
    assert len(told(world, "two")) == 1
    assert told(world, "three", person="stranger") == []
    assert len(told(world, "two")) == 1, "the same cause again"


def test_a_suspended_organization_is_told_nothing(world: World) -> None:
    registered(world)
    suspend_organization(
        world.organization("buyer").pk, reason="It did not pay.", by=world.actor("administrator")
    )
    assert told(world) == []


def test_messages_are_kept_for_some_days(world: World) -> None:
    """Those that nobody sends any more; one that waits is not forgotten."""
    with receiving() as receiver:
        registered(world, address=receiver.address)
        told(world, "delivered")
        send_due_messages(by=WORKER)
        told(world, "waits")
        with clock.stopped_at(clock.now() + timedelta(days=31)):
            assert overdue()["webhook messages"] == 1
            purge(by=WORKER)
    assert [each.cause for each in Message.objects.all()] == ["test:waits"]
    assert not Try.objects.exists()


def test_a_new_key_of_the_centre_wraps_the_secrets_too(world: World) -> None:
    """Both of an endpoint."""
    endpoint = registered(world).endpoint
    rotate_secret(endpoint.pk, by=world.actor("buyer"))
    before = Endpoint.objects.get()
    assert rewrap_keys(by=WORKER)["outbound.Endpoint"] == 1
    after = Endpoint.objects.get()
    for column in ("wrapped_secret", "wrapped_secret_before"):
        assert bytes(getattr(before, column)) != bytes(getattr(after, column))


def test_pages_in_their_states(world: World, page_of: PageClients) -> None:
    """Empty, waiting, failed, disabled: each says what there is to do."""
    client = page_of("buyer")
    assert "has no webhook yet" in client.get(reverse("endpoint_list")).content.decode()
    endpoint = registered(world).endpoint
    page = reverse("endpoint_detail", args=[endpoint.pk])
    assert "Nothing has happened yet" in client.get(page).content.decode()
    client.post(reverse("endpoint_try", args=[endpoint.pk]))
    client.post(reverse("endpoint_try", args=[endpoint.pk]))
    [message] = Message.objects.all()
    shown = client.get(reverse("message_detail", args=[message.pk])).content.decode()
    assert "It was not tried yet" in shown
    assert "is about to be sent" in shown
    catch_up()
    assert "Only an owner" in page_of("finance").get(reverse("endpoint_list")).content.decode()


def test_the_page_asks_little(
    world: World, page_of: PageClients, django_assert_max_num_queries: object
) -> None:
    """As many queries for many messages as for one."""
    endpoint = registered(world).endpoint
    for number in range(12):
        told(world, str(number))
    client = page_of("buyer")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get(reverse("endpoint_detail", args=[endpoint.pk]))
