"""Passwords are taken as they are typed, and where they are typed nobody is hindered."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.models import Person
from marketplace.core.errors import NotAllowed
from tests.accounts.doors import invited
from tests.conftest import PageClients
from tests.given.client import Program
from tests.given.world import PASSWORD, World

LOGIN = "/account/login/"
LONG = " " + "Sofa, ledger & 月亮 " * 8
"""Some 130 characters, with blanks at both ends."""


def opens(email: str, password: str) -> bool:
    """Return whether a password signs somebody in."""
    return Client().post(LOGIN, {"login": email, "password": password}).status_code == 302


@pytest.mark.parametrize("password", ["Zug7-Birne", "vK8#qLm2!xR", "火车周一七只梨子"])
def test_a_short_password_is_refused(password: str) -> None:
    """Twelve characters are the least, whatever they are."""
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", ["zugmontagbirnen", "ZUGMONTAGBIRNEN", "8305719264018375", "·–—…¡¿§·–—…¶"]
)
def test_no_kind_of_character_is_asked_for(password: str) -> None:
    """Small letters alone, capitals, figures, signs."""
    validate_password(password)


def by_change(password: str) -> None:
    """Choose a password instead of the old one."""
    client = Client()
    client.post(LOGIN, {"login": "officer@example.org", "password": PASSWORD})
    sent = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post(reverse("account_change_password"), sent).status_code == 302


def by_page(world: World, password: str) -> None:
    """Join with it on the page."""
    secret = str(invited(world)["secret"])
    sent = {"name": "Nina", "password": password}
    assert Client().post(reverse("invitation_accept", args=[secret]), sent).status_code == 302


def by_api(world: World, password: str) -> None:
    """Join with it by a program."""
    sent = {"secret": str(invited(world)["secret"]), "name": "Nina", "password": password}
    assert Program().post(reverse("api_accept_invitation"), sent).status_code == 201


@pytest.mark.parametrize("way", [by_page, by_api], ids=["page", "api"])
def test_who_joins_signs_in_by_what_they_typed(way: object, world: World) -> None:
    """With its blanks, its length and its capitals."""
    known = set(Person.objects.values_list("pk", flat=True))
    way(world, LONG)  # type: ignore[operator]
    [person] = Person.objects.exclude(pk__in=known)
    assert opens(person.email, LONG)
    for other in (LONG.strip(), LONG[:72], LONG[:128], LONG.lower(), LONG + " "):
        assert not opens(person.email, other), other


def test_a_changed_password_is_the_one_that_was_typed(world: World) -> None:
    """Not a part of it, or another spelling."""
    by_change(LONG)
    assert opens("officer@example.org", LONG)
    for other in (LONG.strip(), LONG[:64], LONG.upper()):
        assert not opens("officer@example.org", other)


def test_the_old_password_is_asked_for(world: World, page_of: PageClients) -> None:
    """Whoever finds an open session cannot set a new one."""
    new = "another-made-up-phrase"
    for old in ({}, {"oldpassword": ""}, {"oldpassword": "not-this-phrase"}):
        sent = {**old, "password1": new, "password2": new}
        page_of("officer").post(reverse("account_change_password"), sent)
    assert world.person("officer").check_password(PASSWORD)


def test_a_password_does_not_age(world: World) -> None:
    """Nobody is made to think of a new one."""
    Person.objects.update(date_joined=timezone.now() - timedelta(days=5000))
    client = Client()
    client.post(LOGIN, {"login": "officer@example.org", "password": PASSWORD})
    assert client.get("/desk/").status_code == 200


def pages_with_passwords(world: World, page_of: PageClients) -> list[str]:
    """Return the pages on which a password is typed."""
    secret = str(invited(world)["secret"])
    visitor, officer = Client(), page_of("officer")
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "buyer@example.org"})
    [link] = re.findall(
        r"https?://[^/]+(/account/password/reset/key/\S+)", str(mail.outbox[-1].body)
    )
    return [
        visitor.get(LOGIN).content.decode(),
        visitor.get(reverse("organization_apply")).content.decode(),
        visitor.get(reverse("invitation_accept", args=[secret])).content.decode(),
        officer.get(reverse("account_change_password")).content.decode(),
        officer.get(reverse("account_reauthenticate")).content.decode(),
        client.get(link, follow=True).content.decode(),
    ]


def test_what_is_typed_is_hidden_and_may_be_pasted(world: World, page_of: PageClients) -> None:
    """Each field says to password managers what it is, and no script hinders them."""
    for page in pages_with_passwords(world, page_of):
        fields = re.findall(r"<input[^>]*name=\"[a-z0-9]*password[0-9]?\"[^>]*>", page)
        assert fields
        for field in fields:
            assert 'type="password"' in field
            assert re.search(r'autocomplete="(current|new)-password"', field), field
            assert "readonly" not in field
    scripts = Path(__file__).parents[2] / "marketplace" / "web" / "assets"
    written = [path.read_text("utf-8") for path in scripts.rglob("*.js") if "min" not in path.name]
    assert written
    assert [text for text in written if re.search(r"[\"']paste[\"']|onpaste", text)] == []


def test_nobody_is_asked_for_a_secret_answer(world: World, page_of: PageClients) -> None:
    """Pages on which a password is typed or forgotten ask for nothing else that is secret."""
    known = {
        *("csrfmiddlewaretoken", "login", "password", "next", "language", "name", "kind", "uscc"),
        *("contact", "is_abroad", "person_name", "email", "roles", "oldpassword", "password1"),
        *("password2", "remember", "text", "seen_version", "q"),
    }
    pages = [
        *pages_with_passwords(world, page_of),
        Client().get(reverse("account_reset_password")).content.decode(),
    ]
    for page in pages:
        named = set(re.findall(r"<(?:input|select|textarea)[^>]*\sname=\"([^\"]+)\"", page))
        assert named <= known, named - known


def test_nobody_sets_somebody_elses_password(world: World, page_of: PageClients) -> None:
    """An administrator has the link sent to its person's mailbox, as anybody may, and no more."""
    officer, administrator = world.person("officer"), page_of("administrator")
    for address in (
        f"/admin/accounts/person/{officer.pk}/change/",
        f"/admin/accounts/person/{officer.pk}/password/",
    ):
        answer = administrator.post(address, {"name": "X", "password": "x", "email": officer.email})
        assert answer.status_code in (403, 404, 302)
    officer.refresh_from_db()
    assert officer.name != "X"
    assert officer.check_password(PASSWORD)
    administrator.post(reverse("account_reset_password"), {"email": officer.email})
    assert [message.to for message in mail.outbox] == [[officer.email]]


def test_nobody_is_there_from_the_beginning(empty_database: None) -> None:
    """No account comes with the centre, and none has all rights."""
    assert not Person.objects.exists()
    with pytest.raises(NotAllowed):
        Person.objects.create_superuser("root@example.org", PASSWORD)
    assert not Person.objects.exists()
