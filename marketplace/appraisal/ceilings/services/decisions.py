"""A second person decides on a price ceiling, and ends it; time ends it too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.appraisal.ceilings import rules
from marketplace.appraisal.ceilings.events import CeilingApproved, CeilingClosed, CeilingReturned
from marketplace.appraisal.ceilings.models import PriceCeiling
from marketplace.appraisal.ceilings.selectors import ceilings_visible_to
from marketplace.appraisal.ceilings.services.accounts import carry_excess
from marketplace.appraisal.ceilings.states import CEILING, CeilingState
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.core.locking import locked, visible
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide
from marketplace.review.states import CaseState


@transaction.atomic
def approve_ceiling(ceiling_id: UUID, *, checklist: Sequence[str], by: Actor) -> PriceCeiling:
    """Put a price ceiling in force for its period, by a second person.

    What the period before earned above its maximum is deducted at once.

    Raises:
        NotFound: there is no such ceiling among those the actor may see.
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision, its period is over or taken, or its figures do
            not stand.
        Invalid: a point of the checklist is not ticked.
    """
    ceiling = _to_decide(ceiling_id, by)
    rules.check_approve_ceiling(ceiling, by)
    CEILING.move(ceiling, CeilingState.IN_FORCE)
    subject = f"ceiling:{ceiling.pk}"
    decide(
        kind=CaseKind.CEILING,
        subject=subject,
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=ceiling.concerns,
        by=by,
    )
    ceiling.save(update_fields=["state"])
    carry_excess(ceiling.dataset_id, by=by)
    ceiling.refresh_from_db()
    record(
        CeilingApproved(
            subject=subject,
            about=ceiling.concerns,
            maximum_revenue=str(ceiling.maximum_revenue),
            price=str(ceiling.price),
            currency=ceiling.currency,
            period_from=ceiling.period_from.isoformat(),
            period_until=ceiling.period_until.isoformat(),
        ),
        by=by,
    )
    return ceiling


@transaction.atomic
def return_ceiling(ceiling_id: UUID, *, reason: str, by: Actor) -> PriceCeiling:
    """Send a price ceiling back for correction, with a reason.

    Raises:
        NotFound, NotAllowed: as for `approve_ceiling`.
        WrongState: it does not wait for a decision.
        Invalid: there is no reason.
    """
    ceiling = _to_decide(ceiling_id, by)
    rules.check_return_ceiling(ceiling, by)
    CEILING.move(ceiling, CeilingState.RETURNED)
    case = decide(
        kind=CaseKind.CEILING,
        subject=f"ceiling:{ceiling.pk}",
        decision=CaseState.RETURNED,
        reason=reason,
        about=ceiling.concerns,
        by=by,
    )
    ceiling.reason = case.reason
    ceiling.save(update_fields=["state", "reason"])
    record(CeilingReturned(subject=f"ceiling:{ceiling.pk}", about=ceiling.concerns), by=by)
    return ceiling


@transaction.atomic
def close_ceiling(ceiling_id: UUID, *, reason: str, by: Actor) -> PriceCeiling:
    """End a price ceiling before its period is over, by a second person, with a reason.

    It holds no more from this moment; its account stays, and its excess is still carried.

    Raises:
        NotFound: there is no such ceiling among those the actor may see.
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it is not in force.
        Invalid: there is no reason.
    """
    ceiling = locked(ceilings_visible_to(by), pk=ceiling_id)
    rules.check_close_ceiling(ceiling, by)
    CEILING.move(ceiling, CeilingState.CLOSED)
    if not reason.strip():
        sentence = _("Say why the price ceiling is closed.")
        raise Invalid(sentence, fields={"reason": [sentence]})
    ceiling.reason = reason.strip()
    before = ceiling.period_from - timedelta(days=1)
    _end(ceiling, max(before, min(clock.today(), ceiling.period_until)), by)
    return ceiling


@transaction.atomic
def close_past_ceilings(*, by: Actor) -> list[UUID]:
    """Close every price ceiling whose last day has passed; return which.

    Raises:
        NotAllowed: the actor is not the centre's own clockwork.
    """
    if not by.is_system:
        raise NotAllowed(_("Price ceilings end by themselves when their period is over."))
    past = (
        PriceCeiling.objects.select_for_update()
        .filter(state=CeilingState.IN_FORCE, period_until__lt=clock.today())
        .order_by("pk")
    )
    closed = []
    for ceiling in past:
        CEILING.move(ceiling, CeilingState.CLOSED)
        _end(ceiling, ceiling.period_until, by)
        closed.append(ceiling.pk)
    return closed


def _end(ceiling: PriceCeiling, ended_on: date, by: Actor) -> None:
    ceiling.ended_on = ended_on
    ceiling.save(update_fields=["state", "ended_on", "reason"])
    record(
        CeilingClosed(
            subject=f"ceiling:{ceiling.pk}",
            about=ceiling.concerns,
            ended_on=ended_on.isoformat(),
        ),
        by=by,
    )


def _to_decide(ceiling_id: UUID, by: Actor) -> PriceCeiling:
    seen = visible(ceilings_visible_to(by), pk=ceiling_id)
    # The dataset's row first, as everywhere that periods and carries of a dataset are settled.
    locked(datasets_visible_to(by), pk=seen.dataset_id)
    return locked(ceilings_visible_to(by), pk=ceiling_id)
