"""From each state of people somebody can still act, or two administrators can mend it.

People do whatever the acts let them, in any order, and time goes by; some are lost and never sign
in again. Whatever happened, the centre decides by two of those who are there, and each organization
has an owner, or gets one from the centre.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from marketplace.accounts.limit.selectors import mandate_of
from marketplace.accounts.limit.services import set_signing_limit
from marketplace.accounts.member.services import (
    deactivate_person,
    make_owner,
    reactivate_person,
    set_roles,
    step_down,
)
from marketplace.accounts.models import Person
from marketplace.accounts.person.selectors import administrators_in_office, owners_of
from marketplace.accounts.proposal.kinds import CHANGES
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.proposal.services import (
    approve_change,
    propose_change,
    propose_invitation,
    refuse_change,
    settle_proposals,
    withdraw_change,
)
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Refusal
from tests.given.world import World

SYSTEM = Actor.system(Door.TASK)
HOUSES = {"officer": ("officer", "colleague", "finance"), "buyer": ("buyer", "second_buyer")}
CENTRE = ("administrator", "second_administrator", "reviewer", "treasurer")
PEOPLE = (*CENTRE, *HOUSES["officer"], *HOUSES["buyer"])
ROLES = ("administrator", "reviewer", "finance", "officer", "buyer")
WEEK = timedelta(days=8)

people = st.sampled_from(PEOPLE)
proposers = st.sampled_from(("operator", *CENTRE[:2], *HOUSES["officer"]))
deciders = st.sampled_from((*CENTRE[:3], "colleague", "finance"))
kinds = st.sampled_from([kind for kind, change in CHANGES.items() if change.is_about_person])
some_roles = st.frozensets(st.sampled_from(ROLES), min_size=1, max_size=2)


@contextmanager
def refused() -> Iterator[None]:
    """Go on where an act refuses: it has changed nothing."""
    with suppress(Refusal), transaction.atomic():
        yield


class People(RuleBasedStateMachine):
    """Everybody tries everything; what the acts refuse does not happen."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.now = clock.now()
        self._whole = transaction.atomic()
        self._whole.__enter__()

    def teardown(self) -> None:
        """Take back all that happened."""
        transaction.set_rollback(True)
        self._whole.__exit__(None, None, None)

    @rule(by=people, whom=people, roles=some_roles)
    def give_roles(self, by: str, whom: str, roles: frozenset[str]) -> None:
        """Set somebody's roles."""
        with refused():
            set_roles(self.world.person(whom).pk, roles=roles, by=self.world.actor(by))

    @rule(by=people, whom=people, act=st.sampled_from([make_owner, deactivate_person]))
    def change(self, by: str, whom: str, act: object) -> None:
        """Make somebody an owner, or let them go."""
        with refused():
            act(self.world.person(whom).pk, by=self.world.actor(by))  # type: ignore[operator]

    @rule(by=people, whom=people)
    def take_back(self, by: str, whom: str) -> None:
        """Let somebody sign in again."""
        with refused():
            reactivate_person(self.world.person(whom).pk, by=self.world.actor(by))

    @rule(by=people, whom=people, limit=st.sampled_from((Decimal(0), Decimal(5000))))
    def limit(self, by: str, whom: str, limit: Decimal) -> None:
        """Say for what sum somebody signs alone."""
        with refused():
            set_signing_limit(self.world.person(whom).pk, limit=limit, by=self.world.actor(by))

    @rule(by=people)
    def go(self, by: str) -> None:
        """Step down."""
        with refused():
            step_down(self.world.person(by).pk, by=self.world.actor(by))

    @rule(by=proposers, whom=people, kind=kinds, roles=some_roles)
    def propose(self, by: str, whom: str, kind: str, roles: frozenset[str]) -> None:
        """Propose whatever there is."""
        with refused():
            propose_change(
                self.world.person(whom).pk,
                kind=kind,
                reason="Why",
                roles=roles,
                by=SYSTEM if by == "operator" else self.world.actor(by),
            )

    @rule(by=deciders, act=st.sampled_from([approve_change] * 3 + [withdraw_change, refuse_change]))
    def decide(self, by: str, act: object) -> None:
        """Decide on the oldest that waits."""
        waiting = ChangeProposal.objects.filter(state__in=("open", "approved"))
        for proposal in waiting.order_by("created_at")[:1]:
            said = {"reason": "No"} if act is refuse_change else {}
            with refused():
                act(proposal.pk, **said, by=self.world.actor(by))  # type: ignore[operator]

    @rule()
    def wait(self) -> None:
        """Let a week go by."""
        self.now += WEEK
        with clock.stopped_at(self.now):
            settle_proposals(by=SYSTEM)

    @invariant()
    def the_centre_decides_by_two(self) -> None:
        """Whatever happened."""
        assert administrators_in_office().count() >= 2

    @invariant()
    def each_organization_has_an_owner(self) -> None:
        """Who can sign in."""
        for name in HOUSES:
            assert owners_of(self.world.organization(name).pk).exists(), name

    @invariant()
    def somebody_signs_for_any_sum(self) -> None:
        """Of each organization, whatever limits were set: an owner, who needs nobody's approval."""
        for name in HOUSES:
            owners = owners_of(self.world.organization(name).pk)
            assert all(mandate_of(owner.pk).covers(None) for owner in owners), name


def test_nobody_is_locked_out(world: World) -> None:
    """Neither an organization nor the centre, by any order of acts."""
    run_state_machine_as_test(
        People,
        settings=settings(
            max_examples=8,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("house", sorted(HOUSES))
def test_two_administrators_mend_an_organization_that_lost_everybody(
    world: World, house: str
) -> None:
    """All of its owners are there and never sign in again: the centre has another one invited."""
    bureau = world.organization(house).pk
    proposal = propose_invitation(
        bureau, email="heir@example.org", reason="Court order", by=world.actor("administrator")
    )
    approve_change(proposal.pk, by=world.actor("second_administrator"))
    with clock.stopped_at(clock.now() + WEEK):
        settle_proposals(by=SYSTEM)
    assert ChangeProposal.objects.get(pk=proposal.pk).state == "done"


def test_one_administrator_and_the_operator_mend_the_centre(world: World) -> None:
    """The other is lost: the command proposes a third, and the one that is left gives the role."""
    proposal = propose_change(
        world.person("reviewer").pk,
        kind="centre-roles",
        reason="The other one is lost",
        roles=frozenset({"administrator"}),
        by=Actor.system(Door.COMMAND),
    )
    approve_change(proposal.pk, by=world.actor("administrator"))
    lost = propose_change(
        world.person("second_administrator").pk,
        kind="leave-centre",
        reason="Lost",
        by=world.actor("administrator"),
    )
    approve_change(lost.pk, by=world.actor("reviewer"))
    assert not Person.objects.get(email="second_administrator@example.org").is_active
    assert administrators_in_office().count() == 2
