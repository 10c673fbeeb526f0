"""Who may value, and who may take a valuation back."""

from uuid import UUID

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.appraisal.states import AppraisalState
from marketplace.core import Actor


def may_appraise(by: Actor, organization_id: UUID) -> bool:
    """Officers value the data of their own organization."""
    return by.has(Role.OFFICER) and by.acts_for(organization_id)


def may_review(by: Actor, appraisal: Appraisal) -> bool:
    """A reviewer decides, who neither submitted it nor belongs to the organization that did."""
    return is_second("valuation", appraisal.submitted_by_id, by, of=(appraisal.organization_id,))


def may_withdraw(by: Actor, appraisal: Appraisal) -> bool:
    """Its own officers withdraw it at any time; a reviewer once it is in force."""
    is_outside = by.has(Role.REVIEWER) and not by.belongs_to(appraisal.organization_id)
    if appraisal.state == AppraisalState.IN_FORCE and is_outside:
        return True
    return may_appraise(by, appraisal.organization_id)


def may_calculate(by: Actor) -> bool:
    """Officers and the centre's staff try methods on figures of their own."""
    return by.has(Role.OFFICER) or is_centre_staff(by)


def may_note_comparables(by: Actor) -> bool:
    """Only the centre's own software notes what was paid."""
    return by.is_system


def may_expire(by: Actor) -> bool:
    """Only the centre's own clockwork lets valuations expire."""
    return by.is_system
