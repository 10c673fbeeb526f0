from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor, share_locked
from marketplace.rights.certificate.models import Certificate, Reliance
from marketplace.rights.certificate.states import LASTING, CertificateState
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim, ClaimedRight


def is_relied_on(certificate: Certificate) -> bool:
    """Return whether something of a higher app, such as a listing, rests on a certificate."""
    return Reliance.objects.filter(certificate=certificate, is_current=True).exists()


def certificates_visible_to(by: Actor) -> QuerySet[Certificate]:
    """Return every certificate to the centre's staff, else those of the actor's organization."""
    rows = Certificate.objects.select_related(
        "claim__organization", "dataset", "organization", "credential"
    )
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def certificate_of_claim(claim: Claim) -> Certificate | None:
    """Find the certificate of a claim, for a caller who may see the claim."""
    return Certificate.objects.filter(claim=claim).select_related("credential").first()


def certificate_in_force(
    dataset_id: UUID, organization_id: UUID, right: str, *, on: date, scope: str = ""
) -> Certificate | None:
    """Find the certificate by which an organization holds a right over data on a day.

    None where there is none, it is frozen, cancelled or expired, or does not hold on that day.
    `scope` asks for one that covers just this data (see `coverage.scope_digest`).
    """
    covering = {"scope_sha256": scope} if scope else {}
    return (
        Certificate.objects.filter(
            **covering,
            dataset_id=dataset_id,
            organization_id=organization_id,
            claim__claimed_rights__right=right,
            state=CertificateState.IN_FORCE,
            valid_from__lte=on,
            valid_until__gte=on,
        )
        .order_by("-valid_until")
        .first()
    )


def certificates_held(
    dataset_id: UUID, organization_id: UUID, *, on: date, scope: str = ""
) -> QuerySet[Certificate]:
    """Return the certificates of an organization over data on a day, frozen ones too.

    `scope` leaves out those that cover other data (see `coverage.scope_digest`).
    """
    covering = {"scope_sha256": scope} if scope else {}
    return Certificate.objects.filter(
        **covering,
        dataset_id=dataset_id,
        organization_id=organization_id,
        state__in=sorted(LASTING),
        valid_until__gte=on,
    )


def certificates_of_right(certificate: Certificate) -> QuerySet[Certificate]:
    """Return the certificates by which the holder has or had a right of this one over the data.

    The certificate itself is among them, and so are its renewals and changes; the oldest first.
    Whoever asks for a right over data is answered by any of them, so that what holds one holds all.
    """
    shared = ClaimedRight.objects.filter(
        claim_id=OuterRef("claim_id"), right__in=certificate.rights
    )
    rows = Certificate.objects.select_related(
        "claim__preceding", "claim__dataset", "claim__organization"
    )
    return rows.filter(
        Exists(shared),
        dataset_id=certificate.dataset_id,
        organization_id=certificate.organization_id,
    ).order_by("created_at", "pk")


def lasting_certificates_of_right(certificate: Certificate) -> QuerySet[Certificate]:
    """Return those of the same right that have not ended, the oldest first."""
    return certificates_of_right(certificate).filter(state__in=sorted(LASTING))


def is_renewed(claim: Claim, certificate: Certificate) -> bool:
    """Return whether its holder has a renewal of all rights of a certificate, as far as they reach.

    `claim` is that of the certificate.
    """
    renewals = Certificate.objects.filter(
        dataset_id=certificate.dataset_id,
        organization_id=certificate.organization_id,
        scope_sha256=certificate.scope_sha256,
        claim__kind=ClaimKind.RENEWAL,
        claim__restrictions=claim.restrictions,
        valid_until__gt=certificate.valid_until,
        state__in=sorted(LASTING),
    )
    return any(set(certificate.rights) <= set(each.rights) for each in renewals)


def rights_held(
    dataset_id: UUID, organization_id: UUID, *, on: date, scope: str = ""
) -> frozenset[str]:
    held = certificates_held(dataset_id, organization_id, on=on, scope=scope)
    return frozenset(right for certificate in held for right in certificate.rights)


def certificates_to_renew(today: date) -> QuerySet[Certificate]:
    """Return the certificates whose renewal may be asked for and was not announced yet."""
    rows = Certificate.objects.select_related("claim").filter(
        state=CertificateState.IN_FORCE,
        renewal_from__lte=today,
        valid_until__gt=today,
        was_renewal_announced=False,
    )
    return rows.order_by("created_at", "pk")


def chain_of_title(dataset_id: UUID) -> QuerySet[Certificate]:
    """Return every certificate over data in the order it was given, whatever became of it."""
    return (
        Certificate.objects.filter(dataset_id=dataset_id)
        .select_related("claim", "organization")
        .order_by("valid_from", "created_at")
    )


def latest_certificate(dataset_id: UUID, organization_id: UUID, right: str) -> Certificate | None:
    """Find the newest certificate of a right, whatever became of it."""
    return (
        Certificate.objects.filter(
            dataset_id=dataset_id,
            organization_id=organization_id,
            claim__claimed_rights__right=right,
        )
        .order_by("-created_at")
        .first()
    )


def foremost_certificate(
    held: Iterable[Certificate], *, right: str, scope: str
) -> Certificate | None:
    """Return of some certificates of a right the one that counts for data of a `scope`.

    One over this very data goes before others; of these one in force, then a frozen one, then the
    newest.
    """
    rank: dict[str, int] = {CertificateState.IN_FORCE: 0, CertificateState.FROZEN: 1}
    newest_first = sorted(held, key=lambda one: one.created_at, reverse=True)
    return min(
        (one for one in newest_first if right in one.rights),
        key=lambda one: (one.scope_sha256 != scope, rank.get(one.state, 2)),
        default=None,
    )


def lock_certificate(certificate_id: UUID) -> Certificate:
    """Return a certificate that nobody can freeze until the caller's transaction ends.

    A freeze takes the row exclusively and waits. The caller looks at `state` and the days after.

    Raises:
        NotFound: there is no such certificate.
    """
    return share_locked(Certificate.objects.all(), pk=certificate_id)
