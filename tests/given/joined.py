"""People who hold accounts in several organizations, and are known to be one human being."""

from __future__ import annotations

from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.services import record_identity
from marketplace.accounts.models import Organization, Person
from marketplace.accounts.roles import Role
from tests.given.world import World, engage, new_session

PASSPORT = "E1234567"
JOINED = "joined"


def joined_reviewer(world: World) -> str:
    """Name a reviewer of the centre who has an account in every other organization, too."""
    engage(world, JOINED, {Role.REVIEWER})
    new_session(world.person(JOINED), key=f"session{JOINED}")
    return joined(world, JOINED)


def joined(world: World, name: str) -> str:
    """Let a passport show that somebody has an account in every other organization, too."""
    person = world.person(name)
    by = "administrator" if name != "administrator" else "second_administrator"
    others = Organization.objects.exclude(pk=world.organization(name).pk)
    people = Person.objects.order_by("date_joined")
    last = (people.filter(organization=each).last() for each in others)
    for each in (person, *filter(None, last)):
        record_identity(
            each.pk, document=DocumentKind.PASSPORT, number=PASSPORT, by=world.actor(by)
        )
    return name
