"""The API of annotators."""

from __future__ import annotations

from typing import Any

from marketplace.annotation.batch import selectors
from marketplace.annotation.batch.filters import WorkFilters
from marketplace.annotation.batch.models import Task
from marketplace.annotation.batch.serializers import (
    ItemBatchOut,
    ItemTaskOut,
    LabelItemIn,
    OneItemBatchOut,
    OneWorkOut,
    ShownItemOut,
    TakeLabelsInIn,
    WorkOut,
)
from marketplace.annotation.batch.services import (
    hand_in_batch,
    label_item,
    look_at_item,
    save_batch_items,
    take_batch,
    take_labels_in,
)
from marketplace.annotation.project.serializers import answer_in
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, DocumentView, act_view, list_view, thing_view


class LabelItem(ActView):
    """Say what an item is, or why nobody can say; again replaces it until the batch is in."""

    takes = LabelItemIn
    gives = ItemTaskOut
    scope = Scope.TRADE
    operation = "label_item"
    summary = "Label an item"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Task:
        answer = answer_in(data)
        says_nothing = bool(data["skipped"]) and not (
            answer.classes or answer.spans or answer.text or answer.fields
        )
        return label_item(
            ids["pk"],
            answer=None if says_nothing else answer,
            skipped=data["skipped"],
            by=by,
        )


TakeBatch = act_view(
    take_batch,
    scope=Scope.TRADE,
    gives=ItemBatchOut,
    creates=True,
    made_at="get_item_batch",
    summary="Take a batch of items",
    about="Take a batch of items to label; whoever has an open one goes on with it.",
)
LookAtItem = act_view(
    look_at_item,
    scope=Scope.TRADE,
    gives=ShownItemOut,
    compares=False,
    summary="Look at an item",
    about="An item of an open batch of one's own. That it was shown is kept.",
)
TakeLabelsIn = act_view(
    take_labels_in,
    scope=Scope.TRADE,
    takes=TakeLabelsInIn,
    gives=ItemBatchOut,
    summary="Take labels of a batch in",
    about="Take in what one said of the items of a batch in Label Studio: all of it or nothing.",
)


class SaveBatchItems(DocumentView):
    """The items of an open batch of one's own, for Label Studio. That they were shown is kept."""

    media = "application/zip"
    scope = Scope.TRADE
    operation = "save_batch_items"
    summary = "Save the items of a batch"

    def document(self, by: Actor, **ids: Any) -> bytes:
        """Save, which is on record."""
        return save_batch_items(ids["pk"], by=by)


HandInBatch = act_view(
    hand_in_batch,
    scope=Scope.TRADE,
    gives=ItemBatchOut,
    summary="Hand a batch in",
    about="Hand a batch in: its labels stay as they are. By the first one an annotator qualifies.",
)
Work = list_view(
    selectors.work_open_to,
    operation="list_labelling_work",
    filters=WorkFilters,
    gives=WorkOut,
    summary="List labelling work",
    about="The projects that are open to the annotators of one's organization.",
)
OneWork = thing_view(
    selectors.work_open_to,
    operation="get_labelling_work",
    gives=OneWorkOut,
    summary="Get labelling work",
    about="A project that is open to annotators: scheme, guideline, and whether a batch is left.",
)
Batches = list_view(
    selectors.batches_visible_to,
    operation="list_item_batches",
    gives=ItemBatchOut,
    summary="List batches of items",
    about="One's own batches; for the owner of the data, those of all annotators.",
)
OneBatch = thing_view(
    selectors.batches_visible_to,
    operation="get_item_batch",
    gives=OneItemBatchOut,
    summary="Get a batch of items",
    about="A batch, what was said of its items, and the acts on it.",
)
