"""Count anew the last days that were provisional, once the calendar of their year is there."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.terms import can_settle, settle_terms
from marketplace.ledger.services.recording import record
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.due.events import TermSettled
from marketplace.rights.due.terms import fields_running
from marketplace.rights.objection.models import Objection


def settle_register_terms(*, by: Actor) -> list[UUID]:
    """Make provisional last days final that the calendar knows; return what they are of.

    Each claim and objection is a transaction of its own.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    settled = []
    for model in (Claim, Objection):
        for row in model._default_manager.exclude(provisional={}):
            if can_settle(row):
                _settle(model, row.pk, by=by)
                settled.append(row.pk)
    return settled


@transaction.atomic
def _settle(model: type[Claim | Objection], pk: UUID, *, by: Actor) -> None:
    row = model._default_manager.select_for_update().get(pk=pk)
    claim = row if isinstance(row, Claim) else row.claim
    for term in settle_terms(row, running=fields_running(row)):
        record(
            TermSettled(
                subject=f"{model._meta.model_name}:{row.pk}",
                about=concerns(claim),
                what=term.field,
                before=term.before.isoformat(),
                due_on=term.last_day.isoformat(),
            ),
            by=by,
        )
    row.save()
