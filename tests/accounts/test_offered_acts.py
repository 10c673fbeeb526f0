"""What pages and API offer of accounts is what the acts accept, for every state and role."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.urls import reverse

from marketplace.accounts.acts import (
    ACTS_ON_ORGANIZATION,
    ACTS_ON_PERSON,
    acts_on_organization,
    acts_on_person,
)
from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.services import record_identity
from marketplace.accounts.invitation.rules import ACTS_ON_INVITATION, acts_on_invitation
from marketplace.accounts.invitation.services import (
    accept_invitation,
    invite_person,
    withdraw_invitation,
)
from marketplace.accounts.limit.services import set_signing_limit
from marketplace.accounts.member.services import deactivate_person, make_owner, set_roles
from marketplace.accounts.models import Invitation, Organization, Person, Token
from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.accounts.organization.services import (
    examine_organization,
    reapply_organization,
    refuse_organization,
    suspend_organization,
)
from marketplace.accounts.roles import ROLES_OF_KIND
from marketplace.accounts.token.rules import ACTS_ON_TOKEN, acts_on_account, acts_on_token
from marketplace.accounts.token.services import create_token, revoke_token, set_token_policy
from marketplace.core.actor import Actor, Door
from marketplace.core.scopes import EVERY
from marketplace.review.services import attach_document
from tests.conftest import ApiClients
from tests.given.letters import proved, secret_of, sent_long_ago
from tests.given.limits import LIMIT
from tests.given.tried import accepted_acts, accepts
from tests.given.vault import scan
from tests.given.world import EXAMINATION, PASSWORD, World, documented, examined

PEOPLE = ("officer", "colleague", "buyer", "reviewer", "administrator", "stranger", "auditor")
WHY = "For a reason."
NOBODY = Actor(door=Door.PAGE)


def organization_of(world: World, person: str) -> UUID:
    """Return the organization of a person."""
    pk = world.actor(person).member_of
    assert pk is not None
    return pk


def tried(organization: Organization, by: Actor) -> dict[str, bool]:
    """Try every act that the page of an organization can offer."""
    pk, roles = organization.pk, frozenset(ROLES_OF_KIND[organization.kind])
    more = {
        "examine_organization": accepts(lambda: examine_organization(pk, **EXAMINATION, by=by)),
        "reapply_organization": accepts(
            lambda: reapply_organization(
                pk, name="New", uscc=organization.uscc, contact="New", is_abroad=False, by=by
            )
        ),
        "attach_document": accepts(
            lambda: attach_document(
                pk,
                kind=OrganizationDocumentKind.MANDATE,
                upload=scan("Mandate"),
                by=by,
            )
        ),
        "set_token_policy": accepts(
            lambda: set_token_policy(pk, scopes=frozenset({"read"}), days=9, by=by)
        ),
        "invite_person": accepts(
            lambda: invite_person(pk, email="new@example.org", roles=roles, by=by)
        ),
    }
    return accepted_acts(ACTS_ON_ORGANIZATION, pk, by, more)


def verified(world: World) -> UUID:
    """Return an organization that can act."""
    return organization_of(world, "officer")


def waiting(world: World) -> UUID:
    """Return an organization that waits for verification."""
    if world.person("pending").address_proved_at is None:
        proved(world.person("pending"))
    return organization_of(world, "pending")


def refused(world: World) -> UUID:
    """Refuse an application."""
    return refuse_organization(waiting(world), reason=WHY, by=world.actor("administrator")).pk


def suspended(world: World) -> UUID:
    """Suspend an organization."""
    return suspend_organization(verified(world), reason=WHY, by=world.actor("administrator")).pk


def unproved(world: World) -> UUID:
    """Return an organization whose first person has not proved their address."""
    return organization_of(world, "pending")


def documented_one(world: World) -> UUID:
    """Return an organization that has attached every document."""
    return documented(waiting(world)).pk


def examined_one(world: World) -> UUID:
    """Return an organization whose documents were examined."""
    return examined(waiting(world)).pk


STATES: dict[str, Callable[[World], UUID]] = {
    "unproved": unproved,
    "waiting": waiting,
    "documented": documented_one,
    "examined": examined_one,
    "verified": verified,
    "refused": refused,
    "suspended": suspended,
}


@pytest.mark.parametrize("state", STATES)
def test_an_organization_offers_what_is_accepted(state: str, world: World) -> None:
    """To the administrator, and who manages its people."""
    pk = STATES[state](world)
    for person in (*PEOPLE, "pending"):
        by, organization = world.actor(person), Organization.objects.get(pk=pk)
        assert dict(acts_on_organization(organization, by)) == tried(organization, by), person


def tried_on_person(person: Person, by: Actor) -> dict[str, bool]:
    """Try every act that the page of a person can offer."""
    assert person.organization is not None
    pk, kind = person.pk, person.organization.kind
    held = {grant.role for grant in person.role_grants.all()}
    given = held - {"owner"}
    other = frozenset({next(role for role in sorted(ROLES_OF_KIND[kind]) if {role} != given)})
    more = {
        "set_roles": accepts(lambda: set_roles(pk, roles=other, by=by)),
        "set_signing_limit": accepts(lambda: set_signing_limit(pk, limit=LIMIT, by=by)),
        "record_identity": accepts(
            lambda: record_identity(pk, document=DocumentKind.PASSPORT, number="E1234567", by=by)
        ),
    }
    return accepted_acts(ACTS_ON_PERSON, pk, by, more)


@pytest.mark.parametrize(
    ("name", "is_active", "has_second_owner"),
    [
        ("officer", True, False),
        ("officer", True, True),
        ("colleague", True, False),
        ("colleague", False, False),
        ("reviewer", True, False),
    ],
)
def test_a_person_offers_what_is_accepted(
    name: str, is_active: bool, has_second_owner: bool, world: World
) -> None:
    """To the owners, and never of oneself but to step down."""
    pk = world.actor(name).person_id
    assert pk is not None
    if has_second_owner:
        make_owner(world.person("colleague").pk, by=world.actor("officer"))
    actors = {person: world.actor(person) for person in PEOPLE}
    if not is_active:
        deactivate_person(pk, by=world.actor("officer"))
    for person, by in actors.items():
        row = Person.objects.get(pk=pk)
        assert dict(acts_on_person(row, by)) == tried_on_person(row, by), person


def open_invitation(world: World) -> Invitation:
    """Invite somebody."""
    roles = frozenset({"officer"})
    return invite_person(
        verified(world), email="new@example.org", roles=roles, by=world.actor("officer")
    )


def withdrawn(world: World) -> Invitation:
    """Take an invitation back."""
    return withdraw_invitation(open_invitation(world).pk, by=world.actor("officer"))


def accepted(world: World) -> Invitation:
    """Let somebody join."""
    invitation = invite_person(
        verified(world),
        email="new@example.org",
        roles=frozenset({"officer"}),
        by=world.actor("officer"),
    )
    accept_invitation(secret=secret_of(invitation), name="New", password=PASSWORD, by=NOBODY)
    return Invitation.objects.get(pk=invitation.pk)


def sent_before(world: World) -> Invitation:
    """Return one whose letter left long ago."""
    return sent_long_ago(open_invitation(world))


INVITATIONS: dict[str, Callable[[World], Invitation]] = {
    "just sent": open_invitation,
    "open": sent_before,
    "withdrawn": withdrawn,
    "accepted": accepted,
}


@pytest.mark.parametrize("state", INVITATIONS)
def test_an_invitation_offers_what_is_accepted(state: str, world: World) -> None:
    """To who manages the people of its organization."""
    invitation = INVITATIONS[state](world)
    for person in PEOPLE:
        by = world.actor(person)
        expected = accepted_acts(ACTS_ON_INVITATION, invitation.pk, by)
        assert dict(acts_on_invitation(invitation, by)) == expected, person


@pytest.mark.parametrize("is_revoked", [False, True])
def test_a_token_offers_what_is_accepted(is_revoked: bool, world: World) -> None:
    """To its person and to the administrator."""
    token = create_token(name="Script", days=9, scopes=EVERY, by=world.actor("officer")).token
    if is_revoked:
        token = revoke_token(token.pk, by=world.actor("officer"))
    for person in PEOPLE:
        by = world.actor(person)
        token = Token.objects.get(pk=token.pk)
        assert dict(acts_on_token(token, by)) == accepted_acts(ACTS_ON_TOKEN, token.pk, by), person


@pytest.mark.parametrize("person", [*PEOPLE, "pending"])
def test_tokens_are_offered_to_whom_they_are_made_for(person: str, world: World) -> None:
    """To everybody with a role."""
    by = world.actor(person)
    expected = accepts(lambda: create_token(name="Script", days=9, scopes=EVERY, by=by))
    assert dict(acts_on_account(by)) == {"create_token": expected}


def test_the_api_says_why_an_organization_is_not_reinstated(
    world: World, api_of: ApiClients
) -> None:
    """With the code and the sentence of the refusal."""
    address = reverse("api_get_organization", args=[verified(world)])
    acts = api_of("administrator").get(address).json()["acts"]
    assert acts["suspend_organization"] == {"allowed": True}
    assert acts["reinstate_organization"]["code"] == "wrong-state"
    assert "Suspended" in acts["reinstate_organization"]["detail"]
