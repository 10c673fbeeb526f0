from typing import Any

from marketplace.annotation.batch.models import Task
from marketplace.annotation.batch.serializers import (
    ItemTaskOut,
    LabelItemIn,
)
from marketplace.annotation.batch.services import (
    label_item,
    save_batch_items,
)
from marketplace.annotation.project.serializers import answer_in
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView, DocumentView


class LabelItem(ActView):
    """Say what an item is, or why nobody can say; again replaces it until the batch is in."""

    takes = LabelItemIn
    gives = ItemTaskOut
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Task:
        answer = answer_in(data)
        is_given = answer.says_anything or not data["skipped"]
        return label_item(
            ids["pk"],
            answer=answer if is_given else None,
            skipped=data["skipped"],
            by=by,
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
