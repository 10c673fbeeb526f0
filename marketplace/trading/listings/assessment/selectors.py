"""Read impact assessments, and whether one is asked for."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.models import DatasetVersion
from marketplace.core import Actor
from marketplace.preparation.models import RiskReport
from marketplace.preparation.report.models import Verdict
from marketplace.trading.listings.assessment.models import ImpactAssessment
from marketplace.trading.listings.assessment.states import AssessmentState

OF_PERSONS = (Verdict.DE_IDENTIFIED, Verdict.ANONYMOUS)
"""The verdicts on data that is about persons, or was before it was masked."""


def assessments_visible_to(by: Actor) -> QuerySet[ImpactAssessment]:
    """Return every assessment to the centre's staff, else those of the actor's organization."""
    rows = ImpactAssessment.objects.select_related("version__dataset", "organization")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def needs_assessment(report: RiskReport | None) -> bool:
    """Return whether data with this report is about persons, or was."""
    return report is not None and report.verdict in OF_PERSONS


def assessment_of(version: DatasetVersion) -> ImpactAssessment | None:
    """Return the assessment of a version that was made last."""
    return ImpactAssessment.objects.filter(version=version).order_by("-created_at").first()


def is_assessed(version: DatasetVersion) -> bool:
    """Return whether the impact of a version was assessed and approved."""
    rows = ImpactAssessment.objects.filter(version=version, state=AssessmentState.APPROVED)
    return rows.exists()


def is_product_assessed(product_id: UUID) -> bool:
    """Return whether the impact of a revision of a product was assessed and approved."""
    rows = ImpactAssessment.objects.filter(version__revision__product_id=product_id)
    return rows.filter(state=AssessmentState.APPROVED).exists()
