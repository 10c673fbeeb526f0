"""Who may decide a case."""

from __future__ import annotations

from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor
from marketplace.review.models import Case


def may_decide(by: Actor, case: Case) -> bool:
    """A reviewer decides, who neither submitted it nor belongs to the organization that did."""
    return (
        by.has(Role.REVIEWER)
        and case.submitted_by_id != by.person_id
        and case.organization_id != by.organization_id
    )
