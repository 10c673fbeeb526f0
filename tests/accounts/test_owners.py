"""Owners alone manage people; what they cannot mend takes two administrators of the centre."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.accounts.member.services import deactivate_person, make_owner, set_roles, step_down
from marketplace.accounts.models import Invitation, Person
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.proposal.services import (
    approve_change,
    propose_change,
    propose_invitation,
    refuse_change,
    settle_proposals,
    withdraw_change,
)
from marketplace.accounts.token.services import create_token
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.notices.models import Notice
from tests.conftest import PageClients
from tests.given.letters import secret_of
from tests.given.pipeline import catch_up
from tests.given.state import changed_tables, kept_rows
from tests.given.two import changed, proposed, with_roles
from tests.given.world import PASSWORD, World

SYSTEM = Actor.system(Door.TASK)
WEEK = timedelta(days=7)


def two_owners(world: World) -> None:
    """Let the colleague own the bureau beside its founder."""
    make_owner(world.person("colleague").pk, by=world.actor("officer"))


def three_owners(world: World) -> None:
    """Let the finance officer own the bureau too."""
    two_owners(world)
    make_owner(world.person("finance").pk, by=world.actor("colleague"))


def settle_in(days: timedelta) -> None:
    """Let what is due in so many days take effect."""
    with clock.stopped_at(clock.now() + days):
        settle_proposals(by=SYSTEM)


def test_no_colleague_manages_people(world: World) -> None:
    """Anybody with a role gave and took roles, and deactivated the founder."""
    kept = kept_rows()
    for by in ("colleague", "finance", "administrator", "reviewer", "stranger"):
        for name in ("officer", "colleague", "finance"):
            with pytest.raises((NotAllowed, NotFound)):
                set_roles(world.person(name).pk, roles=frozenset({"buyer"}), by=world.actor(by))
            with pytest.raises((NotAllowed, NotFound)):
                deactivate_person(world.person(name).pk, by=world.actor(by))
            with pytest.raises((NotAllowed, NotFound)):
                make_owner(world.person(name).pk, by=world.actor(by))
    assert changed_tables(kept) == []


def test_the_founder_is_the_first_owner_and_the_last_cannot_go(world: World) -> None:
    """By no act: neither stepping down, nor deactivation, nor removal by the centre."""
    assert world.actor("officer").has("owner")
    kept = kept_rows()
    with pytest.raises(WrongState) as refused:
        step_down(world.person("officer").pk, by=world.actor("officer"))
    assert refused.value.code == "last-owner"
    with pytest.raises(WrongState) as refused:
        proposed(world, "officer", "remove-owner")
    assert refused.value.code == "last-owner"
    assert changed_tables(kept) == []
    two_owners(world)
    with pytest.raises(WrongState) as refused:
        deactivate_person(world.person("officer").pk, by=world.actor("colleague"))
    assert refused.value.code == "is-owner"
    step_down(world.person("officer").pk, by=world.actor("officer"))
    assert not world.actor("officer").has("owner")
    deactivate_person(world.person("officer").pk, by=world.actor("colleague"))


def test_an_owner_is_removed_by_two_others_after_a_week(world: World) -> None:
    """Who is told by notice, and e-mail, before; two owners are too few for it."""
    two_owners(world)
    with pytest.raises(WrongState) as refused:
        proposed(world, "officer", "remove-owner", by="colleague")
    assert refused.value.code == "too-few-owners"
    make_owner(world.person("finance").pk, by=world.actor("colleague"))
    proposal = proposed(world, "officer", "remove-owner", by="colleague")
    for who in ("colleague", "officer", "administrator"):
        with pytest.raises(NotAllowed):
            approve_change(proposal.pk, by=world.actor(who))
    approve_change(proposal.pk, by=world.actor("finance"))
    catch_up()
    told = Notice.objects.get(person=world.person("officer"), kind="change_approved")
    until = clock.today() + WEEK
    assert told.parameters["day"] == until.isoformat()
    settle_in(WEEK - timedelta(minutes=1))
    assert world.actor("officer").has("owner")
    settle_in(WEEK + timedelta(minutes=1))
    assert not world.actor("officer").has("owner")
    assert world.actor("officer").has("officer"), "other roles stay"


def test_until_its_day_a_removal_is_taken_back(world: World) -> None:
    """By either of the two, and by nobody else."""
    three_owners(world)
    proposal = proposed(world, "officer", "remove-owner", by="colleague")
    approve_change(proposal.pk, by=world.actor("finance"))
    with pytest.raises(NotAllowed):
        withdraw_change(proposal.pk, by=world.actor("officer"))
    withdraw_change(proposal.pk, by=world.actor("finance"))
    settle_in(WEEK * 2)
    assert world.actor("officer").has("owner")


def test_a_removal_that_would_leave_none_lapses(world: World) -> None:
    """Two removals run at a time: the second of them would take the last owner."""
    two_owners(world)
    for name in ("officer", "colleague"):
        changed(world, name, "remove-owner")
    settle_in(WEEK * 2)
    states = set(ChangeProposal.objects.filter(kind="remove-owner").values_list("state", flat=True))
    assert states == {"done", "lapsed"}
    owners = Person.objects.filter(
        organization=world.organization("officer"), role_grants__role="owner"
    )
    assert owners.count() == 1


def test_an_owner_is_lost_and_the_organization_recovered(
    world: World, page_of: PageClients
) -> None:
    """Journey: nobody can sign in for it; two administrators have a new owner invited."""
    bureau = world.organization("officer").pk
    sent = {"email": "heir@example.org", "reason": "Resolution 12 of 3 March"}
    first, second = page_of("administrator"), page_of("second_administrator")
    page = reverse("organization_propose", args=[bureau])
    assert "seven days after" in first.get(page).content.decode()
    detail = first.post(page, sent).headers["Location"]
    assert "waits for a second person" not in first.get(detail).content.decode()
    assert first.post(f"{detail}approve/").status_code == 403
    shown = second.get(detail).content.decode()
    assert "You are the second person" in shown
    assert second.post(f"{detail}approve/").status_code == 302
    catch_up()
    assert Notice.objects.filter(person=world.person("officer"), kind="change_approved").exists()
    settle_in(WEEK + timedelta(minutes=1))
    invitation = Invitation.objects.get(email="heir@example.org")
    secret = secret_of(invitation)
    page_of("").post(f"/invitations/{secret}/", {"name": "Hana Heir", "password": PASSWORD})
    heir = world.actor("heir")
    assert heir.has("owner")
    make_owner(world.person("colleague").pk, by=heir)
    set_roles(world.person("colleague").pk, roles=frozenset({"finance"}), by=heir)
    changed(world, "officer", "remove-owner")
    settle_in(WEEK * 2)
    deactivate_person(world.person("officer").pk, by=heir)
    assert world.actor("officer").roles == frozenset()


def test_one_administrator_changes_nothing_alone(world: World) -> None:
    """In any order: who proposes does not decide, nor whom it concerns."""
    proposal = propose_invitation(
        world.organization("administrator").pk,
        email="accomplice@example.org",
        roles=frozenset({"reviewer", "finance"}),
        reason="Contract of employment",
        by=world.actor("administrator"),
    )
    kept = kept_rows()
    with pytest.raises(NotAllowed):
        approve_change(proposal.pk, by=world.actor("administrator"))
    for who in ("reviewer", "treasurer", "auditor"):
        with pytest.raises((NotAllowed, NotFound)):
            approve_change(proposal.pk, by=world.actor(who))
    with pytest.raises(NotAllowed):
        proposed(world, "administrator", "centre-roles", {"reviewer"})
    assert changed_tables(kept) == []
    own = proposed(world, "second_administrator", "centre-roles", {"administrator", "reviewer"})
    with pytest.raises(NotAllowed):
        approve_change(own.pk, by=world.actor("second_administrator"))
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeProposal.objects.filter(pk=proposal.pk).update(
            decided_by_id=world.person("administrator").pk
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeProposal.objects.filter(pk=own.pk).update(
            decided_by_id=world.person("second_administrator").pk
        )


def test_a_refusal_is_as_long_as_what_keeps_it(world: World) -> None:
    second = world.actor("second_administrator")
    pk = proposed(world, "colleague", "reset-factors").pk
    with pytest.raises(Invalid) as refused:
        refuse_change(pk, reason="x" * 501, by=second)
    assert refused.value.code == "too-long"
    assert refuse_change(pk, reason="x" * 500, by=second).state == "refused"


def test_the_centre_keeps_two_administrators(world: World) -> None:
    """Of two, none goes, nor loses the role: nobody could decide on anything any more."""
    person = world.person("second_administrator")
    for kind, roles in (("leave-centre", frozenset()), ("centre-roles", frozenset({"finance"}))):
        proposal = propose_change(person.pk, kind=kind, reason="Why", roles=roles, by=SYSTEM)
        with pytest.raises(WrongState) as refused:
            approve_change(proposal.pk, by=world.actor("administrator"))
        assert refused.value.code == "last-administrators"
        assert ChangeProposal.objects.get(pk=proposal.pk).state == "open"
    with_roles(world, "reviewer", "reviewer", "administrator")
    leaving = ChangeProposal.objects.get(kind="leave-centre")
    approve_change(leaving.pk, by=world.actor("reviewer"))
    assert not world.person("second_administrator").is_active


def test_lost_factors_are_reset_by_two(world: World) -> None:
    """The person is told, and their tokens open nothing any more."""
    officer = world.person("officer")
    token = create_token(
        name="export", days=9, scopes=frozenset({"read"}), by=world.actor("officer")
    ).token
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": "x"})
    proposal = proposed(world, "officer", "reset-factors")
    assert Authenticator.objects.filter(user=officer).exists()
    approve_change(proposal.pk, by=world.actor("second_administrator"))
    assert not Authenticator.objects.filter(user=officer).exists()
    token.refresh_from_db()
    assert token.revoked_at is not None
    catch_up()
    assert Notice.objects.filter(person=officer, kind="factors_reset").exists()


def test_whoever_runs_the_centre_helps_the_last_administrator(world: World) -> None:
    """One of two lost the factor: the command proposes, and the other gives it."""
    call_command(
        "propose_change",
        kind="reset-factors",
        email="second_administrator@example.org",
        reason="Lost telephone, seen in person",
        verbosity=0,
    )
    proposal = ChangeProposal.objects.get(kind="reset-factors")
    assert proposal.proposed_by_id is None
    approve_change(proposal.pk, by=world.actor("administrator"))
    with pytest.raises(CommandError):
        call_command("propose_change", kind="none", email="nobody@example.org", reason="Why")


def test_nobody_decides_in_time(world: World) -> None:
    """It lapses, and who proposed it is told."""
    proposal = proposed(world, "officer", "reset-factors")
    settle_in(timedelta(days=15))
    proposal.refresh_from_db()
    assert proposal.state == "lapsed"
    catch_up()
    assert Notice.objects.filter(person=world.person("administrator"), kind="change_ended").exists()


def test_who_is_given_roles_or_loses_them_is_told(world: World) -> None:
    """And so are the owners."""
    set_roles(world.person("colleague").pk, roles=frozenset({"finance"}), by=world.actor("officer"))
    two_owners(world)
    catch_up()
    for name in ("colleague", "officer"):
        told = Notice.objects.filter(person=world.person(name), kind="person_changed")
        assert told.count() >= 2, name


def test_everything_of_this_kind_asks_back(world: World, page_of: PageClients) -> None:
    """The button opens a sheet that says what happens."""
    pages = page_of("officer")
    shown = pages.get(reverse("person_roles", args=[world.person("colleague").pk])).content.decode()
    for sentence in ("will manage people and roles as you do", "cannot sign in any more"):
        assert shown.index(sentence) > shown.index("act-sheet")
    two_owners(world)
    own = pages.get(reverse("person_roles", args=[world.person("officer").pk])).content.decode()
    assert "You will manage nobody any more" in own
