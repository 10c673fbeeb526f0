"""Every address by every method: what a password alone, or a token made by one, may still do."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from marketplace.accounts.token.services import create_token
from marketplace.core.scopes import EVERY as EVERY_SCOPE
from marketplace.delivery.sharing.protocol import FileTicket, sign_ticket
from tests.conftest import PageClients
from tests.given.access import METHODS
from tests.given.client import Program
from tests.given.delivery import keyed
from tests.given.state import changed_tables, kept_rows
from tests.given.tenancy import sent
from tests.given.world import World

STILL_OPEN = {
    *("account_login", "account_logout", "account_inactive", "account_signup"),
    *("account_change_password", "account_reset_password"),
    *("account_reset_password_done", "account_reset_password_from_key"),
    *("account_reset_password_from_key_done", "mfa_authenticate", "mfa_reauthenticate"),
    *("mfa_reauthenticate_webauthn", "set_language", "health"),
}
"""The factor, the password, the language and the sign-out; and what a watchdog asks."""

OPEN_TO_SET_UP = {
    *("account_reauthenticate", "mfa_index"),
    *("mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
}
"""Open besides to whoever has no factor yet."""

WITHOUT_PERSON = {"api_receive_message", "sharing_file"}
"""Addresses of the API that ask for no person: their messages or addresses are signed."""

CODE = re.compile(rb"second-factor-missing|token-without-second-factor")
PLACES = re.compile(r"<(?:(\w+):)?\w+>")
GROUPS = re.compile(r"\(\?P<\w+>[^)]*\)")


def _routes(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, here)
        else:
            yield pattern.name or "", f"/{_filled(here)}"


def _filled(route: str) -> str:
    values = {None: "x", "str": "x", "path": "x", "uuid": str(uuid4()), "year": "2026"}
    filled = PLACES.sub(lambda place: values.get(place[1], "1"), GROUPS.sub("x-y", route))
    return re.sub(r"\^|\$|\\Z", "", filled)


ROUTES = sorted(set(_routes(get_resolver().url_patterns)))
PART, ADMIN_PART = 2, 5
"""Of our addresses, and of the admin's, one in so many is asked in every run."""

EVERY = pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.campaign)], ids=["drawn", "every"]
)


@pytest.fixture(autouse=True)
def needed(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Ask as a real centre does, and note no line for each of thousands of refusals."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
    monkeypatch.setitem(settings.CENTRE, "SECOND_FACTOR_ROLES", ["everybody"])


def opened(
    client: Client, allowed: set[str], chance: Random, where: str = "/", *, every: bool = False
) -> set[tuple[str, str, str, int]]:
    """Post to addresses below one, or send another method; return what opens.

    What is refused was looked at by no view, so that the method makes no difference: of all
    addresses a part is drawn, and each is sent one, drawn too. `every` asks all addresses by all
    methods.
    """
    asked = [
        (name, address)
        for name, address in ROUTES
        if address.startswith(where) and name not in allowed
    ]
    if not every:
        of_admin = [one for one in asked if one[1].startswith("/admin/")]
        ours = [one for one in asked if not one[1].startswith("/admin/")]
        asked = [
            *chance.sample(ours, len(ours) // PART),
            *chance.sample(of_admin, len(of_admin) // ADMIN_PART),
        ]
    found = set()
    for name, address in asked:
        for method in METHODS if every else [chance.choice(("get", "post", *METHODS))]:
            answer = sent(client, method, address)
            if not _is_refused(answer, address.startswith("/api/")):
                found.add((name, method, address, answer.status_code))
    return found


def _is_refused(answer: Any, is_api: bool) -> bool:
    if answer.status_code == 405:
        # A page knows no such method, whoever asks.
        return answer.request["REQUEST_METHOD"] not in ("GET", "HEAD", "POST")
    if answer.status_code == 401:
        # A door for keys to grants knows no token.
        return True
    if is_api:
        return answer.status_code == 403 and (
            answer.request["REQUEST_METHOD"] == "HEAD" or bool(CODE.search(answer.content))
        )
    return answer.headers.get("Location", "").startswith("/account/2fa/")


@EVERY
def test_a_password_opens_the_way_to_the_factor_alone(
    every: bool, world: World, page_of: PageClients, chance: Random
) -> None:
    """Everything else is refused in one way, and nothing changes."""
    client, before = page_of("administrator"), kept_rows()
    allowed = STILL_OPEN | OPEN_TO_SET_UP
    assert opened(client, allowed, chance, every=every) == set()
    assert changed_tables(before) == []


def test_what_stays_open_changes_nothing_but_the_account(
    world: World, page_of: PageClients
) -> None:
    """Junk posted there, by whoever has no factor yet."""
    client, before = page_of("administrator"), kept_rows()
    addresses = dict(ROUTES)
    for name in sorted(STILL_OPEN - {"health"} | OPEN_TO_SET_UP):
        for method in ("get", "post"):
            assert sent(client, method, addresses[name]).status_code < 500, name
    assert changed_tables(before) == []


def test_a_password_replaces_no_factor(world: World, page_of: PageClients, chance: Random) -> None:
    """Whoever has one gives it before any page that sets one up, or takes one away."""
    client, before = page_of("officer"), Authenticator.objects.count()
    TOTP.activate(world.person("officer"), str(generate_totp_secret()))
    assert opened(client, STILL_OPEN, chance, "/account/", every=True) == set()
    assert Authenticator.objects.count() == before + 1


@EVERY
def test_a_token_made_by_a_password_does_nothing(every: bool, world: World, chance: Random) -> None:
    """At no address of the API, whoever may ask there; nor does it help at a page."""
    token = create_token(
        name="old", days=1, scopes=EVERY_SCOPE, by=world.actor("administrator")
    ).secret
    client, before = Program(headers={"Authorization": f"Bearer {token}"}), kept_rows()
    found = opened(client, set(), chance, "/api/v1/", every=every)
    names = {name for name, *_rest in found}
    assert names == WITHOUT_PERSON if every else names <= WITHOUT_PERSON
    assert client.get("/desk/").status_code == 302
    assert changed_tables(before) == []


def test_a_key_made_by_a_password_opens_no_data(
    world: World, monkeypatch: pytest.MonkeyPatch, chance: Random
) -> None:
    """Neither by the protocol, nor by an address that was signed for it before."""
    issued = keyed(world, "sharing")
    signed = sign_ticket(FileTicket(issued.key.grant_id, issued.key.pk, 1))
    before = kept_rows()
    client = Program(headers={"Authorization": f"Bearer {issued.secret}"})
    found = opened(client, set(), chance, "/api/v1/delta-sharing/", every=True)
    assert {name for name, *_rest in found} == {"sharing_file"}
    answer = Client().get(reverse("sharing_file", args=[signed]))
    assert answer.json()["code"] == "token-without-second-factor"
    assert changed_tables(before) == []
    monkeypatch.setitem(settings.CENTRE, "SECOND_FACTOR_ROLES", [])
    assert Client().get(reverse("sharing_file", args=[signed])).status_code == 200
