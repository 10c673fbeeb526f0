"""What is due, by which day: of a claim, an objection, a certificate."""

from datetime import date, timedelta

from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.due.choices import DueKind
from marketplace.rights.objection.models import Objection
from marketplace.rights.objection.states import ObjectionState

DECIDING = (ClaimState.ACCEPTED, ClaimState.UNDER_REVIEW, ClaimState.PUBLIC_NOTICE)
COMPLETING = (ClaimState.SUPPLEMENT_ACCEPTANCE, ClaimState.SUPPLEMENT_REVIEW)

Due = tuple[DueKind, date]


def due_of_claim(claim: Claim) -> Due | None:
    """Return what is due of a claim now, and its last day; one term runs at a time."""
    terms: tuple[tuple[DueKind, bool, date | None], ...] = (
        (DueKind.REPLY, claim.state == ClaimState.SUBMITTED, claim.reply_due_on),
        (DueKind.SUPPLEMENT, claim.state in COMPLETING, claim.supplement_due_on),
        (DueKind.DECISION, claim.state in DECIDING, claim.decision_due_on),
    )
    for kind, runs, last_day in terms:
        if runs and last_day is not None:
            return kind, last_day
    return None


def due_of_objection(objection: Objection) -> Due | None:
    """Return what is due of an objection: first that its holder is told of it."""
    if objection.state != ObjectionState.OPEN:
        return None
    if objection.notify_due_on is not None and objection.holder_told_at is None:
        return DueKind.NOTIFY, objection.notify_due_on
    return DueKind.OBJECTION, objection.due_on


def due_of_certificate(certificate: Certificate) -> Due | None:
    """Return the last day on which a renewal may be asked for (art. 36)."""
    lasts = certificate.state == CertificateState.IN_FORCE
    last_day = certificate.valid_until - timedelta(days=1)
    return (DueKind.RENEWAL, last_day) if lasts else None


def is_provisional_due(thing: Claim | Objection | Certificate, kind: DueKind) -> bool:
    """Return whether the calendar may still move the last day of what is due."""
    return not isinstance(thing, Certificate) and _FIELDS[kind] in thing.provisional_terms


_FIELDS = {
    DueKind.REPLY: "reply_due_on",
    DueKind.SUPPLEMENT: "supplement_due_on",
    DueKind.DECISION: "decision_due_on",
    DueKind.NOTIFY: "notify_due_on",
    DueKind.OBJECTION: "due_on",
}


def fields_running(thing: Claim | Objection) -> frozenset[str]:
    due = due_of_claim(thing) if isinstance(thing, Claim) else due_of_objection(thing)
    fields = {_FIELDS[due[0]]} if due is not None else set()
    if isinstance(thing, Claim) and thing.state == ClaimState.PUBLIC_NOTICE:
        fields.add("notice_until")
    if isinstance(thing, Objection) and due is not None:
        fields.add("due_on")
    return frozenset(fields)
