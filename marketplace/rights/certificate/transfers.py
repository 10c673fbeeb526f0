"""Read transfers, those that run and what has passed."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import claim_rows
from marketplace.rights.claim.states import RUNNING


def running_transfers(dataset_id: UUID, organization_id: UUID) -> QuerySet[Claim]:
    """Return the transfers by which an organization is about to give rights over data up."""
    return claim_rows().filter(
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
    transfers = claim_rows().filter(
        kind=ClaimKind.TRANSFER,
        preceding_id=certificate_id,
        organization_id=acquirer_id,
        reference=reference,
    )
    return transfers.order_by("-created_at").first()


def rights_passed_on(dataset_id: UUID, organization_id: UUID) -> frozenset[str]:
    """Return the rights that an organization gave up wholly by transfers and did not get back."""
    passed = (
        claim_rows()
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
