"""Who may draft a price ceiling, decide on it and end it."""

from __future__ import annotations

from uuid import UUID

from marketplace.accounts.roles import Role
from marketplace.appraisal.ceilings.models import PriceCeiling
from marketplace.core.actor import Actor


def may_draft(by: Actor, organization_id: UUID) -> bool:
    """Officers work on the ceilings of their own organization's data."""
    return by.has(Role.OFFICER) and by.acts_for(organization_id)


def may_review(by: Actor, ceiling: PriceCeiling) -> bool:
    """A reviewer decides, who neither submitted it nor belongs to the organization that did."""
    return (
        by.has(Role.REVIEWER)
        and ceiling.submitted_by_id != by.person_id
        and not by.acts_for(ceiling.organization_id)
    )
