"""Objections lapse with their claim, inside the act that ends it."""

from marketplace.core import Actor, clock, text_digest
from marketplace.ledger.services.recording import record
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.objection.events import ObjectionDecided
from marketplace.rights.objection.selectors import open_objections
from marketplace.rights.objection.states import OBJECTION, ObjectionState


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
