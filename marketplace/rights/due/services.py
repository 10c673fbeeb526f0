"""What falls due in the register on a day: steps that end, and reminders before they do."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, clock
from marketplace.core.terms import can_settle, has_passed, keep_term, running_term, settle_terms
from marketplace.core.workdays import calendar
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.events import CertificateExpired, RenewalOpened
from marketplace.rights.certificate.locks import certificate_of
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_to_renew
from marketplace.rights.certificate.states import CERTIFICATE, CertificateState
from marketplace.rights.claim.decision_clock import DECISION_CLOCK
from marketplace.rights.claim.events import ClaimNotAccepted, NoticeElapsed
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import (
    claims_not_completed,
    claims_of_expired_certificates,
    claims_whose_notice_elapsed,
    claims_without_reply,
)
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.due.events import DueApproaching, TermSettled
from marketplace.rights.due.selectors import (
    certificates_to_remind,
    claims_to_remind,
    objections_to_remind,
)
from marketplace.rights.due.terms import (
    Due,
    due_of_certificate,
    due_of_claim,
    due_of_objection,
    fields_running,
)
from marketplace.rights.objection.models import Objection
from marketplace.rights.procedure.clocks import clocks
from marketplace.rights.registration.rules import accepted_by_silence
from marketplace.rights.registration.services import accept_claim

# What happens to claims and certificates because time passes.


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


# Remind of what is due, before its last day.

WORKDAYS_BEFORE = 2
DAYS_BEFORE_END = 30
"""How long before its end a certificate's renewal is called to mind again."""


@transaction.atomic
def remind_of_dues(*, by: Actor) -> list[UUID]:
    """Note what is due soon, once for each last day; return the things. The pipeline tells people.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    today, reminded = clock.today(), []
    until = calendar().add_workdays(today, WORKDAYS_BEFORE)
    for claim in claims_to_remind(until).select_for_update(of=("self",)):
        reminded.append(_remind(claim, claim, f"claim:{claim.pk}", due_of_claim(claim), by=by))
    for objection in objections_to_remind(until).select_for_update(of=("self",)):
        subject, due = f"objection:{objection.pk}", due_of_objection(objection)
        reminded.append(_remind(objection, objection.claim, subject, due, by=by))
    end = today + timedelta(days=DAYS_BEFORE_END)
    for certificate in certificates_to_remind(today, end).select_for_update(of=("self",)):
        subject, due = f"certificate:{certificate.pk}", due_of_certificate(certificate)
        reminded.append(_remind(certificate, certificate.claim, subject, due, by=by))
    return reminded


def _remind(
    thing: Claim | Objection | Certificate,
    claim: Claim,
    subject: str,
    due: Due | None,
    *,
    by: Actor,
) -> UUID:
    assert due is not None
    what, thing.reminded_of = due
    thing.save(update_fields=["reminded_of"])
    record(
        DueApproaching(
            subject=subject,
            about=concerns(claim),
            what=what.value,
            due_on=thing.reminded_of.isoformat(),
        ),
        by=by,
    )
    return thing.pk


# Count anew the last days that were provisional, once the calendar of their year is there.


def settle_register_terms(*, by: Actor) -> list[UUID]:
    """Make provisional last days final that the calendar knows; return what they are of.

    Each claim and objection is a transaction of its own.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    settled = []
    for model in (Claim, Objection):
        for row in model._default_manager.exclude(provisional={}):
            if can_settle(row):
                _settle(model, row.pk, by=by)
                settled.append(row.pk)
    return settled


@transaction.atomic
def _settle(model: type[Claim | Objection], pk: UUID, *, by: Actor) -> None:
    row = model._default_manager.select_for_update().get(pk=pk)
    claim = row if isinstance(row, Claim) else row.claim
    for term in settle_terms(row, running=fields_running(row)):
        record(
            TermSettled(
                subject=f"{model._meta.model_name}:{row.pk}",
                about=concerns(claim),
                what=term.field,
                before=term.before.isoformat(),
                due_on=term.last_day.isoformat(),
            ),
            by=by,
        )
    row.save()
