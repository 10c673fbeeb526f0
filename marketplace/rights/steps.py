"""Steps that several acts share, inside their transactions and under the locks they hold."""

from __future__ import annotations

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.credentials.services.issuing import (
    reinstate_credential,
    revoke_credential,
    suspend_credential,
)
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.rights.choices import RemarkKind
from marketplace.rights.clocks import clocks
from marketplace.rights.events import (
    CertificateCancelled,
    CertificateFrozen,
    CertificateSuperseded,
    CertificateUnfrozen,
    ObjectionDecided,
)
from marketplace.rights.gatekeeping import concerns, text_digest
from marketplace.rights.models import Certificate, Claim
from marketplace.rights.selectors import open_objections, remarks_in_force
from marketplace.rights.states import (
    CERTIFICATE,
    CLAIM,
    OBJECTION,
    CertificateState,
    ClaimState,
    ObjectionState,
)


def stop_decision_clock(claim: Claim) -> None:
    """Keep the working days that are left of the decision's term; the caller saves."""
    if claim.decision_due_on is not None:
        claim.decision_days_left = clocks(claim.procedure).days_left(
            clock.today(), claim.decision_due_on
        )
        claim.decision_due_on = None


def resume_decision_clock(claim: Claim) -> None:
    """Let the decision's term run on from today; the caller saves."""
    if claim.decision_days_left is not None:
        claim.decision_due_on = clocks(claim.procedure).resumed(
            clock.today(), claim.decision_days_left
        )
        claim.decision_days_left = None


DECISION_CLOCK = ("decision_due_on", "decision_days_left")
"""The fields that stopping and resuming change."""


def freeze(
    claim: Claim, certificate: Certificate, *, order: str, cause: StatusReason, by: Actor
) -> None:
    """Make a certificate unreliable for the time being; `order` is why the centre froze it."""
    CERTIFICATE.move(certificate, CertificateState.FROZEN)
    certificate.freeze_order = order
    certificate.save(update_fields=["state", "freeze_order"])
    fact = CertificateFrozen(
        subject=f"certificate:{certificate.pk}",
        about=concerns(claim),
        by_objection=cause == StatusReason.OBJECTION,
    )
    record(fact, by=by)
    suspend_credential(certificate.credential_id, reason=cause, by=by)


def tell_cause(certificate: Certificate, *, by: Actor) -> None:
    """Let the suspension of a frozen certificate name what weighs most of all that holds it.

    A court weighs more than an authority, that more than the centre, and the centre more than an
    objection.
    """
    if certificate.state != CertificateState.FROZEN:
        return
    held = {remark.kind for remark in remarks_in_force(certificate)}
    causes = [cause for kind, cause in CAUSES.items() if kind in held]
    own = StatusReason.ORDERED if certificate.freeze_order else StatusReason.OBJECTION
    suspend_credential(certificate.credential_id, reason=[*causes, own][0], by=by)


CAUSES = {
    RemarkKind.JUDICIAL_FREEZE.value: StatusReason.JUDICIAL,
    RemarkKind.ADMINISTRATIVE_CONTROL.value: StatusReason.CONTROLLED,
}
"""What remarks suspend a certificate for, the weightiest first."""


def unfreeze(claim: Claim, certificate: Certificate, *, by: Actor) -> None:
    """Let a frozen certificate be relied on again."""
    CERTIFICATE.move(certificate, CertificateState.IN_FORCE)
    certificate.freeze_order = ""
    certificate.save(update_fields=["state", "freeze_order"])
    record(
        CertificateUnfrozen(subject=f"certificate:{certificate.pk}", about=concerns(claim)), by=by
    )
    reinstate_credential(certificate.credential_id, by=by)


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


def lapse_objections(claim: Claim, *, by: Actor) -> None:
    """End the open objections of a claim that has ended otherwise."""
    for objection in open_objections(claim).select_for_update():
        OBJECTION.move(objection, ObjectionState.LAPSED)
        objection.decided_at = clock.now()
        objection.save(update_fields=["state", "decided_at"])
        record(
            ObjectionDecided(
                subject=f"objection:{objection.pk}",
                about=concerns(claim),
                outcome=ObjectionState.LAPSED.value,
                reason_sha256=text_digest(""),
            ),
            by=by,
        )
