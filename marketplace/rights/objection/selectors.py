from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_of_right
from marketplace.rights.claim.models import Claim
from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.rights.objection.states import UNDECIDED


def objections_visible_to(by: Actor) -> QuerySet[Objection]:
    """Return all to the centre's staff, else those raised by or against the organization."""
    rows = Objection.objects.select_related(
        "claim__dataset", "claim__organization", "claim__preceding__organization", "organization"
    )
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(
        Q(organization_id=by.organization_id)
        | Q(claim__organization_id=by.organization_id)
        | Q(claim__preceding__organization_id=by.organization_id)
    )


def objections_of(claim: Claim) -> QuerySet[Objection]:
    """Return the objections to a claim, oldest first, to a caller who may see the claim."""
    return Objection.objects.filter(claim=claim).select_related("organization")


def open_objections(claim: Claim) -> QuerySet[Objection]:
    """Return the objections to a claim that wait for a decision, the centre's or a court's."""
    return Objection.objects.filter(claim=claim, state__in=sorted(UNDECIDED))


def objections_holding(certificate: Certificate) -> QuerySet[Objection]:
    """Return the objections to a certificate, or another one of the same right, that wait."""
    held = certificates_of_right(certificate).order_by().values("claim_id")
    return Objection.objects.filter(claim_id__in=held, state__in=sorted(UNDECIDED))


def exhibits_visible_to(by: Actor) -> QuerySet[Exhibit]:
    """Return what was shown for the objections that the actor may see."""
    rows = Exhibit.objects.filter(objection__in=objections_visible_to(by).order_by().values("pk"))
    return rows.select_related("file", "organization")


def exhibits_of(objection: Objection) -> QuerySet[Exhibit]:
    """Return what both parties showed, oldest first, to a caller who may see the objection."""
    return Exhibit.objects.filter(objection=objection).select_related("file", "organization")
