"""The API of batches of payouts."""

from __future__ import annotations

from typing import Any

from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.trading.treasury.batch import selectors, serializers
from marketplace.trading.treasury.batch.filters import BatchFilters
from marketplace.trading.treasury.batch.services import make_batch, refuse_batch_line
from marketplace.web.api import ActView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

Batches = list_view(
    selectors.batches_visible_to,
    operation="list_batches",
    filters=BatchFilters,
    gives=serializers.BatchOut,
    summary="List batches of payouts",
    about="The batches of payouts that were made for the bank, for the centre.",
)

OneBatch = thing_view(
    selectors.batches_visible_to,
    operation="get_batch",
    gives=serializers.BatchOut,
    summary="Get a batch of payouts",
    about="A batch of payouts that was made for the bank, for the centre.",
)

BatchLines = list_view(
    selectors.lines_of,
    of=selectors.batches_visible_to,
    operation="list_batch_lines",
    gives=serializers.BatchLineOut,
    summary="List the payouts of a batch",
    about="The payouts of a batch, with those that the bank refused.",
)


class MakeBatch(ActView):
    """Put the payouts in a currency that two people approved together for the bank."""

    takes = serializers.BatchIn
    gives = serializers.BatchOut
    creates = True
    made_at = "get_batch"
    scope = Scope.ADMINISTER
    operation = "make_batch"
    summary = "Make a batch of payouts"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Any:
        return make_batch(**data, by=by)


RefuseBatchLine = act_view(
    refuse_batch_line,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.BatchLineOut,
    summary="Note that the bank refused a payout",
    about="Say that the bank did not carry a payout of a batch out; it may go into another one.",
)
