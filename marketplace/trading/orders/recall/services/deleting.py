"""A buyer states that every copy of recalled data is deleted."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.recall.events import DeletionStated
from marketplace.trading.orders.recall.models import Recall
from marketplace.trading.orders.recall.rules import check_deleting_buyer, check_state_deletion
from marketplace.trading.orders.recall.selectors import recall_of
from marketplace.trading.orders.recall.services.reporting import text_digest

LONGEST_STATEMENT = 1000


@transaction.atomic
def state_deletion(order_id: UUID, *, statement: str, by: Actor) -> Recall:
    """State for the buyer that use has stopped and every copy is deleted: where, when and how.

    Stating it again changes nothing: what was stated stands.

    Raises:
        NotFound: there is no such order among those the actor may see, or no deletion is asked.
        NotAllowed: the actor does not buy for the order's buyer.
        Invalid: nothing is stated, or too much.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    person_id = check_deleting_buyer(order, by)
    known = recall_of(order)
    if known is not None and known.stated_at is not None:
        return known
    recall = check_state_deletion(order, by)
    statement = statement.strip()
    if not 1 <= len(statement) <= LONGEST_STATEMENT:
        sentence = _(
            "Say where, when and how the copies were deleted, in 1 to %(most)d characters."
        )
        said = sentence % {"most": LONGEST_STATEMENT}
        raise Invalid(said, fields={"statement": [said]})
    recall.statement, recall.stated_by_id, recall.stated_at = (
        *(statement, person_id),
        clock.now(),
    )
    recall.save(update_fields=["statement", "stated_by_id", "stated_at"])
    record(
        DeletionStated(
            subject=f"order:{order.pk}",
            about=order.concerns,
            text_sha256=text_digest(statement),
        ),
        by=by,
    )
    return recall
