from collections.abc import Collection
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from marketplace.accounts.member.changes import (
    appoint_owner,
    change_roles,
    change_sign_in,
    lock_owners,
    remove_owner,
)
from marketplace.accounts.member.rules import (
    check_deactivate_person,
    check_lets_go,
    check_make_owner,
    check_reactivate_person,
    check_set_roles,
    check_step_down,
)
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.accounts.roles import GIVEN_ROLES
from marketplace.core import Actor, locked, visible
from marketplace.core.arguments import Several

ROLES = Several(label=gettext_lazy("Roles"), choices=GIVEN_ROLES)


@transaction.atomic
def set_roles(person_id: UUID, *, roles: Annotated[Collection[str], ROLES], by: Actor) -> Person:
    """Give a person exactly these roles, and end their tokens. The same set again changes nothing.

    Raises:
        NotFound: there is no such person among those the actor may see.
        NotAllowed: the actor does not manage the person's organization, or is that person.
        Invalid: the roles do not fit the organization.
    """
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    check_set_roles(person, by)
    assert person.organization is not None, "Whoever belongs to none is not found."
    change_roles(person, frozenset(roles), by=by)
    # Read anew: what was fetched with the person are the roles of before.
    return visible(people_visible_to(by), pk=person_id)


@transaction.atomic
def make_owner(person_id: UUID, *, by: Actor) -> Person:
    """Make a colleague an owner of the organization, beside those who are.

    Raises:
        NotFound: there is no such person among those the actor may see.
        NotAllowed: the actor is no owner of their organization.
        WrongState: they are an owner already, or cannot sign in.
    """
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    check_make_owner(person, by)
    appoint_owner(person, by=by)
    return visible(people_visible_to(by), pk=person_id)


@transaction.atomic
def step_down(person_id: UUID, *, by: Actor) -> Person:
    """Give up one's own part as an owner; other roles stay.

    Raises:
        NotFound: there is no such person among those the actor may see.
        NotAllowed: it is not the actor, or no owner.
        WrongState: they are the last owner (`last-owner`).
    """
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    lock_owners(person)
    check_step_down(person, by)
    remove_owner(person, by=by)
    return visible(people_visible_to(by), pk=person_id)


@transaction.atomic
def deactivate_person(person_id: UUID, *, by: Actor) -> Person:
    """Stop a person from signing in, at once: pages and tokens open nothing any more.

    What they did stays theirs; their roles come back with `reactivate_person`, and their tokens do
    not. Again it changes nothing.

    Raises:
        NotFound, NotAllowed: as for `set_roles`.
    """
    person = _managed(person_id, by)
    if not person.is_active:
        return person
    check_deactivate_person(person, by)
    change_sign_in(person, is_active=False, by=by)
    return person


@transaction.atomic
def reactivate_person(person_id: UUID, *, by: Actor) -> Person:
    """Let a person sign in again, with the roles they held. Again it changes nothing.

    Raises:
        NotFound, NotAllowed: as for `set_roles`.
    """
    person = _managed(person_id, by)
    if person.is_active:
        return person
    check_reactivate_person(person, by)
    change_sign_in(person, is_active=True, by=by)
    return person


def _managed(person_id: UUID, by: Actor) -> Person:
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    check_lets_go(person, by)
    return person
