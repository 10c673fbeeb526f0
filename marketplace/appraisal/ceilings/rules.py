"""What the acts on a price ceiling refuse, by right and state."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.roles import Role
from marketplace.appraisal.ceilings.models import PriceCeiling
from marketplace.appraisal.ceilings.standing import check_standing
from marketplace.appraisal.ceilings.states import BEING_WRITTEN, CEILING, CeilingState
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.rules import Allowed, Rule, allowed


def may_draft(by: Actor, organization_id: UUID) -> bool:
    """Officers work on the ceilings of their own organization's data."""
    return by.has(Role.OFFICER) and by.acts_for(organization_id)


def may_review(by: Actor, ceiling: PriceCeiling) -> bool:
    """A reviewer decides, who neither submitted it nor belongs to the organization that did."""
    return is_second(
        "ceiling", ceiling.submitted_by_id, by, organization_id=ceiling.organization_id
    )


def check_drafts(dataset: Dataset, by: Actor) -> None:
    """Refuse who does not work on the price ceilings of data.

    Raises:
        NotAllowed: the actor is no officer of its organization.
    """
    if not may_draft(by, dataset.organization_id):
        raise NotAllowed(
            _("Only officers of the organization that holds the data can draft its price ceiling.")
        )


def check_works_on(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse who does not work on a price ceiling.

    Raises:
        NotAllowed: the actor is no officer of its organization.
    """
    if not may_draft(by, ceiling.organization_id):
        raise NotAllowed(_("Only officers of the organization can work on this price ceiling."))


def check_revise_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to compute a price ceiling anew.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it was submitted already.
    """
    check_works_on(ceiling, by)
    if ceiling.state not in BEING_WRITTEN:
        raise WrongState(_("A price ceiling can be revised only before it is submitted."))


def check_submit_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to give a price ceiling to a second person.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is submitted already, or does not stand any more.
    """
    check_works_on(ceiling, by)
    CEILING.check(ceiling, CeilingState.SUBMITTED)
    check_standing(ceiling)


def check_withdraw_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to take a price ceiling back.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is decided already.
    """
    check_works_on(ceiling, by)
    CEILING.check(ceiling, CeilingState.WITHDRAWN)


def check_return_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to send a price ceiling back.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision.
    """
    _check_second_person(ceiling, by)
    CEILING.check(ceiling, CeilingState.RETURNED)


def check_approve_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to put a price ceiling in force.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision, its period is over or taken, or its figures do
            not stand.
    """
    _check_second_person(ceiling, by)
    CEILING.check(ceiling, CeilingState.IN_FORCE)
    if ceiling.period_until < clock.today():
        raise WrongState(
            _("The period is over. Return the price ceiling, so that a later period is chosen."),
            code="ceiling-period-over",
        )
    check_standing(ceiling)


def check_close_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to end a price ceiling before its period is over.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it is not in force.
    """
    if not may_review(by, ceiling):
        raise NotAllowed(_("Only a reviewer who did not submit this can close it."))
    CEILING.check(ceiling, CeilingState.CLOSED)


def _check_second_person(ceiling: PriceCeiling, by: Actor) -> None:
    if not may_review(by, ceiling):
        raise NotAllowed(_("Only a reviewer who did not submit this can decide on it."))


ACTS_ON_CEILING: Mapping[str, Rule[PriceCeiling]] = {
    "revise_ceiling": check_revise_ceiling,
    "submit_ceiling": check_submit_ceiling,
    "withdraw_ceiling": check_withdraw_ceiling,
    "approve_ceiling": check_approve_ceiling,
    "return_ceiling": check_return_ceiling,
    "close_ceiling": check_close_ceiling,
}


def acts_on_ceiling(ceiling: PriceCeiling, by: Actor) -> Allowed:
    """Return what an actor may do with a price ceiling now."""
    return allowed(ACTS_ON_CEILING, ceiling, by)
