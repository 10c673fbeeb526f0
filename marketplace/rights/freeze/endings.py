"""How a certificate ends inside acts that hold the locks: cancelled, or superseded by another."""

from marketplace.core import Actor
from marketplace.credentials.services import revoke_credential
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.events import CertificateCancelled, CertificateSuperseded
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.states import CERTIFICATE, CertificateState
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.objection.lapse import lapse_objections


def cancel(
    claim: Claim, certificate: Certificate, *, reason: str, cause: StatusReason, by: Actor
) -> None:
    """End a certificate and its claim before their time; open objections lapse."""
    CLAIM.move(claim, ClaimState.CANCELLED)
    claim.reason = reason
    claim.save(update_fields=["state", "reason"])
    CERTIFICATE.move(certificate, CertificateState.CANCELLED)
    certificate.reason = reason
    certificate.save(update_fields=["state", "reason"])
    record(
        CertificateCancelled(subject=f"certificate:{certificate.pk}", about=concerns(claim)), by=by
    )
    revoke_credential(certificate.credential_id, reason=cause, by=by)
    lapse_objections(claim, by=by)


def supersede(
    held: Claim, preceding: Certificate, certificate: Certificate, *, state: ClaimState, by: Actor
) -> None:
    """End a certificate because another one took its place; its claim goes to `state`."""
    CLAIM.move(held, state)
    held.save(update_fields=["state"])
    CERTIFICATE.move(preceding, CertificateState.SUPERSEDED)
    preceding.save(update_fields=["state"])
    fact = CertificateSuperseded(
        subject=f"certificate:{preceding.pk}",
        about=(f"certificate:{certificate.pk}", *concerns(held)),
    )
    record(fact, by=by)
    revoke_credential(preceding.credential_id, reason=StatusReason.SUPERSEDED, by=by)
