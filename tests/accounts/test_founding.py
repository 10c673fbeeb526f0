"""The centre is founded by two people, and opens when both have signed in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import environ
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from pytest_django import Settings

from marketplace.accounts.founding.services import found_centre, take_office
from marketplace.accounts.invitation.services import accept_invitation, invite_person
from marketplace.accounts.models import Invitation, Organization
from marketplace.core.actor import NOBODY, Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, NotFound
from marketplace.settings._env import DOCS_DIR
from tests.conftest import PageClients
from tests.given.letters import secret_of
from tests.given.world import PASSWORD, World, code


@pytest.fixture
def fresh(empty_database: None) -> Iterator[None]:
    """Begin each time with nothing, and leave nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def founded(fresh: None) -> Organization:
    """Found a centre."""
    return found_centre(
        name="Minjiang Data Trading Centre",
        uscc=code("centre"),
        contact="1 Market Square",
        administrators=("ada@example.org", "bea@example.org"),
        by=Actor.system(Door.COMMAND),
    )


def test_nothing_that_decides_opens_before_both_have_signed_in(founded: Organization) -> None:
    """The first alone holds no role, and takes office as often as they like."""
    world = World()
    for name in ("ada", "bea"):
        secret = secret_of(Invitation.objects.get(email=f"{name}@example.org"))
        accept_invitation(secret=secret, name=name.title(), password=PASSWORD, by=NOBODY)
    for _time in range(2):
        take_office(by=world.actor("ada"))
        assert world.actor("ada").roles == frozenset()
        with pytest.raises(NotAllowed):
            invite_person(
                founded.pk,
                email="new@example.org",
                roles=frozenset({"reviewer"}),
                by=world.actor("ada"),
            )
    take_office(by=world.actor("bea"))
    assert world.actor("ada").has("administrator")
    assert world.actor("bea").has("administrator")


def test_the_centre_opens_at_the_second_sign_in(
    founded: Organization, page_of: PageClients
) -> None:
    """By the sign-in page, as people do."""
    for name in ("ada", "bea"):
        address = f"{name}@example.org"
        secret = secret_of(Invitation.objects.get(email=address))
        visitor = page_of("")
        visitor.post(f"/invitations/{secret}/", {"name": name.title(), "password": PASSWORD})
        founded.refresh_from_db()
        assert founded.state == "pending"
        sign_in = {"login": address, "password": PASSWORD}
        assert visitor.post(reverse("account_login"), sign_in).status_code == 302
    founded.refresh_from_db()
    assert founded.state == "verified"


def test_the_centre_is_founded_by_two_people(fresh: None) -> None:
    """With addresses of their own; and the links are sent again to whoever has not joined."""
    sent = {"name": "A", "uscc": code("centre"), "contact": "1 Square"}
    with pytest.raises(Invalid):
        found_centre(
            **sent,
            administrators=("ada@example.org", "ADA@example.org "),
            by=Actor.system(Door.COMMAND),
        )
    assert not Organization.objects.exists()
    with pytest.raises(CommandError):
        call_command("found_centre", **sent, administrators=["ada@example.org", "none"])
    call_command(
        "found_centre", **sent, administrators=["ada@example.org", "bea@example.org"], verbosity=0
    )
    first = Invitation.objects.get(email="ada@example.org")
    dead = secret_of(first)
    call_command("found_centre", resend=True)
    with pytest.raises(NotFound):
        accept_invitation(secret=dead, name="Ada", password=PASSWORD, by=NOBODY)
    assert secret_of(first) != dead


@pytest.mark.parametrize("backend", ["console", "dummy"])
def test_no_centre_is_founded_whose_links_reach_nobody(
    fresh: None, settings: Settings, backend: str
) -> None:
    """The links would be printed, cut, into a worker's log."""
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    sent = {"name": "A", "uscc": code("centre"), "contact": "1 Square"}
    people = ["ada@example.org", "bea@example.org"]
    with pytest.raises(CommandError, match="Set EMAIL_URL"):
        call_command("found_centre", **sent, administrators=people)
    assert not Organization.objects.exists()
    assert not Invitation.objects.exists()


def test_the_example_of_settings_names_a_mail_server() -> None:
    """Whoever fills it in line by line founds a centre whose links arrive."""
    example = (DOCS_DIR / "how-to" / "production" / "centre.env.example").read_text("utf-8")
    [url] = re.findall(r'^EMAIL_URL="(.+)"$', example, re.MULTILINE)
    backend = environ.Env().email_url_config(url)["EMAIL_BACKEND"]
    assert backend == "django.core.mail.backends.smtp.EmailBackend"
