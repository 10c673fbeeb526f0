"""Steps that several acts share, inside their transactions and under the locks they hold."""

from __future__ import annotations

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.terms import keep_term, running_term
from marketplace.credentials.services.issuing import revoke_credential
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.rights.clocks import clocks
from marketplace.rights.events import (
    CertificateCancelled,
    CertificateSuperseded,
    ObjectionDecided,
)
from marketplace.rights.gatekeeping import concerns, text_digest
from marketplace.rights.models import Certificate, Claim
from marketplace.rights.selectors import open_objections
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
    decision = running_term(claim, "decision_due_on")
    if decision is not None:
        claim.decision_days_left = clocks(claim.procedure).days_left(
            clock.today(), decision.last_day
        )
        claim.decision_due_on = None


def resume_decision_clock(claim: Claim) -> None:
    """Let the decision's term run on from today; the caller saves."""
    if claim.decision_days_left is not None:
        resumed = clocks(claim.procedure).resumed(clock.today(), claim.decision_days_left)
        keep_term(claim, "decision_due_on", resumed)
        claim.decision_days_left = None


DECISION_CLOCK = ("decision_due_on", "decision_days_left", "provisional")
"""The fields that stopping and resuming change."""


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
