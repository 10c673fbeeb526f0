"""The organizations and people that every test may use; all invented."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string
from stdnum.cn import uscc

from marketplace.accounts.actors import actor_of
from marketplace.accounts.founding.services import found_centre, take_office
from marketplace.accounts.invitation.services import accept_invitation, invite_person
from marketplace.accounts.models import Invitation, Organization, Person
from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.accounts.organization.services import (
    apply_organization,
    examine_organization,
    verify_organization,
)
from marketplace.accounts.proposal.services import approve_change, propose_invitation
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.accounts.session.middleware import BEGAN, SEEN
from marketplace.core.actor import NOBODY, Actor, Door
from marketplace.review.services import attach_document
from marketplace.vault.models import StoredFile
from marketplace.vault.services import remove_stored
from tests.given.letters import proved, secret_of
from tests.given.vault import scan

PASSWORD = "a-long-made-up-phrase"
USCC = {
    "centre": "91350100M000100Y43",
    "bureau": "11350100003590012K",
    "rival": "91350100MA2Y1AB123",
    "company": "91350100MA32X2XX2X",
    "regulator": "11350100M000100Y41",
    "pending": "91350100MA33Y3YY3Y",
    "newcomer": "91350100MA34A4AA4A",
    "labeller": "91350100MA35B5BB5B",
    "second_labeller": "91350100MA36C6CC6C",
}


@dataclass(frozen=True)
class World:
    """The people of the tests, found by their addresses."""

    @staticmethod
    def person(name: str) -> Person:
        """Return a person by the local part of their address."""
        return Person.objects.select_related("organization").get(email=f"{name}@example.org")

    def actor(self, name: str, *, door: Door = Door.PAGE) -> Actor:
        """Return a person as an actor."""
        return actor_of(self.person(name), door=door)

    def organization(self, name: str) -> Organization:
        """Return the organization of a person."""
        organization = self.person(name).organization
        assert organization is not None
        return organization


PEOPLE = {
    "administrator": "centre",
    "second_administrator": "centre",
    "reviewer": "centre",
    "second_reviewer": "centre",
    "treasurer": "centre",
    "second_treasurer": "centre",
    "officer": "bureau",
    "colleague": "bureau",
    "finance": "bureau",
    "buyer": "company",
    "second_buyer": "company",
    "stranger": "rival",
    "auditor": "regulator",
    "pending": "pending",
}
"""Each person and their organization; the address is `<person>@example.org`."""


def build_world() -> None:
    """Found the centre, let organizations in, and invite their people."""
    found_centre(
        name="Minjiang Data Trading Centre",
        uscc=code("centre"),
        contact="1 Market Square",
        administrators=("administrator@example.org", "second_administrator@example.org"),
        by=Actor.system(Door.COMMAND),
    )
    world = World()
    for name in ("administrator", "second_administrator"):
        _follow(name)
        take_office(by=world.actor(name))
    engage(world, "reviewer", {Role.REVIEWER})
    engage(world, "second_reviewer", {Role.REVIEWER})
    engage(world, "treasurer", {Role.FINANCE})
    engage(world, "second_treasurer", {Role.FINANCE})
    _join("officer", "Transport Bureau", OrganizationKind.GOVERNMENT, "bureau", {Role.OFFICER})
    _join("buyer", "Example Insurance", OrganizationKind.COMPANY, "company", {Role.BUYER})
    _join(
        "stranger",
        "Rival Analytics",
        OrganizationKind.COMPANY,
        "rival",
        {Role.BUYER, Role.OFFICER},
    )
    _join("auditor", "Data Bureau", OrganizationKind.REGULATOR, "regulator", {Role.AUDITOR})
    _join(
        "pending",
        "Pending Company",
        OrganizationKind.COMPANY,
        "pending",
        {Role.BUYER, Role.OFFICER},
        verified=False,
    )
    invite(world, "officer", "colleague", {Role.OFFICER})
    invite(world, "officer", "finance", {Role.FINANCE})
    invite(world, "buyer", "second_buyer", {Role.BUYER})
    # The rows of the world are given to each test, and the bytes of its files are not.
    for file in StoredFile.objects.all():
        remove_stored(file.pk, by=Actor.system(Door.COMMAND))


def sign_everybody_in() -> None:
    """Keep a session for each person, since signing in costs more than most requests."""
    for name in PEOPLE:
        new_session(World.person(name), key=session_of(name))


def new_session(person: Person, *, key: str = "") -> str:
    """Sign a person in, and return the key of their session."""
    key = key or get_random_string(32)
    signed_in = {
        SESSION_KEY: str(person.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: person.get_session_auth_hash(),
        # Used tomorrow, as it were: no request of a test ends it, or writes that it was used.
        BEGAN: (tomorrow := int(time.time()) + 86400),
        SEEN: tomorrow,
    }
    Session.objects.create(
        session_key=key,
        session_data=SessionStore().encode(signed_in),
        expire_date=timezone.now() + timedelta(days=1),
    )
    return key


def session_of(person: str) -> str:
    """Return the key of the session that a person of the world has."""
    return f"session{person.replace('_', '')}"


def code(organization: str) -> str:
    """Return a made-up unified social credit code whose check character fits."""
    body = USCC[organization][:17]
    return body + uscc.calc_check_digit(body)


def _join(
    person: str,
    name: str,
    kind: OrganizationKind,
    organization: str,
    roles: set[Role],
    *,
    verified: bool = True,
) -> None:
    applied = apply_organization(
        name=name,
        kind=kind,
        uscc=code(organization),
        contact="2 Office Street",
        person_name=person.replace("_", " ").title(),
        email=f"{person}@example.org",
        password=PASSWORD,
        roles=frozenset(role.value for role in roles),
        by=NOBODY,
    )
    if verified:
        let_in(applied)


def let_in(applied: Organization) -> Organization:
    """Let whoever applied prove their address, and the centre verify their organization."""
    assert applied.applied_by_id is not None, "Somebody applies."
    applicant = Person.objects.get(pk=applied.applied_by_id)
    if applicant.address_proved_at is None:
        proved(applicant)
    examined(applied.pk)
    return verify_organization(applied.pk, by=World().actor("administrator"))


EXAMINATION: dict[str, Any] = {
    "checklist": ["registered", "represented", "mandated"],
    "evidence": "Licence 12, extract of 3 March, mandate of 4 March",
}


def documented(pk: UUID) -> Organization:
    """Let whoever applied attach every document that an organization is verified by."""
    organization = Organization.objects.get(pk=pk)
    assert organization.applied_by_id is not None, "Somebody applies."
    applicant = actor_of(Person.objects.get(pk=organization.applied_by_id), door=Door.PAGE)
    for kind in OrganizationDocumentKind:
        if kind.value not in organization.documents:
            shown = scan(f"{kind.label} of {organization.name}", name=f"{kind.value}.pdf")
            attach_document(pk, kind=kind, upload=shown, by=applicant)
    return Organization.objects.get(pk=pk)


def examined(pk: UUID) -> Organization:
    """Let the second administrator examine the documents of an organization."""
    documented(pk)
    return examine_organization(pk, **EXAMINATION, by=World().actor("second_administrator"))


def engage(world: World, person: str, roles: set[Role]) -> None:
    """Let one administrator propose a person for the centre, and another give the roles."""
    proposal = propose_invitation(
        world.organization("administrator").pk,
        email=f"{person}@example.org",
        roles=frozenset(role.value for role in roles),
        reason="Contract of employment",
        by=world.actor("administrator"),
    )
    approve_change(proposal.pk, by=world.actor("second_administrator"))
    _follow(person)


def invite(world: World, inviter: str, person: str, roles: set[Role]) -> None:
    invite_person(
        world.organization(inviter).pk,
        email=f"{person}@example.org",
        roles=frozenset(role.value for role in roles),
        by=world.actor(inviter),
    )
    _follow(person)


def _follow(person: str) -> None:
    """Let an invited person follow the link in their mailbox."""
    accept_invitation(
        secret=secret_of(Invitation.objects.get(email=f"{person}@example.org")),
        name=person.replace("_", " ").title(),
        password=PASSWORD,
        by=NOBODY,
    )
