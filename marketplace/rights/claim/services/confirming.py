"""Confirm the rights of a claim: deposit them in the register and certify them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide
from marketplace.review.states import CaseState
from marketplace.rights.certificate.issue import certify
from marketplace.rights.certificate.locks import hold_grounds
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim import rules
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.events import ClaimDeposited
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.follow_up.outcome import conclude
from marketplace.rights.transfer.passage import pass_on


@transaction.atomic
def confirm_claim(claim_id: UUID, *, checklist: Sequence[str], by: Actor) -> Certificate:
    """Deposit the rights and certify them, by a second person.

    A transfer ends the certificate that passes; what is left to its holder is certified anew. A
    change ends the certificate that it alters, a cancellation the one that is given up.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or submitted the claim.
        WrongState: the claim is not under review or in notice, its notice was neither waived nor
            is over, an objection is open, the dataset's content is not approved any more, or it is
            other data than was submitted; or what the claim rests on is in doubt, over or in use.
        Invalid: not every point of the checklist is ticked.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_examines(claim, by)
    basis = hold_grounds(claim)
    rules.check_confirm_claim(claim, by)
    CLAIM.move(claim, ClaimState.DEPOSITED)
    decide(
        kind=CaseKind.RIGHT,
        subject=f"claim:{claim.pk}",
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=concerns(claim)[1:],
        by=by,
    )
    claim.deposited_on = clock.today()
    claim.decision_due_on = None
    claim.decision_days_left = None
    record(ClaimDeposited(subject=f"claim:{claim.pk}", about=concerns(claim)), by=by)
    is_over = claim.kind == ClaimKind.CANCEL
    CLAIM.move(claim, ClaimState.CANCELLED if is_over else ClaimState.CERTIFIED)
    claim.save(update_fields=["state", "deposited_on", "decision_due_on", "decision_days_left"])
    if basis is None:
        return certify(claim, by=by)
    conclusion = pass_on if claim.kind == ClaimKind.TRANSFER else conclude
    return conclusion(*basis, claim, by=by)
