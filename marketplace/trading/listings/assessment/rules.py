from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.trading.listings.assessment.models import ImpactAssessment
from marketplace.trading.listings.assessment.selectors import assessment_of, needs_assessment
from marketplace.trading.listings.assessment.states import ASSESSMENT, AssessmentState
from marketplace.trading.listings.listing.models import Listing


def check_make_assessment(listing: Listing, by: Actor) -> UUID:
    """Return the officer who assesses what listed data does to persons.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the data is about no person (`assessment-not-needed`), or it is assessed already
            (`assessment-standing`).
    """
    if not by.has(Role.OFFICER) or not by.acts_for(listing.organization_id) or not by.person_id:
        raise NotAllowed(_("Only an officer of the seller assesses the impact on persons."))
    version = listing.revision.version
    if not needs_assessment(version.risk_reports.order_by("-measured_at").first()):
        raise WrongState(
            _("This data is about no person: no impact is to be assessed."),
            code="assessment-not-needed",
        )
    known = assessment_of(version)
    if known is not None and known.state != AssessmentState.RETURNED:
        raise WrongState(
            _("The impact of this version is assessed already."), code="assessment-standing"
        )
    return by.person_id


def check_second_person(assessment: ImpactAssessment, by: Actor) -> UUID:
    """Return who decides on an assessment: another officer of the seller, or a reviewer.

    Raises:
        NotAllowed: the actor is neither, or made it.
        WrongState: it is decided.
    """
    is_colleague = by.has(Role.OFFICER) and by.acts_for(assessment.organization_id)
    is_reviewer = by.has(Role.REVIEWER) and not by.belongs_to(assessment.organization_id)
    if not (is_colleague or is_reviewer) or by.person_id is None:
        raise NotAllowed(
            _("Another officer of the seller or a reviewer of the centre decides on it.")
        )
    if not is_second("assessment", assessment.made_by_id, by, of=(assessment.organization_id,)):
        raise NotAllowed(_("Who made the assessment does not approve it. Ask a second person."))
    ASSESSMENT.check(assessment, AssessmentState.APPROVED)
    return by.person_id


ACTS_ON_ASSESSMENT: Mapping[str, Rule[ImpactAssessment]] = MappingProxyType(
    {"approve_assessment": check_second_person, "return_assessment": check_second_person}
)


def acts_on_assessment(assessment: ImpactAssessment, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_ASSESSMENT, assessment, by)
