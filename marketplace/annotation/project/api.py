from typing import Any

from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.serializers import (
    GoldIn,
    LabellingOut,
    answer_in,
)
from marketplace.annotation.project.services import (
    set_gold,
)
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class SetGold(ActView):
    """Say what the right label of a row is, by which annotators are measured."""

    takes = GoldIn
    gives = LabellingOut
    scope = Scope.TRADE
    summary = "Set a gold item"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> LabellingProject:
        return set_gold(ids["pk"], row=data["row"], answer=answer_in(data), by=by)
