"""The API of samples."""

from __future__ import annotations

from marketplace.annotation.acceptance.serializers import InspectBatchIn
from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.batch.serializers import ItemBatchOut
from marketplace.core.scopes import Scope
from marketplace.web.api import act_view

InspectBatch = act_view(
    inspect_batch,
    scope=Scope.TRADE,
    takes=InspectBatchIn,
    gives=ItemBatchOut,
    summary="Inspect a batch of items",
    about="Say which labels of a batch's sample are wrong; the plan then decides on all of it.",
)
