"""Roles that need a second factor: nothing opens before it is set up and given, then all of it."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core import mail
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from marketplace.accounts.actors import actor_of
from marketplace.accounts.models import Token
from marketplace.accounts.organization.services import suspend_organization
from marketplace.accounts.token.services import create_token
from marketplace.core.actor import Door
from marketplace.core.scopes import EVERY
from marketplace.ledger.services.sealing import seal_all
from marketplace.settings._operating import OPERATING
from tests.given.client import new_key
from tests.given.codes import code_of, with_app
from tests.given.insiders import annotating, without_role
from tests.given.world import PASSWORD, World

DESK = "/desk/"
DATASETS = "/api/v1/datasets/"
CREATE, JSON = "/api/v1/tokens/create/", "application/json"


@pytest.fixture(autouse=True)
def needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask as a real centre does."""
    monkeypatch.setitem(settings.CENTRE, "SECOND_FACTOR_ROLES", ["everybody"])


def signed_in(name: str) -> Client:
    """Return a browser of somebody who has typed their password."""
    client = Client()
    sent = {"login": f"{name}@example.org", "password": PASSWORD}
    assert client.post("/account/login/", sent).status_code == 302
    return client


def asked(token: str) -> tuple[int, str]:
    """Return the status and code that a token is answered with."""
    answer = Client(headers={"Authorization": f"Bearer {token}"}).get(DATASETS)
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.parametrize(
    "name", ["officer", "reviewer", "administrator", "buyer", "finance", "treasurer", "auditor"]
)
def test_nothing_opens_without_it(name: str, world: World) -> None:
    """Each page leads to the one that sets it up and says why; scripts and programs are told."""
    client, setup = signed_in(name), reverse("mfa_index")
    for address in (DESK, "/", "/admin/", "/market/", "/account/tokens/"):
        assert client.get(address)["Location"] == setup
    assert client.post("/catalog/datasets/new/", {"title": "Buses"})["Location"] == setup
    made = client.post("/account/tokens/", {"name": "export", "days": 30, "scopes": ["read"]})
    assert made["Location"] == setup
    assert not Token.objects.exists()
    told = client.get(setup)
    assert told.status_code == 200
    assert told.content.decode().count("Your account needs a second factor.") == 1
    assert client.get(DESK, headers={"HX-Request": "true"})["HX-Redirect"] == setup
    refused = client.get(DATASETS)
    assert refused.status_code == 403
    assert refused.json()["code"] == "second-factor-missing"
    assert client.post(reverse("account_logout")).status_code == 302


def test_setting_it_up_opens_everything(committed_database: None) -> None:
    """At once, without another sign-in; taking it away closes everything."""
    client = signed_in("officer")
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    if "reauthenticate" in page.request["PATH_INFO"]:
        page = client.post(page.request["PATH_INFO"], {"password": PASSWORD}, follow=True)
        page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    assert re.search("<form", page.content.decode())
    assert client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}).status_code == 302
    assert client.get(DESK).status_code == 200
    assert client.get(DATASETS).status_code == 200
    Authenticator.objects.all().delete()
    assert client.get(DESK)["Location"] == reverse("mfa_index")


def test_a_session_from_before_gives_the_factor_first(world: World) -> None:
    """Its password alone neither opens a page nor replaces the factor that was set up since."""
    client = signed_in("officer")
    secret, give = with_app(world, "officer"), reverse("mfa_reauthenticate")
    for route in ("mfa_index", "mfa_deactivate_totp", "mfa_add_webauthn", "account_tokens"):
        assert client.post(reverse(route))["Location"] == give, route
    assert client.post(reverse("mfa_generate_recovery_codes"))["Location"] == give
    assert client.get(DATASETS).json()["code"] == "second-factor-missing"
    page = client.get(DESK, follow=True)
    assert page.status_code == 200
    assert "Give your second factor first." in page.content.decode()
    client.post(give, {"code": code_of(secret)})
    assert client.get(DESK).status_code == 200
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).count() == 1


def test_a_recovery_code_stands_in_for_the_factor(world: World) -> None:
    """Given at sign-in it opens, as what is lost would have; a code left over alone is none."""
    with_app(world, "officer")
    code = RecoveryCodes.activate(world.person("officer")).get_unused_codes()[0]
    client = signed_in("officer")
    assert client.get(DESK).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(DESK).status_code == 200
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).delete()
    assert client.get(DESK)["Location"] == reverse("mfa_index")


def test_a_new_password_is_no_factor(world: World) -> None:
    """Whoever reads somebody's e-mail gets as far as the question for the factor."""
    with_app(world, "officer")
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "officer@example.org"})
    [link] = re.findall(
        r"https?://[^/]+(/account/password/reset/key/\S+)", str(mail.outbox[0].body)
    )
    page = client.get(link, follow=True)
    new = {"password1": "another-long-phrase", "password2": "another-long-phrase"}
    client.post(page.request["PATH_INFO"], new)
    assert client.get(DESK).status_code == 302
    client.post("/account/login/", {"login": "officer@example.org", "password": new["password1"]})
    assert client.get(DESK)["Location"].startswith(reverse("account_login"))
    assert client.get(DATASETS).status_code == 401


def test_a_token_is_what_its_session_was(world: World) -> None:
    """One made with the factor opens while its person has one; all others say what to do."""
    officer = world.person("officer")
    without = create_token(
        name="old", days=1, scopes=EVERY, by=actor_of(officer, door=Door.PAGE)
    ).secret
    assert asked(without) == (403, "token-without-second-factor")
    with_app(world, "officer")
    assert asked(without) == (403, "token-without-second-factor")
    passed = actor_of(officer, door=Door.PAGE, passed_second_factor=True)
    made = create_token(name="export", days=1, scopes=EVERY, by=passed).secret
    assert asked(made) == (200, "")
    program = Client(headers={"Authorization": f"Bearer {made}"})
    child = program.post(
        CREATE,
        {"name": "child", "days": 1, "scopes": ["read"]},
        content_type=JSON,
        headers=new_key(),
    )
    assert asked(child.json()["secret"]) == (200, "")
    assert Token.objects.filter(last_used_on=None).get().name == "old"
    Authenticator.objects.all().delete()
    assert asked(made) == (403, "token-without-second-factor")


def test_a_token_acts_whatever_session_comes_with_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a program makes is its person's, and not of whoever is signed in beside."""
    monkeypatch.setitem(settings.CENTRE, "SECOND_FACTOR_ROLES", ["officer"])
    for name in ("officer", "buyer"):
        with_app(world, name)
    passed = actor_of(world.person("officer"), door=Door.PAGE, passed_second_factor=True)
    token = create_token(name="export", days=1, scopes=EVERY, by=passed).secret
    client = Client(headers={"Authorization": f"Bearer {token}"})
    client.force_login(world.person("pending"), backend="django.contrib.auth.backends.ModelBackend")
    made = client.post(
        CREATE,
        {"name": "child", "days": 1, "scopes": ["read"]},
        content_type=JSON,
        headers=new_key(),
    )
    assert made.status_code == 201
    assert Token.objects.get(pk=made.json()["id"]).person == world.person("officer")


def test_roles_that_are_not_named_go_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until they are named: then old sessions and tokens are asked too."""
    monkeypatch.setitem(settings.CENTRE, "SECOND_FACTOR_ROLES", ["officer"])
    client = signed_in("buyer")
    token = create_token(name="export", days=1, scopes=EVERY, by=world.actor("buyer")).secret
    assert client.get(DESK).status_code == 200
    assert asked(token) == (200, "")
    monkeypatch.setitem(settings.CENTRE, "SECOND_FACTOR_ROLES", ["officer", "buyer"])
    assert client.get(DESK)["Location"] == reverse("mfa_index")
    assert asked(token) == (403, "token-without-second-factor")


def test_a_role_that_does_not_exist_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistyped one would ask nobody, in silence."""
    assert "accounts.E001" not in [found.id for found in run_checks()]
    monkeypatch.setitem(settings.CENTRE, "SECOND_FACTOR_ROLES", ["officers"])
    assert "accounts.E001" in [found.id for found in run_checks()]


def test_public_answers_stay_the_same_for_everybody(world: World) -> None:
    """Nobody's session is asked for what anybody may keep in a cache."""
    seal_all()
    answer = Client().get(reverse("log_checkpoint"))
    assert answer.status_code == 200
    assert "Cookie" not in answer.get("Vary", "")


def test_a_real_centre_asks_everybody(world: World) -> None:
    """An annotator, whoever holds no role, and people of a suspended organization too."""
    assert OPERATING["SECOND_FACTOR_ROLES"] == ["everybody"]
    annotating(world, "colleague")
    without_role(world, "buyer")
    suspend_organization(
        world.organization("stranger").pk, reason="Fees unpaid.", by=world.actor("administrator")
    )
    for name in ("colleague", "buyer", "stranger", "pending"):
        assert signed_in(name).get(DESK)["Location"] == reverse("mfa_index"), name


def test_no_role_can_be_named_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """As roles can."""
    monkeypatch.setitem(settings.CENTRE, "SECOND_FACTOR_ROLES", ["no-role"])
    assert signed_in("pending").get(DESK)["Location"] == reverse("mfa_index")
    assert signed_in("buyer").get(DESK).status_code == 200
    assert Client().get("/").status_code == 200
