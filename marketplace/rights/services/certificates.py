"""Freeze a certificate, let it go, cancel it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.rights import policies
from marketplace.rights.events import CertificateFrozen
from marketplace.rights.gatekeeping import concerns, given_reason, locked_certificate
from marketplace.rights.models import Certificate
from marketplace.rights.selectors import is_held_by_remark, open_objections
from marketplace.rights.states import CertificateState
from marketplace.rights.steps import cancel, freeze, tell_cause, unfreeze

LONGEST_REASON = 500


@transaction.atomic
def freeze_certificate(certificate_id: UUID, *, reason: str, by: Actor) -> Certificate:
    """Freeze a certificate by order of the centre. Freezing it again changes nothing.

    Whoever relies on the certificate in an open transaction finishes first.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was cancelled or has expired.
        Invalid: there is no reason.
    """
    claim, certificate = locked_certificate(certificate_id, by=by)
    if not policies.may_freeze(by, certificate):
        raise NotAllowed(_("Only a reviewer of the centre can freeze a certificate."))
    reason = given_reason(reason, longest=LONGEST_REASON)
    if certificate.state != CertificateState.FROZEN:
        freeze(claim, certificate, order=reason, cause=StatusReason.ORDERED, by=by)
    elif not certificate.freeze_order:
        # An objection froze it; the order keeps it frozen when the objection is rejected.
        certificate.freeze_order = reason
        certificate.save(update_fields=["freeze_order"])
        fact = CertificateFrozen(
            subject=f"certificate:{certificate.pk}", about=concerns(claim), by_objection=False
        )
        record(fact, by=by)
        tell_cause(certificate, by=by)
    return certificate


@transaction.atomic
def unfreeze_certificate(certificate_id: UUID, *, by: Actor) -> Certificate:
    """Let a certificate go that the centre froze. One that is in force stays as it is.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was cancelled or has expired, an objection is open, or a court or authority
            holds it.
    """
    claim, certificate = locked_certificate(certificate_id, by=by)
    if not policies.may_freeze(by, certificate):
        raise NotAllowed(_("Only a reviewer of the centre can let a certificate go."))
    if certificate.state == CertificateState.IN_FORCE:
        return certificate
    if open_objections(claim).exists():
        raise WrongState(
            _("An objection is open. Decide it, and the certificate follows from that."),
            code="OBJECTION_OPEN",
        )
    _check_not_held(certificate)
    unfreeze(claim, certificate, by=by)
    return certificate


@transaction.atomic
def cancel_certificate(certificate_id: UUID, *, reason: str, by: Actor) -> Certificate:
    """End a certificate for good, by the centre on its own; a holder asks for a cancellation.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was cancelled or has expired, or a court or authority holds it.
        Invalid: there is no reason.
    """
    claim, certificate = locked_certificate(certificate_id, by=by)
    if not policies.may_cancel(by, certificate):
        raise NotAllowed(_("Only a reviewer of the centre can cancel it; a holder gives it up."))
    _check_not_held(certificate)
    cancel(
        claim,
        certificate,
        reason=given_reason(reason, longest=LONGEST_REASON),
        cause=StatusReason.CANCELLED,
        by=by,
    )
    return certificate


def _check_not_held(certificate: Certificate) -> None:
    if is_held_by_remark(certificate):
        raise WrongState(
            _("A court or authority holds this certificate. Lift its remark first, by two people."),
            code="HELD_BY_REMARK",
        )
