from django.urls import path

from marketplace.annotation.project import api
from marketplace.annotation.project.filters import LabellingFilters
from marketplace.annotation.project.selectors import guidelines_of, labellings_visible_to
from marketplace.annotation.project.serializers import GuidelineOut, LabellingOut, LabellingPlanIn
from marketplace.annotation.project.services import (
    edit_labelling,
    open_labelling,
    pause_labelling,
    publish_labelling,
    write_guideline,
)
from marketplace.core import Scope
from marketplace.web.api import act_view, list_view
from marketplace.web.taking import serializer_of

api_patterns = [
    list_view(
        "labellings/",
        labellings_visible_to,
        operation="list_labellings",
        filters=LabellingFilters,
        gives=LabellingOut,
        summary="List labelling projects",
        about="The labelling projects of one's organization.",
    ),
    act_view(
        "versions/<uuid:pk>/labellings/open/",
        open_labelling,
        scope=Scope.TRADE,
        takes=LabellingPlanIn,
        group="plan",
        gives=LabellingOut,
        creates=True,
        made_at="get_labelling",
        summary="Open a labelling project",
    ),
    act_view(
        "labellings/<uuid:pk>/edit/",
        edit_labelling,
        scope=Scope.TRADE,
        takes=LabellingPlanIn,
        group="plan",
        gives=LabellingOut,
        summary="Edit a labelling project",
        about="Change the plan of a labelling project that is a draft.",
    ),
    path("labellings/<uuid:pk>/gold/set/", api.SetGold.as_view(), name="api_set_gold"),
    list_view(
        "labellings/<uuid:pk>/guidelines/",
        guidelines_of,
        of=labellings_visible_to,
        operation="list_guidelines",
        gives=GuidelineOut,
        summary="List the editions of a labelling guideline",
        about="Each edition of a project's guideline, newest first.",
    ),
    act_view(
        "labellings/<uuid:pk>/guidelines/write/",
        write_guideline,
        scope=Scope.TRADE,
        takes=serializer_of(write_guideline, name="GuidelineIn", about="How items are labelled."),
        gives=LabellingOut,
        summary="Write a labelling guideline",
        about="Write a new edition of a project's guideline; earlier ones stay.",
    ),
    act_view(
        "labellings/<uuid:pk>/publish/",
        publish_labelling,
        scope=Scope.TRADE,
        gives=LabellingOut,
        summary="Publish a labelling project",
        about="Open a project to the annotators of the admitted organizations, or open it again.",
    ),
    act_view(
        "labellings/<uuid:pk>/pause/",
        pause_labelling,
        scope=Scope.TRADE,
        gives=LabellingOut,
        summary="Pause a labelling project",
        about="Let nobody label in a project until it is opened again.",
    ),
]
