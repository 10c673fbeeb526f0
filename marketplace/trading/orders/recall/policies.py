"""Who may do what with reports of re-identifications."""

from __future__ import annotations

from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor
from marketplace.preparation.models import RiskReport
from marketplace.trading.orders.recall.models import Reidentification


def may_examine(by: Actor, report: RiskReport) -> bool:
    """A reviewer of the centre examines, unless they belong to the organization of the data."""
    return (
        by.has(Role.REVIEWER)
        and by.person_id is not None
        and not by.acts_for(report.organization_id)
    )


def is_second(by: Actor, doubt: Reidentification) -> bool:
    """Somebody else examined it first: nobody recalls a verdict alone."""
    return doubt.examined_by_id is not None and by.person_id != doubt.examined_by_id


def examines(by: Actor) -> bool:
    """Reviewers read what was reported."""
    return by.has(Role.REVIEWER)
