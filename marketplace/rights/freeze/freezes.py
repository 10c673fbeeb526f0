"""What holds a right up holds every certificate of it, and is lifted for all of them.

While a renewal lasts beside the certificate that it renews, or a right was registered anew over
changed data, its holder has several certificates of one right. A freeze by a court, a control by
an authority, the centre's order and an open objection stop them all: whoever asks for the right is
answered by any of them. The acts call these with the certificates over the data locked (see
`certificate.locks`).
"""

from collections.abc import Sequence

from marketplace.core import Actor
from marketplace.credentials.services import (
    reinstate_credential,
    remark_on_credential,
    suspend_credential,
)
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.events import CertificateFrozen, CertificateUnfrozen
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import lasting_certificates_of_right
from marketplace.rights.certificate.states import CERTIFICATE, LASTING, CertificateState
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.freeze.endings import cancel
from marketplace.rights.objection.selectors import objections_holding
from marketplace.rights.remark.choices import RemarkKind
from marketplace.rights.remark.selectors import remarks_in_force

CAUSES = {
    RemarkKind.JUDICIAL_FREEZE.value: StatusReason.JUDICIAL,
    RemarkKind.ADMINISTRATIVE_CONTROL.value: StatusReason.CONTROLLED,
}
"""What remarks suspend a certificate for, the weightiest first."""


def settle(certificate: Certificate, *, by: Actor) -> None:
    """Freeze or let go every certificate of the same right, by what holds it now.

    The suspension names what weighs most: a court weighs more than an authority, that more than the
    centre, and the centre more than an objection.
    """
    for each in lasting_certificates_of_right(certificate):
        one = certificate if each.pk == certificate.pk else each
        cause = cause_of(one)
        if cause is None and one.state == CertificateState.FROZEN:
            _let_go(one, by=by)
        elif cause is not None and one.state == CertificateState.IN_FORCE:
            _freeze(one, cause=cause, by=by)
        elif cause is not None:
            suspend_credential(one.credential_id, reason=cause, by=by)
        tell_credential(one, by=by)


def cause_of(certificate: Certificate) -> StatusReason | None:
    """Find what weighs most of all that holds a certificate, through another of its right too."""
    kinds = {remark.kind for remark in remarks_in_force(certificate)}
    for kind, cause in CAUSES.items():
        if kind in kinds:
            return cause
    if certificate.freeze_order:
        return StatusReason.ORDERED
    return StatusReason.OBJECTION if objections_holding(certificate).exists() else None


def order_freeze(certificate: Certificate, *, order: str, by: Actor) -> None:
    """Freeze a right by order of the centre, which every certificate of it carries."""
    for each in lasting_certificates_of_right(certificate).filter(freeze_order=""):
        one = certificate if each.pk == certificate.pk else each
        one.freeze_order = order
        one.save(update_fields=["freeze_order"])
        if one.state == CertificateState.FROZEN:
            # Something else froze it; the order keeps it frozen when that falls away.
            _tell_frozen(one, cause=StatusReason.ORDERED, by=by)
    settle(certificate, by=by)


def lift_order(certificate: Certificate, *, by: Actor) -> None:
    """Lift the centre's order from every certificate of the right."""
    for each in lasting_certificates_of_right(certificate).exclude(freeze_order=""):
        one = certificate if each.pk == certificate.pk else each
        one.freeze_order = ""
        one.save(update_fields=["freeze_order"])
    settle(certificate, by=by)


def standing_order(certificate: Certificate) -> str:
    """Return the centre's order that holds the right of a certificate that is being made."""
    held = lasting_certificates_of_right(certificate).exclude(freeze_order="").first()
    return held.freeze_order if held else ""


def end_right(ended: Sequence[tuple[Claim, Certificate]], *, reason: str, by: Actor) -> None:
    """Cancel a certificate with those that renewed or changed it since.

    What its holder claimed anew was examined on evidence of its own, and goes on when nothing holds
    it any more.
    """
    first, *followers = ended
    lasting = [pair for pair in followers if pair[1].state in LASTING]
    for claim, certificate in (first, *lasting):
        cancel(claim, certificate, reason=reason, cause=StatusReason.CANCELLED, by=by)
    settle(first[1], by=by)


def tell_credential(certificate: Certificate, *, by: Actor) -> None:
    """Let the credential say what is remarked today beside what was signed."""
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


def _freeze(certificate: Certificate, *, cause: StatusReason, by: Actor) -> None:
    CERTIFICATE.move(certificate, CertificateState.FROZEN)
    certificate.save(update_fields=["state"])
    _tell_frozen(certificate, cause=cause, by=by)
    suspend_credential(certificate.credential_id, reason=cause, by=by)


def _tell_frozen(certificate: Certificate, *, cause: StatusReason, by: Actor) -> None:
    fact = CertificateFrozen(
        subject=f"certificate:{certificate.pk}",
        about=concerns(certificate.claim),
        by_objection=cause == StatusReason.OBJECTION,
    )
    record(fact, by=by)


def _let_go(certificate: Certificate, *, by: Actor) -> None:
    CERTIFICATE.move(certificate, CertificateState.IN_FORCE)
    certificate.save(update_fields=["state"])
    fact = CertificateUnfrozen(
        subject=f"certificate:{certificate.pk}", about=concerns(certificate.claim)
    )
    record(fact, by=by)
    reinstate_credential(certificate.credential_id, by=by)
