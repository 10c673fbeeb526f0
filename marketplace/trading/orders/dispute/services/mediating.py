"""Another officer takes the mediation of a dispute over, where who mediates is away."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.dispute import policies
from marketplace.trading.orders.dispute.events import MediationTakenOver
from marketplace.trading.orders.dispute.models import Dispute, EarlierMediator
from marketplace.trading.orders.dispute.states import UNDECIDED
from marketplace.trading.orders.dispute.steps import both, concerns, said, text_digest


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
    if not policies.may_mediate(by, dispute) or by.person_id is None:
        raise NotAllowed(_("Only a reviewer of the centre who is of neither side can do this."))
    if dispute.state not in UNDECIDED:
        raise WrongState(_("This dispute is decided: nobody mediates any more."))
    if dispute.proposed_by_id is None:
        raise WrongState(
            _("Nobody mediates yet. Propose a settlement, and you do."), code="not-mediated"
        )
    if dispute.proposed_by_id == by.person_id:
        return dispute
    earlier = EarlierMediator.objects.create(
        dispute=dispute,
        person_id=dispute.proposed_by_id,
        taken_over_by_id=by.person_id,
        reason=said(reason, field="reason"),
    )
    dispute.proposed_by_id = by.person_id
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
