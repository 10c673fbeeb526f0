from typing import Any

from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.plans import LabellingPlan
from marketplace.annotation.project.serializers import (
    GoldIn,
    LabellingOut,
    LabellingPlanIn,
    answer_in,
)
from marketplace.annotation.project.services import (
    edit_labelling,
    open_labelling,
    set_gold,
)
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class OpenLabelling(ActView):
    """Open a labelling project over a masked version, as a draft that annotators do not see."""

    takes = LabellingPlanIn
    gives = LabellingOut
    creates = True
    made_at = "get_labelling"
    scope = Scope.TRADE
    summary = "Open a labelling project"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> LabellingProject:
        return open_labelling(ids["pk"], plan=LabellingPlan(**data), by=by)


class EditLabelling(ActView):
    """Change the plan of a labelling project that is a draft."""

    takes = LabellingPlanIn
    gives = LabellingOut
    scope = Scope.TRADE
    summary = "Edit a labelling project"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> LabellingProject:
        return edit_labelling(ids["pk"], plan=LabellingPlan(**data), by=by)


class SetGold(ActView):
    """Say what the right label of a row is, by which annotators are measured."""

    takes = GoldIn
    gives = LabellingOut
    scope = Scope.TRADE
    summary = "Set a gold item"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> LabellingProject:
        return set_gold(ids["pk"], row=data["row"], answer=answer_in(data), by=by)
