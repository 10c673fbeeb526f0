from typing import Any

from marketplace.annotation.arbitration.serializers import ItemOut
from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.project.models import Item
from marketplace.annotation.project.serializers import LabelAnswerIn, answer_in
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class ArbitrateItem(ActView):
    """Decide what an item is of which annotators say several things."""

    takes = LabelAnswerIn
    gives = ItemOut
    scope = Scope.TRADE
    summary = "Decide on a disagreement about an item"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Item:
        return arbitrate_item(ids["pk"], answer=answer_in(data), by=by)
