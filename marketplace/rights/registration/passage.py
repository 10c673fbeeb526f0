"""What a transfer does to the certificate that it passes, and what speaks against it."""

import re

from marketplace.core import Actor
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.particulars import agreed_terms
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim, ClaimedRight
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.entry.effects import carry_over
from marketplace.rights.freeze.endings import supersede
from marketplace.rights.registration.events import RightTransferred
from marketplace.rights.registration.issue import certify

SUBJECT = re.compile(r"[a-z_]+:[0-9a-f-]{36}")
"""A reference that names a thing of the ledger, so that its timeline tells of the transfer."""


def pass_on(held: Claim, preceding: Certificate, claim: Claim, *, by: Actor) -> Certificate:
    """Certify the acquirer, end the holder's certificate, and certify what is left to the holder.

    What passes with limits stays with the holder beyond them.
    """
    agreed = "; ".join(part for part in (agreed_terms(preceding), claim.limits) if part)
    certificate = certify(claim, remarks={"agreed_terms": agreed}, by=by)
    carry_over(preceding, claim, certificate, by=by)
    supersede(held, preceding, certificate, state=ClaimState.TRANSFERRED, by=by)
    remainder = _certify_remainder(held, preceding, claim, certificate, by=by)
    reference = (claim.reference,) if SUBJECT.fullmatch(claim.reference) else ()
    record(
        RightTransferred(
            subject=f"certificate:{certificate.pk}",
            about=(*concerns(claim), *reference),
            acquirer=str(claim.organization_id),
            rights=tuple(certificate.rights),
            is_limited=bool(claim.limits),
            remaining_certificate=str(remainder.pk) if remainder else None,
        ),
        by=by,
    )
    return certificate


def _certify_remainder(
    held: Claim, preceding: Certificate, claim: Claim, passed: Certificate, *, by: Actor
) -> Certificate | None:
    left = [right for right in preceding.rights if claim.limits or right not in claim.rights]
    if not left:
        return None
    remainder = Claim(
        dataset=held.dataset,
        organization=held.organization,
        kind=ClaimKind.CHANGE,
        procedure=held.procedure,
        state=ClaimState.DEPOSITED,
        version=preceding.version,
        scope_sha256=preceding.scope_sha256,
        term_years=held.term_years,
        restrictions=held.restrictions,
        industry=held.industry,
        contract_grants_right=held.contract_grants_right,
        deposited_on=claim.deposited_on,
        preceding=preceding,
        limits=claim.limits,
    )
    CLAIM.move(remainder, ClaimState.CERTIFIED)
    remainder.save(force_insert=True)
    ClaimedRight.objects.bulk_create(ClaimedRight(claim=remainder, right=right) for right in left)
    told = {"number": passed.number, "rights": passed.rights, "limits": claim.limits}
    remarks = {"agreed_terms": agreed_terms(preceding), "passed_on": told}
    certificate = certify(remainder, remarks=remarks, by=by)
    carry_over(preceding, remainder, certificate, by=by)
    return certificate
