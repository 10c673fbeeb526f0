"""Second factors: what they are made of, and what cannot stand in for them."""

from __future__ import annotations

import random
from base64 import b64encode
from uuid import uuid4

import pytest
from allauth.account import app_settings as account_settings
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from marketplace.accounts.models import Person
from marketplace.accounts.secrets import new_secret
from marketplace.trading.orders.signature.evidence import challenge_for
from tests.accounts.test_sessions import signed_in
from tests.given.codes import with_app
from tests.given.world import PASSWORD, World


def test_secrets_are_not_foreseen() -> None:
    """They come from the system, in 256 bits, whatever else in the process is drawn."""
    found = set()
    for _each in range(3):
        random.seed(7)
        found.add(new_secret("dtc")[0])
    assert len(found) == 3
    assert min(len(secret.removeprefix("dtc_")) for secret in found) >= 43


def test_no_key_signs_in_without_a_password(world: World) -> None:
    """A finger on a telephone alone opens nothing."""
    with pytest.raises(NoReverseMatch):
        reverse("mfa_login_webauthn")
    assert Client().get("/account/2fa/webauthn/login/").status_code == 404


def test_no_letter_signs_in(world: World) -> None:
    """Whoever reads a mailbox is sent no code and no link that opens a session."""
    assert not account_settings.LOGIN_BY_CODE_ENABLED
    client = Client()
    page = client.get("/account/login/").content.decode()
    assert "/account/login/code/" not in page
    assert client.post("/account/login/code/", {"email": "officer@example.org"}).status_code == 404
    client.post("/account/login/", {"login": "officer@example.org", "password": PASSWORD})
    assert mail.outbox == []


def test_a_name_and_a_password_open_no_api(world: World) -> None:
    """The API takes tokens, and sessions that gave the factor."""
    words = b64encode(f"officer@example.org:{PASSWORD}".encode()).decode()
    answer = Client(headers={"Authorization": f"Basic {words}"}).get("/api/v1/datasets/")
    assert answer.status_code == 401


def test_factors_change_after_a_proof_alone(committed_database: None) -> None:
    """Whoever finds an open session, however fresh, is asked anew before any factor changes."""
    client = signed_in("officer")
    for route in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        answer = client.post(reverse(route), {})
        assert answer.status_code == 302, route
        assert "reauthenticate" in answer["Location"] or route == "mfa_generate_recovery_codes"
    assert not Authenticator.objects.exists()


def test_a_challenge_is_for_one_text_and_one_side() -> None:
    """256 bits, another one for each; nobody has a passkey sign twice what it signed once."""
    one, other = uuid4(), uuid4()
    digest = "ab" * 32
    found = {
        challenge_for(digest, one, "buyer"),
        challenge_for(digest, one, "seller"),
        challenge_for(digest, other, "buyer"),
        challenge_for("cd" * 32, one, "buyer"),
    }
    assert len(found) == 4
    assert min(map(len, found)) >= 43


def test_the_question_to_a_key_is_never_the_same(world: World) -> None:
    """At least 64 bits that nobody foresees."""
    from allauth.mfa.webauthn.internal.auth import build_user_payload, get_server  # noqa: PLC0415

    person = Person.objects.get(email="officer@example.org")
    found = set()
    for _each in range(3):
        random.seed(7)
        options, _state = get_server().register_begin(build_user_payload(person))
        found.add(bytes(options.public_key.challenge))
    assert len(found) == 3
    assert min(map(len, found)) >= 16


def test_a_lost_factor_leaves_the_password_and_the_way_back_takes_it(world: World) -> None:
    """A recovery code is no second factor that stays: nothing opens by the password alone."""
    with_app(world, "officer")
    client = signed_in("officer")
    assert client.get("/desk/").status_code == 302
