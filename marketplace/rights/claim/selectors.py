from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.rights.claim.models import Claim, Evidence
from marketplace.rights.claim.states import PUBLIC, RUNNING, ClaimState


def claims_visible_to(by: Actor) -> QuerySet[Claim]:
    """Return every claim to the centre's staff, else those of the actor's organization.

    Among its own are the transfers by which it gives rights up.
    """
    rows = claim_rows().prefetch_related("claimed_rights")
    if is_centre_staff(by):
        return rows
    return rows.filter(_is_of(by.organization_id)) if by.organization_id else rows.none()


def claim_rows() -> QuerySet[Claim]:
    """Return all claims, with what names them."""
    return Claim.objects.select_related(
        "dataset", "version__content", "organization", "preceding__organization"
    )


def _is_of(organization_id: UUID | None) -> Q:
    """Select the claims of an organization, and those on a certificate of its own."""
    return Q(organization_id=organization_id) | Q(preceding__organization_id=organization_id)


def claims_open_to(by: Actor) -> QuerySet[Claim]:
    """Return what the actor may read of the register: the published claims and their own."""
    rows = claim_rows()
    if is_centre_staff(by):
        return rows
    return rows.filter(Q(state__in=sorted(PUBLIC)) | _is_of(by.organization_id))


def sees_dataset(by: Actor, claim: Claim) -> bool:
    """Return whether the actor may open the claimed dataset; who acquires a right may not."""
    return is_centre_staff(by) or by.acts_for(claim.dataset.organization_id)


def running_claim(dataset_id: UUID, organization_id: UUID) -> Claim | None:
    """Find the claim of an organization on data with which the register has not finished."""
    return Claim.objects.filter(
        dataset_id=dataset_id, organization_id=organization_id, state__in=sorted(RUNNING)
    ).first()


def claims_without_reply(today: date) -> QuerySet[Claim]:
    """Return the submitted claims whose term to reply has passed."""
    return Claim.objects.filter(state=ClaimState.SUBMITTED, reply_due_on__lt=today)


def claims_not_completed(today: date) -> QuerySet[Claim]:
    """Return the claims that were to be completed before acceptance, and were not in time."""
    return Claim.objects.filter(state=ClaimState.SUPPLEMENT_ACCEPTANCE, supplement_due_on__lt=today)


def claims_whose_notice_elapsed(today: date) -> QuerySet[Claim]:
    """Return the claims whose notice is over, and whose decision's term stands still yet."""
    return Claim.objects.filter(
        state=ClaimState.PUBLIC_NOTICE, notice_until__lt=today, decision_days_left__isnull=False
    )


def claims_of_expired_certificates(today: date) -> QuerySet[Claim]:
    """Return the certified claims whose certificate's time has run out."""
    return Claim.objects.filter(state=ClaimState.CERTIFIED, certificate__valid_until__lt=today)


def evidence_visible_to(by: Actor) -> QuerySet[Evidence]:
    """Return the evidence of the claims that the actor may see."""
    rows = Evidence.objects.filter(claim__in=claims_visible_to(by).order_by().values("pk"))
    return rows.select_related("file")


def evidence_of(claim: Claim) -> QuerySet[Evidence]:
    """Return the evidence of a claim in the order it came."""
    return Evidence.objects.filter(claim=claim).select_related("file")


def evidence_behind(claim: Claim) -> QuerySet[Evidence]:
    """Return the evidence of a claim, and before it that of the certificates that it rests on."""
    behind, preceding = [claim.pk], claim.preceding
    while preceding is not None:
        behind.append(preceding.claim_id)
        preceding = preceding.predecessor
    rows = Evidence.objects.filter(claim_id__in=behind).select_related("file")
    return rows.order_by("created_at")
