"""Organizations and people: what is refused, and that a pending one can do nothing."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from stdnum.cn import uscc

from marketplace.accounts.actors import actor_of
from marketplace.accounts.invitation.services import accept_invitation, invite_person
from marketplace.accounts.member.services import make_owner, set_roles
from marketplace.accounts.models import Invitation, Organization, Person, RoleGrant, Token
from marketplace.accounts.organization.services import (
    apply_organization,
    suspend_organization,
    verify_organization,
)
from marketplace.accounts.roles import OrganizationKind
from marketplace.accounts.token.services import create_token
from marketplace.core.actor import NOBODY, Door
from marketplace.core.errors import Invalid, NotAllowed, NotFound
from marketplace.core.scopes import EVERY
from marketplace.ledger.models import Entry
from tests.conftest import PageClients
from tests.given.client import new_key
from tests.given.letters import secret_of
from tests.given.state import changed_tables, kept_rows
from tests.given.world import PASSWORD, World, code, let_in


def apply(**changes: object) -> Organization:
    """Apply with one thing changed."""
    sent: dict[str, object] = {
        "name": "Newcomer Ltd",
        "kind": OrganizationKind.COMPANY,
        "uscc": code("newcomer"),
        "contact": "3 Office Street",
        "person_name": "Nora",
        "email": "nora@example.org",
        "password": PASSWORD,
        "roles": frozenset({"buyer"}),
    }
    return apply_organization(**(sent | changes), by=NOBODY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"uscc": "91350100MA34A4AA40"}, "uscc"),
        ({"uscc": "not a code"}, "uscc"),
        ({"name": "  "}, "name"),
        ({"kind": OrganizationKind.CENTRE}, "kind"),
        ({"roles": frozenset({"reviewer"})}, "roles"),
        ({"roles": frozenset()}, "roles"),
        ({"person_name": ""}, "person_name"),
        ({"email": "nowhere"}, "email"),
        ({"password": "short"}, "password"),
    ],
)
def test_a_wrong_application_is_told_field_by_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    """And nothing is kept of it."""
    before = (Organization.objects.count(), Person.objects.count(), Entry.objects.count())
    with pytest.raises(Invalid) as refused:
        apply(**changes)
    assert list(refused.value.fields) == [field]
    after = (Organization.objects.count(), Person.objects.count(), Entry.objects.count())
    assert after == before


def test_a_stranger_does_not_learn_who_has_an_account(
    client: Client, world: World, page_of: PageClients
) -> None:
    """To an address with an account and to a new one, page, API and invitation answer alike."""
    known, new = "OFFICER@example.org", "nora@example.org"
    sent = {
        "name": "Newcomer Data",
        "kind": "company",
        "uscc": code("newcomer"),
        "contact": "office@example.org",
        "person_name": "Nora",
        "password": PASSWORD,
        "roles": ["officer"],
    }
    kept = kept_rows()
    page, api = reverse("organization_apply"), reverse("api_apply_organization")
    first = client.post(page, {**sent, "email": known})
    told = client.post(api, {**sent, "email": known}, content_type="application/json")
    assert changed_tables(kept) == []
    again = client.post(api, {**sent, "email": new}, content_type="application/json")
    assert (first.status_code, told.status_code, again.status_code) == (302, 201, 201)
    moving = {"id": "", "created_at": ""}
    assert told.json() | moving == again.json() | moving
    inviting = reverse("person_invite", args=[world.organization("buyer").pk])
    for email in (known, new):
        invited = page_of("buyer").post(inviting, {"email": email, "roles": ["buyer"]})
        assert (invited.status_code, invited.content) == (302, b"")


def test_nobody_joins_with_an_address_that_has_an_account(world: World) -> None:
    """Whoever holds the invitation is told what to do; nothing changes."""
    invitation = invite_person(
        world.organization("buyer").pk,
        email="officer@example.org",
        roles=frozenset({"buyer"}),
        by=world.actor("buyer"),
    )
    secret = secret_of(invitation)
    kept = kept_rows()
    with pytest.raises(Invalid, match="sign in with it"):
        accept_invitation(secret=secret, name="Ann", password=PASSWORD, by=NOBODY)
    assert changed_tables(kept) == []


def test_a_code_is_registered_once(world: World) -> None:
    """Whatever its case."""
    with pytest.raises(Invalid, match="corrections") as refused:
        apply(uscc=code("company").lower())
    assert "registered already" in refused.value.fields["uscc"][0]


def test_who_applies_cannot_verify(world: World) -> None:
    """By the act, and by the database."""
    organization = apply()
    person = Person.objects.get(email="nora@example.org")
    RoleGrant.objects.create(person=person, role="administrator")
    let_in(organization)
    second = apply(
        uscc="91350100MA35B5BB5B"[:17] + _check("91350100MA35B5BB5"),
        person_name="Ned",
        email="ned@example.org",
        password=PASSWORD,
    )
    Organization.objects.filter(pk=second.pk).update(applied_by_id=person.pk)
    with pytest.raises(NotAllowed, match="did not apply"):
        verify_organization(second.pk, by=actor_of(person, door=Door.PAGE))
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=second.pk).update(verified_by_id=person.pk)


def _check(body: str) -> str:
    return str(uscc.calc_check_digit(body))


def test_a_pending_organization_can_do_nothing(world: World) -> None:
    """Its people hold no role, so every act that asks for one refuses."""
    pending = world.actor("pending")
    assert pending.is_signed_in
    assert pending.roles == frozenset()
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        create_token(name="export", days=1, scopes=EVERY, by=pending)
    with pytest.raises(NotAllowed):
        invite_person(
            world.organization("pending").pk,
            email="friend@example.org",
            roles=frozenset({"buyer"}),
            by=pending,
        )
    assert Entry.objects.count() == before


def test_suspension_takes_the_roles_at_once(world: World) -> None:
    """The next request of a signed-in person has none."""
    assert world.actor("buyer").has("buyer")
    suspend_organization(
        world.organization("buyer").pk, reason="Fees unpaid", by=world.actor("administrator")
    )
    assert world.actor("buyer").roles == frozenset()


def test_nobody_gives_themselves_a_role(world: World) -> None:
    """Another owner of the organization does, and no administrator of the centre alone."""
    officer = world.person("officer")
    with pytest.raises(NotAllowed):
        set_roles(officer.pk, roles=frozenset({"officer", "finance"}), by=world.actor("officer"))
    with pytest.raises(NotAllowed):
        set_roles(officer.pk, roles=frozenset({"finance"}), by=world.actor("administrator"))
    make_owner(world.person("colleague").pk, by=world.actor("officer"))
    set_roles(officer.pk, roles=frozenset({"officer", "finance"}), by=world.actor("colleague"))
    assert world.actor("officer").roles == {"owner", "officer", "finance"}


def test_nobody_changes_the_centres_people_alone(world: World) -> None:
    """A treasurer, or one administrator, could else make a reviewer of their own choice."""
    before = Entry.objects.count()
    for one in ("treasurer", "administrator"):
        with pytest.raises(NotAllowed):
            invite_person(
                world.organization("treasurer").pk,
                email="accomplice@example.org",
                roles=frozenset({"reviewer"}),
                by=world.actor(one),
            )
        with pytest.raises(NotAllowed):
            set_roles(
                world.person("reviewer").pk,
                roles=frozenset({"finance"}),
                by=world.actor(one),
            )
    assert Entry.objects.count() == before


def test_roles_fit_the_organization(world: World) -> None:
    """The centre's people cannot sell, a seller's cannot review."""
    with pytest.raises(Invalid, match="Choose from these roles"):
        set_roles(
            world.person("colleague").pk,
            roles=frozenset({"reviewer"}),
            by=world.actor("officer"),
        )


def test_an_invitation_works_once(world: World) -> None:
    """And its secret is not kept."""
    invitation = invite_person(
        world.organization("buyer").pk,
        email="late@example.org",
        roles=frozenset({"buyer"}),
        by=world.actor("buyer"),
    )
    secret = secret_of(invitation)
    assert secret not in str(list(Invitation.objects.values()))
    accept_invitation(secret=secret, name="Late", password=PASSWORD, by=NOBODY)
    with pytest.raises(NotFound, match="was used or withdrawn"):
        accept_invitation(secret=secret, name="Late", password=PASSWORD, by=NOBODY)
    assert world.actor("late").roles == {"buyer"}


def test_a_token_opens_the_api_until_revoked(world: World) -> None:
    """Only its digest is kept; a wrong one is 401 with problem details."""
    issued = create_token(name="export", days=30, scopes=EVERY, by=world.actor("officer"))
    assert not Token.objects.filter(digest__contains=issued.secret).exists()
    client = Client(headers={"Authorization": f"Bearer {issued.secret}"})
    assert client.get("/api/v1/tokens/").status_code == 200
    revoked = client.post(
        f"/api/v1/tokens/{issued.token.pk}/revoke/",
        content_type="application/json",
        headers=new_key(),
    )
    assert revoked.status_code == 200
    answer = client.get("/api/v1/tokens/")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith(":not-signed-in")


def test_the_ledger_holds_no_personal_data(world: World) -> None:
    """No name, no address of anybody in any entry."""
    people = list(Person.objects.values_list("name", "email"))
    for entry in Entry.objects.all():
        text = f"{entry.subject} {entry.about} {entry.payload}"
        assert all(name not in text and email not in text for name, email in people)


def test_the_centre_is_founded_once(world: World) -> None:
    """The command says so and exits with an error."""
    with pytest.raises(CommandError, match="founded already"):
        call_command(
            "found_centre",
            name="Second Centre",
            uscc=code("newcomer"),
            contact="1 Square",
            administrators=["ada@example.org", "bea@example.org"],
        )
