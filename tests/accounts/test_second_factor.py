"""Roles that need a second factor: nothing opens before one is set up, and then all of it does."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.test import Client
from django.urls import reverse

from marketplace.accounts.services.tokens import create_token
from marketplace.ledger.services.sealing import seal_all
from tests.given.world import PASSWORD, World

DESK = "/desk/"


@pytest.fixture(autouse=True)
def needed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask as a real centre does."""
    roles = ["officer", "reviewer", "administrator"]
    monkeypatch.setitem(settings.CENTRE, "SECOND_FACTOR_ROLES", roles)


def signed_in(name: str) -> Client:
    """Answer a browser of somebody who has typed their password."""
    client = Client()
    sent = {"login": f"{name}@example.org", "password": PASSWORD}
    assert client.post("/account/login/", sent).status_code == 302
    return client


@pytest.mark.parametrize("name", ["officer", "reviewer", "administrator"])
def test_nothing_opens_without_it(name: str) -> None:
    """Each page leads to the one that sets it up and says why; scripts and programs are told."""
    client, setup = signed_in(name), reverse("mfa_index")
    for address in (DESK, "/", "/admin/", "/market/"):
        assert client.get(address)["Location"] == setup
    assert client.post("/catalog/datasets/new/", {"title": "Buses"})["Location"] == setup
    told = client.get(setup)
    assert told.status_code == 200
    assert "Your role needs a second factor." in told.content.decode()
    assert client.get(DESK, headers={"HX-Request": "true"})["HX-Redirect"] == setup
    refused = client.get("/api/v1/datasets/")
    assert refused.status_code == 403
    assert refused.json()["code"] == "second-factor-missing"
    assert client.post(reverse("account_logout")).status_code == 302


def test_setting_it_up_opens_everything() -> None:
    """At once, without another sign-in."""
    client = signed_in("officer")
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    if "reauthenticate" in page.request["PATH_INFO"]:
        page = client.post(page.request["PATH_INFO"], {"password": PASSWORD}, follow=True)
        page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    assert re.search("<form", page.content.decode())
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert client.get(DESK).status_code == 200
    assert client.get("/api/v1/datasets/").status_code == 200


def test_other_roles_and_programs_go_on(world: World) -> None:
    """A buyer is not asked, and a token is a credential of its own."""
    assert signed_in("buyer").get(DESK).status_code == 200
    token = create_token(name="export", days=1, by=world.actor("officer")).secret
    program = Client(headers={"Authorization": f"Bearer {token}"})
    assert program.get("/api/v1/datasets/").status_code == 200


def test_public_answers_stay_the_same_for_everybody() -> None:
    """Nobody's session is asked for what anybody may keep in a cache."""
    seal_all()
    answer = Client().get(reverse("log_checkpoint"))
    assert answer.status_code == 200
    assert "Cookie" not in answer.get("Vary", "")
