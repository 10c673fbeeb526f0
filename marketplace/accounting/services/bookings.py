"""A second person decides what is booked; what is booked is tested for impairment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounting import rules
from marketplace.accounting.events import (
    ImpairmentRecorded,
    RecognitionApproved,
    RecognitionReturned,
    RecognitionSuperseded,
)
from marketplace.accounting.models import Category, Impairment, Recognition
from marketplace.accounting.selectors import (
    booked,
    losses_of,
    recognitions_visible_to,
)
from marketplace.accounting.services.recognitions import about
from marketplace.accounting.standards.figures import cents
from marketplace.accounting.standards.profiles import profile_named
from marketplace.accounting.standards.schedule import loss_of_test
from marketplace.accounting.states import RECOGNITION, RecognitionState
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide
from marketplace.review.states import CaseState


@transaction.atomic
def approve_recognition(
    recognition_id: UUID, *, checklist: Sequence[str], by: Actor
) -> Recognition:
    """Put a decision in force, by a second person; the one before is superseded.

    Raises:
        NotFound: there is no such decision among those the actor may see.
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision, or its vouchers have changed since.
        Invalid: a point of the checklist is not ticked.
    """
    recognition = locked(recognitions_visible_to(by), pk=recognition_id)
    rules.check_approve_recognition(recognition, by)
    RECOGNITION.move(recognition, RecognitionState.IN_FORCE)
    decide(
        kind=CaseKind.BOOKING,
        subject=f"recognition:{recognition.pk}",
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=about(recognition),
        by=by,
    )
    _supersede(recognition, by)
    recognition.approved_by_id = by.person_id
    recognition.save(update_fields=["state", "approved_by_id"])
    record(
        RecognitionApproved(
            subject=f"recognition:{recognition.pk}",
            about=about(recognition),
            category=recognition.category,
            carrying=str(recognition.carrying),
            currency=recognition.currency,
        ),
        by=by,
    )
    return recognition


@transaction.atomic
def return_recognition(recognition_id: UUID, *, reason: str, by: Actor) -> Recognition:
    """Send a decision back, with a reason; it is then proposed anew.

    Raises:
        NotFound, NotAllowed: as for `approve_recognition`.
        WrongState: it does not wait for a decision.
        Invalid: there is no reason.
    """
    recognition = locked(recognitions_visible_to(by), pk=recognition_id)
    rules.check_return_recognition(recognition, by)
    RECOGNITION.move(recognition, RecognitionState.RETURNED)
    case = decide(
        kind=CaseKind.BOOKING,
        subject=f"recognition:{recognition.pk}",
        decision=CaseState.RETURNED,
        reason=reason,
        about=about(recognition),
        by=by,
    )
    recognition.reason = case.reason
    recognition.save(update_fields=["state", "reason"])
    record(
        RecognitionReturned(subject=f"recognition:{recognition.pk}", about=about(recognition)),
        by=by,
    )
    return recognition


@transaction.atomic
def record_impairment(
    recognition_id: UUID, *, tested_on: date, recoverable: Decimal, voucher: str, by: Actor
) -> Impairment:
    """Test a booked asset and write it down to what is recoverable. The same again changes nothing.

    Under a standard that reverses, and for inventory, a higher amount takes a loss back, up to the
    carrying amount without any loss.

    Raises:
        NotFound: there is no such decision among those the actor may see.
        NotAllowed: the actor keeps no books for its organization.
        WrongState: nothing is booked by it.
        Invalid: the amount, the day or the voucher is wrong, or an earlier day was tested later.
    """
    recognition = locked(recognitions_visible_to(by), pk=recognition_id)
    rules.check_record_impairment(recognition, by)
    voucher = voucher.strip()
    kept = Impairment.objects.filter(recognition=recognition, voucher=voucher).first()
    if kept is not None and (kept.tested_on, kept.recoverable) == (tested_on, recoverable):
        return kept
    _check_test(recognition, tested_on, recoverable, voucher, is_kept=kept is not None)
    reverses = (
        recognition.category == Category.INVENTORY
        or profile_named(recognition.profile).reverses_impairment
    )
    loss = loss_of_test(
        booked(recognition),
        losses_of(recognition),
        on=tested_on,
        recoverable=recoverable,
        reverses=reverses,
    )
    impairment = Impairment.objects.create(
        recognition=recognition,
        tested_on=tested_on,
        recoverable=recoverable,
        loss=cents(loss),
        voucher=voucher,
    )
    record(
        ImpairmentRecorded(
            subject=f"recognition:{recognition.pk}",
            about=about(recognition),
            loss=str(impairment.loss),
            currency=recognition.currency,
        ),
        by=by,
    )
    return impairment


def _check_test(
    recognition: Recognition, tested_on: date, recoverable: Decimal, voucher: str, *, is_kept: bool
) -> None:
    fields: dict[str, list[str]] = {}
    if recoverable < 0:
        fields["recoverable"] = [_("Give zero or more.")]
    last = recognition.impairments.order_by("-tested_on").first()
    if tested_on > clock.today() or tested_on < recognition.ready_on:
        fields["tested_on"] = [_("Give a day from readiness on that does not lie ahead.")]
    elif last is not None and tested_on < last.tested_on:
        fields["tested_on"] = [_("A later day was tested already: give that day or a later one.")]
    if not voucher:
        fields["voucher"] = [_("Give the number of the voucher.")]
    elif is_kept:
        fields["voucher"] = [_("This voucher is recorded with other figures: give another one.")]
    if fields:
        raise Invalid(_("The test needs corrections."), fields=fields)


def _supersede(newer: Recognition, by: Actor) -> None:
    older = (
        Recognition.objects.select_for_update()
        .filter(dataset_id=newer.dataset_id, state=RecognitionState.IN_FORCE)
        .first()
    )
    if older is None:
        return
    RECOGNITION.move(older, RecognitionState.SUPERSEDED)
    older.save(update_fields=["state"])
    record(
        RecognitionSuperseded(
            subject=f"recognition:{older.pk}", about=about(older), by_recognition=str(newer.pk)
        ),
        by=by,
    )
