"""A verdict was recalled: undo what rests on it."""

from __future__ import annotations

from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.pipeline.things import PIPELINE, id_of
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.recall.services import begin_recall, recall_order


def begin_to_recall(entry: Entry) -> None:
    """Name the orders that rest on a recalled verdict, each to be undone by itself."""
    begin_recall(id_of(entry.subject), by=PIPELINE)


def undo_order(entry: Entry) -> None:
    """Undo an order whose data was recalled; where a dispute ends, the money that waited for it."""
    order_id = id_of(entry.subject)
    if entry.subject.partition(":")[0] == "dispute":
        order_id = visible(disputes_visible_to(PIPELINE), pk=order_id).order_id
    recall_order(order_id, by=PIPELINE)
