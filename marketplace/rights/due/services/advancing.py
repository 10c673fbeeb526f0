"""What happens to claims and certificates because time passes."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.terms import has_passed, keep_term, running_term
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.events import CertificateExpired, RenewalOpened
from marketplace.rights.certificate.locks import certificate_of
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_to_renew
from marketplace.rights.certificate.states import CERTIFICATE, CertificateState
from marketplace.rights.claim.decision_clock import DECISION_CLOCK
from marketplace.rights.claim.events import ClaimNotAccepted, NoticeElapsed
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.rules import accepted_by_silence
from marketplace.rights.claim.selectors import (
    claims_not_completed,
    claims_of_expired_certificates,
    claims_whose_notice_elapsed,
    claims_without_reply,
)
from marketplace.rights.claim.services.accepting import accept_claim
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.procedure.clocks import clocks


@transaction.atomic
def advance_due_claims(*, by: Actor) -> list[UUID]:
    """Do what is due today; return the claims that went on. The pipeline's loop calls it.

    Silence is acceptance; what was not completed in time counts as never made; an elapsed notice
    lets the decision's term run on; certificates expire; holders hear once that they may renew.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    today, advanced = clock.today(), []
    for claim in claims_without_reply(today).select_for_update():
        if accepted_by_silence(claim) is not None:
            accept_claim(claim.pk, by=by)
            advanced.append(claim.pk)
    for claim in claims_not_completed(today).select_for_update():
        if has_passed(claim, "supplement_due_on"):
            _give_up(claim, by=by)
            advanced.append(claim.pk)
    for claim in claims_whose_notice_elapsed(today).select_for_update():
        if has_passed(claim, "notice_until"):
            _end_notice(claim, by=by)
            advanced.append(claim.pk)
    for claim in claims_of_expired_certificates(today).select_for_update(of=("self",)):
        _expire(claim, by=by)
        advanced.append(claim.pk)
    for certificate in certificates_to_renew(today).select_for_update(of=("self",)):
        _announce_renewal(certificate, by=by)
        advanced.append(certificate.claim_id)
    return advanced


def _announce_renewal(certificate: Certificate, *, by: Actor) -> None:
    certificate.was_renewal_announced = True
    certificate.save(update_fields=["was_renewal_announced"])
    fact = RenewalOpened(
        subject=f"certificate:{certificate.pk}",
        about=concerns(certificate.claim),
        valid_until=certificate.valid_until.isoformat(),
    )
    record(fact, by=by)


def _give_up(claim: Claim, *, by: Actor) -> None:
    CLAIM.move(claim, ClaimState.NOT_ACCEPTED)
    claim.save(update_fields=["state"])
    record(ClaimNotAccepted(subject=f"claim:{claim.pk}", about=concerns(claim)), by=by)


def _end_notice(claim: Claim, *, by: Actor) -> None:
    notice = running_term(claim, "notice_until")
    assert notice is not None
    assert claim.decision_days_left is not None
    resumed = clocks(claim.procedure).resumed(notice.last_day, claim.decision_days_left)
    keep_term(claim, "decision_due_on", resumed)
    claim.decision_days_left = None
    claim.save(update_fields=[*DECISION_CLOCK])
    record(NoticeElapsed(subject=f"claim:{claim.pk}", about=concerns(claim)), by=by)


def _expire(claim: Claim, *, by: Actor) -> None:
    CLAIM.move(claim, ClaimState.EXPIRED)
    claim.save(update_fields=["state"])
    certificate = certificate_of(claim)
    CERTIFICATE.move(certificate, CertificateState.EXPIRED)
    certificate.save(update_fields=["state"])
    record(
        CertificateExpired(subject=f"certificate:{certificate.pk}", about=concerns(claim)), by=by
    )
