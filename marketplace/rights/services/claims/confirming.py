"""Confirm the rights of a claim: deposit them in the register and certify them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.catalog.models import Dataset
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.credentials.models import CredentialKind
from marketplace.credentials.services.issuing import issue_credential
from marketplace.credentials.services.numbers import next_number
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide
from marketplace.review.states import CaseState
from marketplace.rights.certificate_text import certificate_fields
from marketplace.rights.clocks import clocks
from marketplace.rights.coverage import present_scope
from marketplace.rights.events import CertificateIssued, ClaimDeposited
from marketplace.rights.gatekeeping import approved_dataset, concerns, examined
from marketplace.rights.models import Certificate, Claim
from marketplace.rights.states import CLAIM, ClaimState

PREFIX = "PR"
"""Pre-registration: the centre is no designated registry, so it gives no national code."""


@transaction.atomic
def confirm_claim(claim_id: UUID, *, checklist: Sequence[str], by: Actor) -> Certificate:
    """Deposit the rights and certify them, by a second person.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or submitted the claim.
        WrongState: the claim is not under review or in notice, its notice was neither waived nor
            is over, an objection is open, the dataset's content is not approved any more, or it is
            other data than was submitted.
        Invalid: not every point of the checklist is ticked.
    """
    claim = examined(claim_id, by=by)
    CLAIM.move(claim, _after_notice(claim))
    _check_unchanged(claim, approved_dataset(claim))
    decide(
        kind=CaseKind.RIGHT,
        subject=f"claim:{claim.pk}",
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=concerns(claim)[1:],
        by=by,
    )
    claim.deposited_on = clock.today()
    claim.decision_due_on = None
    claim.decision_days_left = None
    record(ClaimDeposited(subject=f"claim:{claim.pk}", about=concerns(claim)), by=by)
    CLAIM.move(claim, ClaimState.CERTIFIED)
    claim.save(update_fields=["state", "deposited_on", "decision_due_on", "decision_days_left"])
    return _certify(claim, by=by)


def _after_notice(claim: Claim) -> ClaimState:
    """Answer the state that follows, where nothing holds the claim up."""
    if claim.state == ClaimState.OBJECTION:
        raise WrongState(
            _("An objection is open. Decide it before you confirm the claim."),
            code="OBJECTION_OPEN",
        )
    if claim.state == ClaimState.UNDER_REVIEW and not claim.waive_reason:
        raise WrongState(
            _("Publish the claim first, or waive the notice with a reason."), code="NOTICE_MISSING"
        )
    until = claim.notice_until
    if claim.state == ClaimState.PUBLIC_NOTICE and until and clock.today() <= until:
        raise WrongState(
            _("The public notice runs until %(day)s. Confirm the claim after that day.")
            % {"day": date_format(until)},
            code="NOTICE_RUNS",
        )
    return ClaimState.DEPOSITED


def _check_unchanged(claim: Claim, dataset: Dataset) -> None:
    """Refuse to certify a right over other data than was examined."""
    if present_scope(dataset)[1] != claim.scope_sha256:
        raise WrongState(
            _(
                "The data is not what was claimed: its columns, source or description changed. "
                "Ask the claimant to submit the claim again, or to withdraw it and claim anew."
            ),
            code="DATA_CHANGED",
        )


def _certify(claim: Claim, *, by: Actor) -> Certificate:
    assert claim.deposited_on is not None
    number = next_number(PREFIX, on=claim.deposited_on)
    valid_until = clocks(claim.procedure).expiry(claim.deposited_on, claim.term_years)
    certificate = Certificate(
        claim=claim,
        dataset=claim.dataset,
        version=claim.version,
        scope_sha256=claim.scope_sha256,
        organization=claim.organization,
        number=number,
        rights=claim.rights,
        valid_from=claim.deposited_on,
        valid_until=valid_until,
        renewal_from=clocks(claim.procedure).renewal_window(valid_until)[0],
    )
    certificate.credential = issue_credential(
        kind=CredentialKind.RIGHT,
        subject=f"certificate:{certificate.pk}",
        about=concerns(claim),
        number=number,
        claims=certificate_fields(claim),
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        by=by,
    )
    certificate.save(force_insert=True)
    record(
        CertificateIssued(
            subject=f"certificate:{certificate.pk}",
            about=concerns(claim),
            number=number,
            rights=tuple(certificate.rights),
            valid_until=certificate.valid_until.isoformat(),
        ),
        by=by,
    )
    return certificate
