"""Another officer takes the mediation of a dispute over, where who mediates is away."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from marketplace.core.actor import Actor
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.dispute.events import MediationTakenOver
from marketplace.trading.orders.dispute.locks import both
from marketplace.trading.orders.dispute.models import Dispute, EarlierMediator
from marketplace.trading.orders.dispute.rules import check_mediator, check_take_over_mediation
from marketplace.trading.orders.dispute.statements import said, text_digest
from marketplace.trading.orders.dispute.states import UNDECIDED
from marketplace.trading.orders.dispute.timelines import concerns


@transaction.atomic
def take_over_mediation(dispute_id: UUID, *, reason: str, by: Actor) -> Dispute:
    """Mediate a dispute in the place of who began. Neither of both ever decides it.

    What was proposed stays, and the sides may still agree to it. Who mediates already is answered
    the dispute as it is.

    Raises:
        NotFound: there is no such dispute among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or of a side.
        WrongState: nobody mediates yet (`not-mediated`), or the dispute is decided or over.
        Invalid: no reason is given, or too long a one.
    """
    _order, dispute = both(dispute_id, by=by)
    if check_mediator(dispute, by) == dispute.proposed_by_id and dispute.state in UNDECIDED:
        return dispute
    person_id, earlier_id = check_take_over_mediation(dispute, by)
    earlier = EarlierMediator.objects.create(
        dispute=dispute,
        person_id=earlier_id,
        taken_over_by_id=person_id,
        reason=said(reason, field="reason"),
    )
    dispute.proposed_by_id = person_id
    dispute.save(update_fields=["proposed_by_id"])
    record(
        MediationTakenOver(
            subject=f"dispute:{dispute.pk}",
            about=concerns(dispute),
            reason_sha256=text_digest(earlier.reason),
        ),
        by=by,
    )
    return dispute
