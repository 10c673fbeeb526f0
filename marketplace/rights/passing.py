"""What a transfer does to the certificate that it passes, and what speaks against it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from marketplace.catalog.choices import SourceKind
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate_text import agreed_terms
from marketplace.rights.certifying import certify
from marketplace.rights.choices import ClaimKind
from marketplace.rights.events import RightTransferred
from marketplace.rights.gatekeeping import concerns, locked_pair
from marketplace.rights.models import Certificate, Claim, ClaimedRight
from marketplace.rights.remarking import carry_over
from marketplace.rights.selectors import certificates_held, is_relied_on, running_claim
from marketplace.rights.standing import check_standing
from marketplace.rights.states import CLAIM, ClaimState
from marketplace.rights.steps import supersede

SUBJECT = re.compile(r"[a-z_]+:[0-9a-f-]{36}")
"""A reference that names a thing of the ledger, so that its timeline tells of the transfer."""


def check_transferable(claim: Claim, certificate: Certificate, *, is_sold: bool = False) -> None:
    """Refuse to pass rights that are in doubt or in use; claim and certificate are locked.

    `is_sold` lets the listing stand by which the right itself was sold.

    Raises:
        WrongState: an objection is open, the certificate is frozen or over, the data comes from a
            statutory duty, the holder asks for something else, or a listing rests on it.
    """
    check_standing(claim, certificate)
    if claim.dataset.source_kind == SourceKind.STATUTORY_DUTY:
        raise WrongState(
            _(
                "Data that comes from a statutory duty is no property, so that its registration "
                "cannot pass to somebody else. Offer licences of the data instead."
            ),
            code="NOT_TRANSFERABLE_PUBLIC_DUTY_DATA",
        )
    if running_claim(certificate.dataset_id, certificate.organization_id) is not None:
        raise WrongState(
            _("Another claim of the holder on this dataset is running. Finish it first."),
            code="CLAIM_RUNNING",
        )
    if not is_sold and is_relied_on(certificate):
        raise WrongState(
            _("A listing on the market rests on this certificate. Withdraw the listing first."),
            code="LISTING_RELIES",
        )


def check_held_once(certificate: Certificate, rights: frozenset[str], limits: str) -> None:
    """Refuse to pass a right wholly that its holder would keep by another certificate.

    Raises:
        WrongState: a renewal, or the certificate before it, gives one of the rights too.
    """
    if limits:
        return
    lasting = certificates_held(
        certificate.dataset_id, certificate.organization_id, on=clock.today()
    )
    for other in lasting.exclude(pk=certificate.pk):
        if rights & set(other.rights):
            raise WrongState(
                _(
                    "Certificate %(number)s gives you the same right, so it would not pass wholly. "
                    "Give that one up first, or wait until it ends."
                )
                % {"number": other.number},
                code="RIGHT_HELD_TWICE",
            )


def checked_preceding(claim: Claim) -> tuple[Claim, Certificate]:
    """Answer the claim and certificate that a transfer passes, locked and still free to pass.

    Raises:
        WrongState: see `check_transferable`.
    """
    assert claim.preceding is not None
    held, certificate = locked_pair(claim.preceding)
    check_transferable(held, certificate)
    check_held_once(certificate, frozenset(claim.rights), claim.limits)
    return held, certificate


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
