"""What a remark does to its certificate, inside the acts that hold the locks."""

from __future__ import annotations

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.credentials.services.issuing import remark_on_credential
from marketplace.ledger.services.recording import record
from marketplace.rights.events import RemarkLifted, RemarkMade
from marketplace.rights.gatekeeping import concerns, text_digest
from marketplace.rights.models import Certificate, Claim, Remark
from marketplace.rights.selectors import is_held_by_remark, open_objections, remarks_in_force
from marketplace.rights.states import REMARK, CertificateState, RemarkState
from marketplace.rights.steps import CAUSES, freeze, tell_cause, unfreeze


def put_in_force(claim: Claim, certificate: Certificate, remark: Remark, *, by: Actor) -> None:
    """Let a remark hold from today on; a freeze stops the certificate."""
    REMARK.move(remark, RemarkState.IN_FORCE)
    remark.in_force_from = clock.today()
    remark.save(update_fields=["state", "confirmed_by_id", "in_force_from"])
    record(
        RemarkMade(
            subject=f"certificate:{certificate.pk}",
            about=concerns(claim),
            remark_kind=remark.kind,
            text_sha256=text_digest(remark.text),
        ),
        by=by,
    )
    if remark.is_freezing and certificate.state == CertificateState.IN_FORCE:
        freeze(claim, certificate, order="", cause=CAUSES[remark.kind], by=by)
    tell_cause(certificate, by=by)
    _tell_credential(certificate, by=by)


def lift(claim: Claim, certificate: Certificate, remark: Remark, *, by: Actor) -> None:
    """Let a remark hold no longer; the certificate goes on where nothing else holds it."""
    REMARK.move(remark, RemarkState.LIFTED)
    remark.lifted_on = clock.today()
    remark.save(
        update_fields=[
            "state",
            "lift_authority",
            "lift_document_number",
            "lift_asked_by_id",
            "lift_confirmed_by_id",
            "lifted_on",
        ]
    )
    fact = RemarkLifted(
        subject=f"certificate:{certificate.pk}", about=concerns(claim), remark_kind=remark.kind
    )
    record(fact, by=by)
    if (
        certificate.state == CertificateState.FROZEN
        and not certificate.freeze_order
        and not is_held_by_remark(certificate)
        and not open_objections(claim).exists()
    ):
        unfreeze(claim, certificate, by=by)
    tell_cause(certificate, by=by)
    _tell_credential(certificate, by=by)


def carry_over(
    preceding: Certificate, claim: Claim, certificate: Certificate, *, by: Actor
) -> None:
    """Put the remarks that hold on a certificate onto one that a transfer makes of it."""
    for held in remarks_in_force(preceding):
        remark = Remark.objects.create(
            certificate=certificate,
            kind=held.kind,
            authority=held.authority,
            document_number=held.document_number,
            text=held.text,
            entered_by_id=held.entered_by_id,
        )
        put_in_force(claim, certificate, remark, by=by)


def _tell_credential(certificate: Certificate, *, by: Actor) -> None:
    told = [
        {
            "kind": remark.kind,
            "authority": remark.authority,
            "document_number": remark.document_number,
            "text": remark.text,
            "since": remark.in_force_from.isoformat() if remark.in_force_from else "",
        }
        for remark in remarks_in_force(certificate)
    ]
    remark_on_credential(certificate.credential_id, remarks=told, by=by)
