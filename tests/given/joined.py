"""People who hold accounts in several organizations, and are known to be one human being."""

from __future__ import annotations

from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.services import record_identity
from marketplace.accounts.models import Organization, Person
from marketplace.accounts.roles import Role
from tests.given.world import World, engage, invite, new_session, session_of

PASSPORT = "E1234567"
JOINED = "joined"


def joined_reviewer(world: World) -> str:
    """Name a reviewer who has an account with the seller and one with the buyer, too."""
    engage(world, JOINED, {Role.REVIEWER})
    invite(world, "officer", f"{JOINED}_officer", {Role.OFFICER})
    invite(world, "buyer", f"{JOINED}_buyer", {Role.BUYER})
    people = [world.person(name) for name in (JOINED, f"{JOINED}_officer", f"{JOINED}_buyer")]
    _join(world, people, by="administrator")
    new_session(people[0], key=session_of(JOINED))
    return JOINED


def joined(world: World, name: str) -> str:
    """Let a passport show that somebody has an account in every other organization, too."""
    person = world.person(name)
    by = "administrator" if name != "administrator" else "second_administrator"
    others = Organization.objects.exclude(pk=world.organization(name).pk)
    people = Person.objects.order_by("date_joined")
    last = (people.filter(organization=each).last() for each in others)
    _join(world, [person, *filter(None, last)], by=by)
    return name


def _join(world: World, people: list[Person], *, by: str) -> None:
    for each in people:
        record_identity(
            each.pk, document=DocumentKind.PASSPORT, number=PASSPORT, by=world.actor(by)
        )
