"""An officer assesses what data on sale does to persons; a second person approves it."""

import hashlib
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, clock, locked, longest_of
from marketplace.core.arguments import Several, Text, reason_of
from marketplace.core.months import months_after
from marketplace.ledger.services.recording import record
from marketplace.preparation.release.selectors import run_that_made
from marketplace.trading.listings.assessment.choices import ImpactCase
from marketplace.trading.listings.assessment.events import (
    AssessmentApproved,
    AssessmentMade,
    AssessmentReturned,
)
from marketplace.trading.listings.assessment.models import LONGEST_TEXT, ImpactAssessment
from marketplace.trading.listings.assessment.rules import check_make_assessment, check_second_person
from marketplace.trading.listings.assessment.selectors import assessments_visible_to
from marketplace.trading.listings.assessment.states import ASSESSMENT, AssessmentState
from marketplace.trading.listings.listing.selectors import listings_visible_to

WHY = reason_of(ImpactAssessment)

KEPT_MONTHS = 36
"""Three years: Personal Information Protection Law, article 56."""


CASES = Several(label=gettext_lazy("Why it is assessed"), choices=ImpactCase)
PURPOSE = Text(
    label=gettext_lazy("Purpose and way of processing"),
    help=gettext_lazy("What buyers may do with the data, and how it was masked."),
    longest=longest_of(ImpactAssessment, "purpose"),
    lines=4,
)
NECESSITY = Text(
    label=gettext_lazy("Why it is lawful, justified and necessary"),
    longest=longest_of(ImpactAssessment, "necessity"),
    lines=4,
)
RISKS = Text(
    label=gettext_lazy("Influence on the rights of persons, and the risks"),
    longest=longest_of(ImpactAssessment, "risks"),
    lines=4,
)
MEASURES = Text(
    label=gettext_lazy("Measures of protection, and whether they fit the risk"),
    longest=longest_of(ImpactAssessment, "measures"),
    lines=4,
)


@transaction.atomic
def make_assessment(
    listing_id: UUID,
    *,
    cases: Annotated[Sequence[str], CASES],
    purpose: Annotated[str, PURPOSE],
    necessity: Annotated[str, NECESSITY],
    risks: Annotated[str, RISKS],
    measures: Annotated[str, MEASURES],
    by: Actor,
) -> ImpactAssessment:
    """Assess what a version on sale does to persons (articles 55 and 56 of the law).

    It is bound to the version and the policy that made it, and counts for whatever lists them.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the data is about no person (`assessment-not-needed`), or it is assessed already
            (`assessment-standing`).
        Invalid: a text is missing or too long, or no case is named.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    person_id = check_make_assessment(listing, by)
    texts = {"purpose": purpose, "necessity": necessity, "risks": risks, "measures": measures}
    texts = {name: text.strip() for name, text in texts.items()}
    known = [case for case in ImpactCase.values if case in cases]
    _check(texts, known)
    version = listing.revision.version
    assessment = ImpactAssessment.objects.create(
        version=version,
        organization_id=listing.organization_id,
        policy_digest=run_that_made(version).followed.digest,
        cases=known,
        made_by_id=person_id,
        **texts,
    )
    record(
        AssessmentMade(
            subject=f"assessment:{assessment.pk}",
            about=(f"listing:{listing.pk}", *assessment.concerns),
            cases=tuple(known),
            policy_digest=assessment.policy_digest,
            text_sha256=_digest("\n".join(texts.values())),
        ),
        by=by,
    )
    return assessment


@transaction.atomic
def approve_assessment(assessment_id: UUID, *, by: Actor) -> ImpactAssessment:
    """Approve an impact assessment as a second person; it is kept for three years at least.

    Raises:
        NotFound: there is no such assessment among those the actor may see.
        NotAllowed: the actor made it, or is neither an officer of the seller nor a reviewer.
        WrongState: it is decided.
    """
    assessment = locked(assessments_visible_to(by), pk=assessment_id)
    person_id = check_second_person(assessment, by)
    ASSESSMENT.move(assessment, AssessmentState.APPROVED)
    assessment.approved_by_id, assessment.approved_at = person_id, clock.now()
    assessment.kept_until = months_after(clock.today(), KEPT_MONTHS)
    assessment.save(update_fields=["state", "approved_by_id", "approved_at", "kept_until"])
    record(
        AssessmentApproved(
            subject=f"assessment:{assessment.pk}",
            about=assessment.concerns,
            kept_until=assessment.kept_until.isoformat(),
        ),
        by=by,
    )
    return assessment


@transaction.atomic
def return_assessment(
    assessment_id: UUID, *, reason: Annotated[str, WHY], by: Actor
) -> ImpactAssessment:
    """Return an impact assessment with the reason; another one is made in its place.

    Raises:
        NotFound, NotAllowed, WrongState: as for `approve_assessment`.
        Invalid: there is no reason.
    """
    assessment = locked(assessments_visible_to(by), pk=assessment_id)
    check_second_person(assessment, by)
    ASSESSMENT.move(assessment, AssessmentState.RETURNED)
    assessment.reason = WHY.given(reason)
    assessment.save(update_fields=["state", "reason"])
    record(
        AssessmentReturned(
            subject=f"assessment:{assessment.pk}",
            about=assessment.concerns,
            reason_sha256=_digest(assessment.reason),
        ),
        by=by,
    )
    return assessment


def _check(texts: dict[str, str], cases: Sequence[str]) -> None:
    fields = {
        name: [_("Write 1 to %(most)d characters.") % {"most": LONGEST_TEXT}]
        for name, text in texts.items()
        if not 1 <= len(text) <= LONGEST_TEXT
    }
    if not cases:
        fields["cases"] = [_("Name at least one case.")]
    if fields:
        raise Invalid(_("The assessment needs corrections. See the fields."), fields=fields)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
