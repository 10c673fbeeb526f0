"""Which passwords are refused, on every way by which one is set."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import Invitation, Organization, Person
from marketplace.accounts.session.services import change_password
from marketplace.core.errors import Invalid
from tests.accounts.doors import application, invited
from tests.given.world import PASSWORD, World

COMMON = "Password1234!"
"""Twelve characters and more, of which Django's list knows none."""


@pytest.mark.parametrize(
    "password",
    [
        *(COMMON, "P@ssw0rd2024", "password-password", "qwertyqwerty", "!!Football2023!!"),
        *("iloveyou12345", "1q2w3e4r5t6y", "aaaaaaaaaaaab", "abababababab", "monkeydragon99"),
        *("Welcome_2026!", "letmeinletmein", "123456789012", "Tr0ub4dor", "sunshine1234567890"),
    ],
)
def test_what_is_made_of_common_ones_is_refused(password: str) -> None:
    """Dressed up, repeated, or two together."""
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        *(PASSWORD, "another-made-up-phrase", "correct horse battery staple"),
        *(
            "Zug-Montag-7-Birnen",
            "火车周一七只梨子在桥上走",
            "vK8#qLm2!xR9w",
            "tangerine sofa ledger moon",
        ),
    ],
)
def test_a_phrase_passes(password: str) -> None:
    """Whatever words it is made of."""
    validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        *(
            "DataTradingCentre2026",
            "Data-Asset-Trading-Centre",
            "localhost8000!!",
            "数据资产交易中心2026",
        ),
        *("administrator-2026", "reviewer.reviewer", "Newcomer Ltd 2026", "newcomer newcomer"),
    ],
)
def test_no_password_is_made_of_the_words_of_this_place(password: str) -> None:
    """Names of the centre and of one's organization, its roles, and what it does."""
    whose = Person(email="ada@example.org", name="Ada")
    whose.organization = Organization(name="Newcomer Ltd")
    with pytest.raises(ValidationError):
        validate_password(password, whose)
    validate_password("newcomer sofa ledger moon", whose)


@pytest.mark.parametrize(
    "password",
    [
        *("AnnExample2026", "ExampleAnn2026", "ann.example-2026", "annexample!annexample!"),
        *("a.n.other-2026-7", "Example2026!!", "@nnEx@mple2026"),
    ],
)
def test_no_password_is_made_of_ones_own_name(password: str) -> None:
    """In either order, and of what one is called before the @."""
    whose = Person(email="a.n.other@example.org", name="Ann Example")
    with pytest.raises(ValidationError):
        validate_password(password, whose)
    validate_password("example sofa ledger moon", whose)


def by_application(world: World) -> bool:
    """Apply with a common password, by page and API."""
    sent = {**application({}), "password": COMMON}
    page = Client().post(reverse("organization_apply"), sent)
    api = Client().post(reverse("api_apply_organization"), sent, content_type="application/json")
    assert not Organization.objects.filter(name="Newcomer Ltd").exists()
    return (page.status_code, api.status_code) == (422, 422)


def by_invitation(world: World) -> bool:
    """Join with one, by page and API."""
    secret = str(invited(world)["secret"])
    sent = {"name": "Nina", "password": COMMON}
    page = Client().post(reverse("invitation_accept", args=[secret]), sent)
    api = Client().post(
        reverse("api_accept_invitation"),
        {**sent, "secret": secret},
        content_type="application/json",
    )
    assert Invitation.objects.filter(accepted_at=None).exists()
    return (page.status_code, api.status_code) == (422, 422)


def by_change(world: World) -> bool:
    """Change to one."""
    client = Client()
    client.post("/account/login/", {"login": "officer@example.org", "password": PASSWORD})
    sent = {"oldpassword": PASSWORD, "password1": COMMON, "password2": COMMON}
    return client.post(reverse("account_change_password"), sent).status_code == 200


def by_reset(world: World) -> bool:
    """Set one by the link in an e-mail."""
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "officer@example.org"})
    [link] = re.findall(
        r"https?://[^/]+(/account/password/reset/key/\S+)", str(mail.outbox[0].body)
    )
    page = client.get(link, follow=True)
    sent = {"password1": COMMON, "password2": COMMON}
    return client.post(page.request["PATH_INFO"], sent).status_code == 200


def by_act(world: World) -> bool:
    """Call the act."""
    officer = world.person("officer")
    with pytest.raises(Invalid) as refused:
        change_password(officer.pk, password=COMMON, by=world.actor("officer"))
    return "password" in refused.value.fields


@pytest.mark.parametrize("way", [by_application, by_invitation, by_change, by_reset, by_act])
def test_no_way_sets_a_common_one(way: Callable[[World], bool], world: World) -> None:
    """And the old one still signs in."""
    assert way(world)
    assert world.person("officer").check_password(PASSWORD)
