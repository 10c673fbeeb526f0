"""People come and go: invitations, tokens, and what happens when several try at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.actors import actor_of
from marketplace.accounts.invitation.services import (
    accept_invitation,
    invite_person,
    withdraw_invitation,
)
from marketplace.accounts.member.services import deactivate_person, reactivate_person
from marketplace.accounts.models import Invitation, Organization, Person
from marketplace.accounts.organization.services import (
    apply_organization,
    reinstate_organization,
    suspend_organization,
    verify_organization,
)
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.accounts.token.services import create_token
from marketplace.core import clock
from marketplace.core.actor import NOBODY, Door
from marketplace.core.errors import Invalid, NotAllowed, NotFound, Refusal, WrongState
from marketplace.core.scopes import EVERY
from marketplace.ledger.models import Entry
from tests.conftest import ApiClients, PageClients
from tests.given.letters import proved, secret_of
from tests.given.state import changed_tables, kept_rows
from tests.given.threads import at_once
from tests.given.world import PASSWORD, World, code, examined, let_in


def test_who_acts_is_read_in_one_query(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Every request of whoever is signed in pays for it."""
    person = Person.objects.get(email="stranger@example.org")
    with django_assert_num_queries(1):
        by = actor_of(person, door=Door.PAGE)
    assert by.roles == {Role.OWNER, Role.BUYER, Role.OFFICER}
    assert by.organization_id == world.organization("stranger").pk


def test_the_administrator_reads_whose_each_token_is(world: World, page_of: PageClients) -> None:
    """Who may revoke everybody's tokens sees whose they are; others see their own alone."""
    create_token(name="nightly", days=30, scopes=EVERY, by=world.actor("officer"))
    create_token(name="mine", days=30, scopes=EVERY, by=world.actor("buyer"))
    officer = world.person("officer")
    page = page_of("administrator").get("/account/tokens/").content.decode()
    assert officer.name in page
    assert officer.email in page
    own = page_of("buyer").get("/account/tokens/").content.decode()
    assert "nightly" not in own
    assert world.person("buyer").email not in own.partition("<main")[2]


def invite(world: World, email: str = "new@example.org", by: str = "buyer") -> str:
    """Invite somebody to the inviter's organization; answer the secret."""
    invitation = invite_person(
        world.organization(by).pk, email=email, roles=frozenset({"buyer"}), by=world.actor(by)
    )
    return secret_of(invitation)


def accept(secret: str) -> Person:
    """Accept an invitation."""
    return accept_invitation(secret=secret, name="Nina New", password=PASSWORD, by=NOBODY)


def apply(number: int, *, uscc: str, email: str) -> Organization:
    """Apply for an organization."""
    return apply_organization(
        name=f"Newcomer {number}",
        kind=OrganizationKind.COMPANY,
        uscc=uscc,
        contact="3 Office Street",
        person_name="Nora",
        email=email,
        password=PASSWORD,
        roles=frozenset({"buyer"}),
        by=NOBODY,
    )


def test_an_expired_invitation_opens_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A week after it was made."""
    secret = invite(world)
    later = clock.now() + timedelta(days=7, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    before = Person.objects.count()
    with pytest.raises(NotFound, match="expired"):
        accept(secret)
    assert Person.objects.count() == before


def test_a_withdrawn_invitation_opens_nothing(world: World, page_of: PageClients) -> None:
    """And is not listed any more."""
    secret = invite(world)
    listed = page_of("buyer").get(f"/organizations/{world.organization('buyer').pk}/")
    assert "new@example.org" in listed.content.decode()
    withdraw_invitation(Invitation.objects.get(accepted_at=None).pk, by=world.actor("buyer"))
    with pytest.raises(NotFound, match="withdrawn"):
        accept(secret)
    listed = page_of("buyer").get(f"/organizations/{world.organization('buyer').pk}/")
    assert "new@example.org" not in listed.content.decode()


def test_a_suspended_organization_invites_nobody(world: World) -> None:
    """Neither through its owner nor through the centre's administrator."""
    buyers = world.organization("buyer").pk
    suspend_organization(buyers, reason="Fees unpaid", by=world.actor("administrator"))
    before = (Invitation.objects.count(), Entry.objects.count())
    with pytest.raises(NotAllowed):
        invite(world)
    with pytest.raises(NotAllowed):
        invite_person(
            buyers,
            email="new@example.org",
            roles=frozenset({"buyer"}),
            by=world.actor("administrator"),
        )
    assert (Invitation.objects.count(), Entry.objects.count()) == before


def test_reinstating_gives_the_roles_back(world: World) -> None:
    """The same ones."""
    buyers, administrator = world.organization("buyer").pk, world.actor("administrator")
    before = world.actor("buyer").roles
    suspend_organization(buyers, reason="Fees unpaid", by=administrator)
    reinstate_organization(buyers, by=administrator)
    assert world.actor("buyer").roles == before != frozenset()


def test_reactivating_gives_the_roles_back(world: World) -> None:
    """The same ones."""
    colleague, officer = world.person("colleague").pk, world.actor("officer")
    before = world.actor("colleague").roles
    deactivate_person(colleague, by=officer)
    assert world.actor("colleague").roles == frozenset()
    reactivate_person(colleague, by=officer)
    assert world.actor("colleague").roles == before != frozenset()


def test_nobody_deactivates_themselves(world: World) -> None:
    """So an organization is never left without anybody who could let people in again."""
    with pytest.raises(NotAllowed):
        deactivate_person(world.person("officer").pk, by=world.actor("officer"))
    assert world.person("officer").is_active


@pytest.mark.parametrize("clerk", ["second_buyer", "stranger", "reviewer"])
def test_a_clerk_manages_nobody(
    world: World, page_of: PageClients, api_of: ApiClients, clerk: str
) -> None:
    """Neither the founder nor a colleague; the page says who does, and offers nothing."""
    pages, program, before = page_of(clerk), api_of(clerk), kept_rows()
    for name in ("buyer", "second_buyer"):
        for act, sent in (
            ("deactivate", {}),
            ("reactivate", {}),
            ("roles", {"roles": ["finance"]}),
        ):
            path = f"people/{world.person(name).pk}/{act}/"
            page = pages.post(f"/{path}", sent)
            assert page.status_code in (403, 404, 422)
            assert program.post(f"/api/v1/{path}", sent, format="json").status_code in (403, 404)
    buyers = world.organization("buyer").pk
    invited = {"email": "alias@example.org", "roles": ["finance", "buyer"]}
    assert pages.post(f"/organizations/{buyers}/invite/", invited).status_code == 403
    answer = program.post(f"/api/v1/organizations/{buyers}/invite/", invited, format="json")
    assert answer.status_code == 403
    assert changed_tables(before) == []
    shown = pages.get(f"/organizations/{buyers}/").content.decode()
    assert "Invite a person" not in shown
    assert ("managed by the owners alone" in shown) == (clerk == "second_buyer")


def test_only_a_regulator_has_auditors(world: World) -> None:
    """They see everybody's things: nobody else appoints them."""
    service = apply_organization(
        name="Assessors",
        kind=OrganizationKind.SERVICE,
        uscc=code("newcomer"),
        contact="3 Office Street",
        person_name="Sam",
        email="sam@example.org",
        password=PASSWORD,
        roles=frozenset({Role.OFFICER.value}),
        by=NOBODY,
    )
    let_in(service)
    with pytest.raises(Invalid, match="Choose from these roles"):
        invite_person(
            service.pk,
            email="spy@example.org",
            roles=frozenset({Role.AUDITOR.value}),
            by=world.actor("sam"),
        )


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_token_lives_a_day_to_a_year(world: World, days: int) -> None:
    """Nothing else is taken."""
    with pytest.raises(Invalid) as refused:
        create_token(name="export", days=days, scopes=EVERY, by=world.actor("officer"))
    assert list(refused.value.fields) == ["days"]


def test_an_expired_token_opens_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the moment on."""
    secret = create_token(name="export", days=1, scopes=EVERY, by=world.actor("officer")).secret
    api = Client(headers={"Authorization": f"Bearer {secret}"})
    assert api.get("/api/v1/tokens/").status_code == 200
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert api.get("/api/v1/tokens/").status_code == 401


def test_the_chosen_language_is_the_one_of_the_mails(page_of: PageClients, world: World) -> None:
    """And one that does not exist is not kept."""
    client = page_of("officer")
    client.post("/language/setlang/", {"language": "zh-hans", "next": "/"})
    assert world.person("officer").language == "zh-hans"
    client.post("/language/setlang/", {"language": "xx", "next": "/"})
    assert world.person("officer").language == "zh-hans"


def test_whoever_joins_in_chinese_is_written_to_in_chinese(world: World) -> None:
    """Without choosing it again."""
    client = Client(headers={"Accept-Language": "zh-Hans"})
    secret = invite(world)
    client.post(f"/invitations/{secret}/", {"name": "Nina", "password": PASSWORD})
    assert world.person("new").language == "zh-hans"


@pytest.mark.postgres
def test_one_code_applies_once_at_once(committed_database: None) -> None:
    """The others are told so, field by field."""
    answers = at_once(
        6, lambda number: apply(number, uscc=code("newcomer"), email=f"n{number}@example.org")
    )
    [_one] = [answer for answer in answers if isinstance(answer, Organization)]
    losers = [answer for answer in answers if isinstance(answer, Refusal)]
    assert [list(loser.fields) for loser in losers if isinstance(loser, Invalid)] == [["uscc"]] * 5
    assert Entry.objects.filter(kind="accounts.organization_applied").count() == 6


@pytest.mark.postgres
def test_one_invitation_is_accepted_once_at_once(committed_database: None) -> None:
    """By whoever comes first."""
    secret = invite(World())
    answers = at_once(6, lambda number: accept(secret))
    assert len([answer for answer in answers if isinstance(answer, Person)]) == 1
    assert {type(answer) for answer in answers if isinstance(answer, Refusal)} == {NotFound}
    assert Person.objects.filter(email="new@example.org").count() == 1


@pytest.mark.postgres
def test_one_address_joins_once_at_once(committed_database: None) -> None:
    """However many organizations have invited it."""
    world = World()
    secrets = [invite(world, by=("buyer", "stranger")[number % 2]) for number in range(6)]
    answers = at_once(6, lambda number: accept(secrets[number]))
    assert len([answer for answer in answers if isinstance(answer, Person)]) == 1
    assert {type(answer) for answer in answers if isinstance(answer, Refusal)} == {Invalid}


@pytest.mark.postgres
def test_an_organization_is_verified_once_at_once(committed_database: None) -> None:
    """The others find it verified."""
    world = World()
    proved(world.person("pending"))
    examined(world.organization("pending").pk)
    pending, by = world.organization("pending").pk, world.actor("administrator")
    answers = at_once(6, lambda number: verify_organization(pending, by=by))
    assert len([answer for answer in answers if isinstance(answer, Organization)]) == 1
    assert {type(answer) for answer in answers if isinstance(answer, Refusal)} == {WrongState}
