"""The API of labelling projects."""

from __future__ import annotations

from typing import Any

from marketplace.annotation.project import selectors
from marketplace.annotation.project.filters import LabellingFilters
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.plans import LabellingPlan
from marketplace.annotation.project.serializers import (
    GoldIn,
    GuidelineIn,
    GuidelineOut,
    LabellingOut,
    LabellingPlanIn,
    OneLabellingOut,
    answer_in,
)
from marketplace.annotation.project.services import (
    close_labelling,
    edit_labelling,
    open_labelling,
    pause_labelling,
    publish_labelling,
    set_gold,
    write_guideline,
)
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, act_view, list_view, thing_view


class OpenLabelling(ActView):
    """Open a labelling project over a masked version, as a draft that annotators do not see."""

    takes = LabellingPlanIn
    gives = LabellingOut
    creates = True
    made_at = "get_labelling"
    scope = Scope.TRADE
    operation = "open_labelling"
    summary = "Open a labelling project"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> LabellingProject:
        return open_labelling(ids["pk"], plan=LabellingPlan(**data), by=by)


class EditLabelling(ActView):
    """Change the plan of a labelling project that is a draft."""

    takes = LabellingPlanIn
    gives = LabellingOut
    scope = Scope.TRADE
    operation = "edit_labelling"
    summary = "Edit a labelling project"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> LabellingProject:
        return edit_labelling(ids["pk"], plan=LabellingPlan(**data), by=by)


class SetGold(ActView):
    """Say what the right label of a row is, by which annotators are measured."""

    takes = GoldIn
    gives = LabellingOut
    scope = Scope.TRADE
    operation = "set_gold"
    summary = "Set a gold item"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> LabellingProject:
        return set_gold(ids["pk"], row=data["row"], answer=answer_in(data), by=by)


WriteGuideline = act_view(
    write_guideline,
    scope=Scope.TRADE,
    takes=GuidelineIn,
    gives=LabellingOut,
    summary="Write a labelling guideline",
    about="Write a new edition of a project's guideline; earlier ones stay.",
)
PublishLabelling = act_view(
    publish_labelling,
    scope=Scope.TRADE,
    gives=LabellingOut,
    summary="Publish a labelling project",
    about="Open a project to the annotators of the admitted organizations, or open it again.",
)
PauseLabelling = act_view(
    pause_labelling,
    scope=Scope.TRADE,
    gives=LabellingOut,
    summary="Pause a labelling project",
    about="Let nobody label in a project until it is opened again.",
)
CloseLabelling = act_view(
    close_labelling,
    scope=Scope.TRADE,
    gives=LabellingOut,
    summary="Close a labelling project",
    about="Close a project for good; what was labelled stays.",
)
Labellings = list_view(
    selectors.labellings_visible_to,
    operation="list_labellings",
    filters=LabellingFilters,
    gives=LabellingOut,
    summary="List labelling projects",
    about="The labelling projects of one's organization.",
)
OneLabelling = thing_view(
    selectors.labellings_visible_to,
    operation="get_labelling",
    gives=OneLabellingOut,
    summary="Get a labelling project",
    about="A labelling project, with its progress and the acts on it that are open to who asks.",
)
Guidelines = list_view(
    selectors.guidelines_of,
    of=selectors.labellings_visible_to,
    operation="list_guidelines",
    gives=GuidelineOut,
    summary="List the editions of a labelling guideline",
    about="Each edition of a project's guideline, newest first.",
)
