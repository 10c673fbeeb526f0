"""An officer who labelled none of it decides where annotators disagree, or a label is doubted."""

import hashlib
from uuid import UUID

import rfc8785
from django.db import transaction

from marketplace.annotation.arbitration.events import ItemArbitrated, LabelDoubted
from marketplace.annotation.arbitration.models import Arbitration, Doubt
from marketplace.annotation.arbitration.rules import check_arbitrate_item, check_doubt_label
from marketplace.annotation.arbitration.selectors import items_of_owner
from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.project.models import Item
from marketplace.annotation.project.reading import cells_of, texts_of
from marketplace.annotation.project.scheme import checked_answer
from marketplace.annotation.project.standing import hold_standing
from marketplace.core import Actor, locked
from marketplace.ledger.services.recording import record


@transaction.atomic
def doubt_label(item_id: UUID, *, by: Actor) -> Item:
    """Have an item decided on whose label is likely wrong, though nobody disagrees about it.

    Until then no label of it counts. The label of its annotator stays, and so does their pay.

    Raises:
        NotFound: there is no such item among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: the item has no label that counts, or one that is to be decided on or was
            (`nothing-to-doubt`); the labelled set is made (`labelled-set-made`); or verdict or
            right over the version does not hold.
    """
    item = locked(items_of_owner(by), pk=item_id)
    hold_standing(item.project.version)
    person_id = check_doubt_label(item, by)
    Doubt.objects.create(item=item, raised_by_id=person_id)
    record(
        LabelDoubted(subject=f"item:{item.pk}", about=(item.project.subject,), row=item.row), by=by
    )
    return item


@transaction.atomic
def arbitrate_item(item_id: UUID, *, answer: Answer, by: Actor) -> Item:
    """Decide what an item is of which annotators say several things.

    Raises:
        NotFound: there is no such item among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner, or labelled the item by whatever
            account.
        WrongState: nobody disagrees about it, or it is decided (`nothing-disputed`); or verdict or
            right over the version does not hold.
        Invalid: the answer does not fit the scheme.
    """
    item = locked(items_of_owner(by), pk=item_id)
    hold_standing(item.project.version)
    person_id = check_arbitrate_item(item, by)
    project = item.project
    texts = texts_of(cells_of(project, item.row))
    kept = checked_answer(project.scheme, answer, texts).as_json()
    Arbitration.objects.create(item=item, answer=kept, decided_by_id=person_id)
    record(
        ItemArbitrated(
            subject=f"item:{item.pk}",
            about=(project.subject,),
            row=item.row,
            answer_sha256=hashlib.sha256(rfc8785.dumps(kept)).hexdigest(),
        ),
        by=by,
    )
    return item
