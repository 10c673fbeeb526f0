"""What a log may be read by: nobody opens anything with it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.contrib.auth.tokens import default_token_generator
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from marketplace.accounts.invitation.services import invite_person
from marketplace.accounts.secrets import new_secret
from marketplace.delivery.sharing.protocol import FileTicket, sign_ticket
from marketplace.settings import base
from marketplace.web.errors import fault
from tests.given.letters import secret_of
from tests.given.world import World

WITH_SECRETS = {
    "address_prove": "signed",
    "calendar_feed": "secret",
    "invitation_accept": "secret",
    "sharing_file": "signed",
    "account_reset_password_from_key": "key",
}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Collect the lines that the centre's own handler would write."""
    root, written = logging.getLogger(), io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(next(one.formatter for one in root.handlers if is_ours(one)))
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)


def is_ours(handler: logging.Handler) -> bool:
    """Return whether the handler is the configured one, and not pytest's."""
    return isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)


def test_routes_with_secrets_are_known() -> None:
    """A new one needs a line here, in the logging and in the proxy's."""
    found = {}
    for name, ways in get_resolver().reverse_dict.lists():
        taken = {argument for way in ways for argument in way[0][0][1]}
        if isinstance(name, str) and taken & {"secret", "signed", "key", "token"}:
            found[name] = (taken & {"secret", "signed", "key", "token"}).pop()
    assert found == WITH_SECRETS


def test_the_secret_of_an_open_invitation_is_not_logged(
    client: Client, world: World, log: io.StringIO
) -> None:
    """Neither where the form has mistakes, nor where a method or the whole address is wrong."""
    invitation = invite_person(
        world.organization("officer").pk,
        email="new@example.org",
        roles=frozenset({"officer"}),
        by=world.actor("officer"),
    )
    secret = secret_of(invitation)
    address = reverse("invitation_accept", args=[secret])
    assert client.post(address, {"name": ""}).status_code == 422
    assert client.put(address).status_code == 405
    assert client.get(address + "more/").status_code == 404
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403
    assert client.get("/nowhere/", {"token": secret}).status_code == 404
    written = log.getvalue()
    assert written.count("/invitations/…") == 4
    assert secret not in written


def test_no_secret_of_an_address_or_a_header_is_logged(
    client: Client, world: World, log: io.StringIO
) -> None:
    """A reset key, a signed address of bytes, a token wherever it is written."""
    person = world.person("officer")
    key = default_token_generator.make_token(person)
    ticket = sign_ticket(FileTicket(person.pk, person.pk, 1))
    for address in (
        f"/account/password/reset/key/1-{key}/x/",
        f"/api/v1/delta-sharing/files/{ticket}",
    ):
        assert client.get(address).status_code in (200, 302, 404)
        logging.getLogger("django.request").warning("Not Found: %s", address)
    secrets = [key, ticket]
    for prefix in ("dtc", "dgk", "invitation"):
        secrets.append(new_secret(prefix)[0])
        logging.getLogger("any").warning("Said %r", {"Authorization": f"Bearer {secrets[-1]}"})
    written = log.getvalue()
    assert "Bearer dtc_…" in written
    assert [secret for secret in secrets if secret in written] == []


def test_what_is_no_secret_is_logged(log: io.StringIO) -> None:
    """The names of routes and constraints stay readable."""
    logging.getLogger("any").warning("/invitations/0a/withdraw/ trading_one_listing_of_a_version")
    assert "/invitations/…/withdraw/ trading_one_listing_of_a_version" in log.getvalue()


def test_the_reference_of_a_refusal_is_in_the_log_of_production(
    client: Client, world: World, log: io.StringIO
) -> None:
    """At the level that is the default, so that whoever asks about a number is found."""
    logging.getLogger().handlers[-1].setLevel(base.LOGGING["root"]["level"])
    refused = client.get("/api/v1/nowhere/").json()
    assert f"Problem {refused['instance']}: not-found (404)" in log.getvalue()
    request = RequestFactory().get("/api/v1/market/")
    broken = json.loads(fault(request).content)
    [line] = [line for line in log.getvalue().splitlines() if broken["instance"] in line]
    assert "level='error'" in line
