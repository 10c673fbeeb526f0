"""How acts fetch a certificate and its claim, with both locks.

Where an act changes a claim and its certificate, it locks the claim first, and then all that last
of the certificates over the data, the oldest first: so two cannot wait for each other.
"""

from uuid import UUID

from marketplace.catalog.dataset.models import Dataset
from marketplace.core import Actor, locked, share_locked, visible
from marketplace.core.versions import compare_expected
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.certificate.states import LASTING
from marketplace.rights.claim.models import Claim


def locked_certificate(certificate_id: UUID, *, by: Actor) -> tuple[Claim, Certificate]:
    """Return a certificate and its claim, both locked, the claim first.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
    """
    return locked_pair(visible(certificates_visible_to(by), pk=certificate_id))


def locked_pair(seen: Certificate) -> tuple[Claim, Certificate]:
    """Return a certificate that was read and its claim, both locked, the claim first."""
    claims = Claim.objects.select_related("dataset", "organization", "preceding__organization")
    claim = locked(claims, pk=seen.claim_id)
    return claim, certificate_of(claim)


def certificate_of(claim: Claim) -> Certificate:
    """Return the certificate of a certified claim, locked. The caller holds the claim's lock."""
    lock_certificates(claim.dataset_id)
    rows = Certificate.objects.select_related("dataset", "organization", "version", "credential")
    certificate = rows.get(claim=claim)
    certificate.claim = claim
    compare_expected(certificate)
    return certificate


def locked_with_followers(seen: Certificate) -> list[tuple[Claim, Certificate]]:
    """Return a certificate and those that its holder renewed or changed it by since, ended ones
    too, each after its claim; all are locked, the claims first."""
    rows = Claim.objects.select_related("dataset", "organization", "preceding__organization")
    claims = [locked(rows, pk=seen.claim_id)]
    latest = claims
    while latest:
        # One that is being confirmed has no certificate yet, and is refused once this has ended.
        follow = rows.filter(
            preceding__claim__in=latest,
            organization_id=seen.organization_id,
            certificate__isnull=False,
        )
        latest = list(follow.order_by("created_at", "pk").select_for_update(of=("self",)))
        claims += latest
    return [(claim, certificate_of(claim)) for claim in claims]


def lock_certificates(dataset_id: UUID) -> None:
    """Let nobody else change certificates over data, or rely on one, until the transaction ends.

    What holds one holds others of the same right. All are locked that last, by everybody in the
    same order, so that no two acts wait for each other; and asked for again until none has come up
    while this waited. Whoever needs a claim's lock takes it before.
    """
    rows = Certificate.objects.filter(dataset_id=dataset_id, state__in=sorted(LASTING))
    rows, held = rows.order_by("created_at", "pk").select_for_update(), None
    while (found := list(rows.values_list("pk", flat=True))) != held:
        held = found


def hold_grounds(claim: Claim) -> tuple[Claim, Certificate] | None:
    """Lock what a claim rests on and read it anew: its data, or else a certificate.

    Return that certificate after its claim; None where the claim stands by itself. The caller
    holds the claim's lock.
    """
    if claim.preceding is None:
        rows = Dataset.objects.select_related("organization")
        claim.dataset = share_locked(rows, pk=claim.dataset_id)
        return None
    held, certificate = locked_pair(claim.preceding)
    claim.preceding = certificate
    return held, certificate
