"""What a remark does to its certificate, inside the acts that hold the locks."""

from marketplace.core import Actor, clock, text_digest
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.freeze.freezes import settle, tell_credential
from marketplace.rights.remark.events import RemarkLifted, RemarkMade
from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.selectors import own_remarks_in_force
from marketplace.rights.remark.states import REMARK, RemarkState


def put_in_force(claim: Claim, certificate: Certificate, remark: Remark, *, by: Actor) -> None:
    """Let a remark hold from today on; a freeze stops every certificate of the right."""
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
        binds=bound(remark),
        by=by,
    )
    tell_credential(certificate, by=by)
    settle(certificate, by=by)


def lift(claim: Claim, certificate: Certificate, remark: Remark, *, by: Actor) -> None:
    """Let a remark hold no longer; the right goes on where nothing else holds it."""
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
    record(fact, binds=bound(remark), by=by)
    tell_credential(certificate, by=by)
    settle(certificate, by=by)


def carry_over(
    preceding: Certificate, claim: Claim, certificate: Certificate, *, by: Actor
) -> None:
    """Put what is remarked on a certificate alone onto one that is made of it."""
    for held in own_remarks_in_force(preceding):
        remark = Remark.objects.create(
            certificate=certificate,
            kind=held.kind,
            authority=held.authority,
            document_number=held.document_number,
            text=held.text,
            entered_by_id=held.entered_by_id,
        )
        put_in_force(claim, certificate, remark, by=by)
