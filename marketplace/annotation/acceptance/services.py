"""An officer looks at a sample of a batch; the rule accepts it, or sends it back."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.annotation.acceptance import rules
from marketplace.annotation.acceptance.events import BatchInspected
from marketplace.annotation.acceptance.models import Inspection
from marketplace.annotation.acceptance.selectors import labelled_of, plan_of, sampled_tasks
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.selectors import (
    batches_visible_to,
    gone_tasks_of,
    whole_projects,
)
from marketplace.annotation.batch.states import BATCH, BatchState
from marketplace.annotation.pay.paying import pay_for
from marketplace.annotation.project.models import Item
from marketplace.core import Actor, Invalid, locked
from marketplace.core.arguments import Places
from marketplace.ledger.services.recording import record

MOST_ROUNDS = 3
"""A batch goes back twice; the third time that it is not accepted it is refused for good."""
WRONG = Places(
    label=gettext_lazy("Wrong labels"),
    help=gettext_lazy("Tick none where all are right. The plan then decides on the whole batch."),
)


@transaction.atomic
def inspect_batch(
    batch_id: UUID, *, wrong: Annotated[Sequence[int], WRONG] = (), by: Actor
) -> Batch:
    """Say which labels of a batch's sample are wrong; the sampling plan then decides on all of it.

    An accepted batch is paid at once. Another goes back to its annotator, and the third time it is
    refused: nobody is paid for it, and its items go to others. What was skipped in an accepted one
    goes to others too.

    Raises:
        NotFound: there is no such batch among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: the batch is not handed in, or decided on already (`batch-not-handed-in`), the
            project is closed, or a person withdrew rows of its data (`rows-withdrawn`).
        Invalid: a place is not in the sample.
    """
    batch = locked(batches_visible_to(by), pk=batch_id)
    batch.annotator.project = locked(whole_projects(), pk=batch.annotator.project_id)
    person_id = rules.check_inspect_batch(batch, by)
    lot, plan, sampled = labelled_of(batch), plan_of(batch), sampled_tasks(batch)
    places = sorted(set(wrong))
    if not set(places) <= {task.position for task in sampled}:
        sentence = _("Choose among the items of the sample.")
        raise Invalid(sentence, fields={"wrong": [sentence]})
    is_accepted = len(places) <= plan.accept
    Inspection.objects.create(
        batch=batch,
        round=batch.round,
        lot=len(lot),
        sampled=len(sampled),
        accept=plan.accept,
        wrong=places,
        is_accepted=is_accepted,
        inspected_by_id=person_id,
    )
    outcome = _outcome(batch, is_accepted)
    BATCH.move(batch, outcome)
    batch.save(update_fields=["state"])
    _settle(batch, outcome, lot)
    record(
        BatchInspected(
            subject=f"batch:{batch.pk}",
            about=(batch.annotator.project.subject,),
            round=batch.round,
            lot=len(lot),
            sampled=len(sampled),
            wrong=len(places),
            outcome=outcome.value,
        ),
        by=by,
    )
    return batch


def _outcome(batch: Batch, is_accepted: bool) -> BatchState:
    if is_accepted:
        return BatchState.ACCEPTED
    return BatchState.RETURNED if batch.round < MOST_ROUNDS else BatchState.REFUSED


def _settle(batch: Batch, outcome: BatchState, lot: Sequence[Task]) -> None:
    """Pay for what is accepted, and give to others what is not labelled for good."""
    if outcome == BatchState.ACCEPTED:
        # What left the data after it was labelled is no less work.
        pay_for(batch, len(lot) + gone_tasks_of(batch).filter(answer__isnull=False).count())
        free = Task.objects.filter(batch=batch, is_lost=False).exclude(skipped="")
    elif outcome == BatchState.REFUSED:
        free = Task.objects.filter(batch=batch, is_lost=False)
    else:
        return
    items = Item.objects.filter(pk__in=free.values("item_id"), gold__isnull=True)
    items.update(taken=F("taken") - 1)
