"""Who may record costs, and who decides on what is booked."""

from __future__ import annotations

from uuid import UUID

from marketplace.accounting.models import Recognition
from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor


def may_keep_costs(by: Actor, organization_id: UUID) -> bool:
    """The finance officers of the organization that bears the cost."""
    return by.has(Role.FINANCE) and by.acts_for(organization_id)


def may_review(by: Actor, recognition: Recognition) -> bool:
    """A reviewer decides, who neither submitted it nor belongs to the organization that did."""
    return (
        by.has(Role.REVIEWER)
        and recognition.submitted_by_id != by.person_id
        and not by.acts_for(recognition.organization_id)
    )
