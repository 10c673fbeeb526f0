"""Read claims and their evidence."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.rights.choices import ClaimKind
from marketplace.rights.models import (
    Certificate,
    Claim,
    Evidence,
)
from marketplace.rights.states import (
    PUBLIC,
    RUNNING,
    ClaimState,
)


def claims_visible_to(by: Actor) -> QuerySet[Claim]:
    """Return every claim to the centre's staff, else those of the actor's organization.

    Among its own are the transfers by which it gives rights up.
    """
    rows = _claims().prefetch_related("claimed_rights")
    if is_centre_staff(by):
        return rows
    return rows.filter(_is_of(by.organization_id)) if by.organization_id else rows.none()


def _claims() -> QuerySet[Claim]:
    return Claim.objects.select_related("dataset", "organization", "preceding__organization")


def _is_of(organization_id: UUID | None) -> Q:
    """Select the claims of an organization, and those on a certificate of its own."""
    return Q(organization_id=organization_id) | Q(preceding__organization_id=organization_id)


def published_claims() -> QuerySet[Claim]:
    """Return the claims of which the register publishes something, to anybody."""
    return _claims().prefetch_related("claimed_rights").filter(state__in=sorted(PUBLIC))


def claims_in_notice() -> QuerySet[Claim]:
    """Return the claims to which anybody may object now, to anybody, those that end first first."""
    return (
        published_claims()
        .filter(
            Q(state=ClaimState.PUBLIC_NOTICE, notice_until__gte=clock.today())
            | Q(state=ClaimState.PUBLIC_NOTICE, provisional__has_key="notice_until")
            | Q(state=ClaimState.OBJECTION)
        )
        .order_by("notice_from", "created_at")
    )


def claims_open_to(by: Actor) -> QuerySet[Claim]:
    """Return what the actor may read of the register: the published claims and their own."""
    rows = _claims()
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


def running_transfers(dataset_id: UUID, organization_id: UUID) -> QuerySet[Claim]:
    """Return the transfers by which an organization is about to give rights over data up."""
    return _claims().filter(
        dataset_id=dataset_id,
        preceding__organization_id=organization_id,
        kind=ClaimKind.TRANSFER,
        state__in=sorted(RUNNING),
    )


def running_transfer(certificate: Certificate) -> Claim | None:
    """Find the transfer of a certificate with which the register has not finished."""
    transfers = running_transfers(certificate.dataset_id, certificate.organization_id)
    return transfers.filter(preceding=certificate).first()


def transfer_by_reference(certificate_id: UUID, acquirer_id: UUID, reference: str) -> Claim | None:
    """Find the newest transfer of a certificate to an acquirer that follows from a reference."""
    transfers = _claims().filter(
        kind=ClaimKind.TRANSFER,
        preceding_id=certificate_id,
        organization_id=acquirer_id,
        reference=reference,
    )
    return transfers.order_by("-created_at").first()


def rights_passed_on(dataset_id: UUID, organization_id: UUID) -> frozenset[str]:
    """Return the rights that an organization gave up wholly by transfers and did not get back."""
    passed = (
        _claims()
        .filter(dataset_id=dataset_id, kind=ClaimKind.TRANSFER, deposited_on__isnull=False)
        .prefetch_related("claimed_rights")
        .order_by("certificate__created_at")
    )
    gone: set[str] = set()
    for claim in passed:
        transferor = claim.transferor
        if transferor is not None and transferor.pk == organization_id and not claim.limits:
            gone |= set(claim.rights)
        elif claim.organization_id == organization_id:
            gone -= set(claim.rights)
    return frozenset(gone)


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
