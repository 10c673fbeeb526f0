"""Changes of people that take two, made by both administrators of the centre."""

from __future__ import annotations

from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.proposal.services import approve_change, propose_change
from tests.given.world import World


def proposed(
    world: World,
    person: str,
    kind: str,
    roles: set[str] | None = None,
    *,
    by: str = "administrator",
) -> ChangeProposal:
    """Let somebody propose a change of a person."""
    return propose_change(
        world.person(person).pk,
        kind=kind,
        reason="Letter of 3 March, number 12",
        roles=frozenset(roles or ()),
        by=world.actor(by),
    )


def changed(
    world: World,
    person: str,
    kind: str,
    roles: set[str] | None = None,
    *,
    by: str = "administrator",
    second: str = "second_administrator",
) -> ChangeProposal:
    """Let one propose a change of a person, and another approve it."""
    proposal = proposed(world, person, kind, roles, by=by)
    return approve_change(proposal.pk, by=world.actor(second))


def with_roles(world: World, person: str, *roles: str) -> None:
    """Give a person of the centre other roles."""
    changed(world, person, "centre-roles", set(roles))
