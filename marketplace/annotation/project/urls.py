from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.project import api, views
from marketplace.annotation.project.filters import LabellingFilters
from marketplace.annotation.project.selectors import guidelines_of, labellings_visible_to
from marketplace.annotation.project.serializers import (
    GuidelineIn,
    GuidelineOut,
    LabellingOut,
    OneLabellingOut,
)
from marketplace.annotation.project.services import (
    close_labelling,
    pause_labelling,
    publish_labelling,
    write_guideline,
)
from marketplace.core import Scope
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("labelling/", views.labelling_list, name="labelling_list"),
    path("versions/<uuid:pk>/labelling/", views.labelling_open, name="labelling_open"),
    path("labelling/<uuid:pk>/", views.labelling_detail, name="labelling_detail"),
    path("labelling/<uuid:pk>/edit/", views.labelling_edit, name="labelling_edit"),
    path("labelling/<uuid:pk>/guideline/", views.guideline_write, name="guideline_write"),
    path("labelling/<uuid:pk>/rows/<int:row>/", views.labelling_item, name="labelling_item"),
    act_page(
        "labelling/<uuid:pk>/publish/",
        publish_labelling,
        done=_("Annotators of the admitted organizations can label now."),
        onto="labelling_detail",
        name="labelling_publish",
    ),
    act_page(
        "labelling/<uuid:pk>/pause/",
        pause_labelling,
        done=_("Nobody labels for now."),
        onto="labelling_detail",
        name="labelling_pause",
    ),
    path("labelling/<uuid:pk>/close/", views.labelling_close, name="labelling_close"),
]

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
    path(
        "versions/<uuid:pk>/labellings/open/",
        api.OpenLabelling.as_view(),
        name="api_open_labelling",
    ),
    thing_view(
        "labellings/<uuid:pk>/",
        labellings_visible_to,
        operation="get_labelling",
        gives=OneLabellingOut,
        summary="Get a labelling project",
        about=(
            "A labelling project, with its progress and the acts on it that are open to who asks. "
        ),
    ),
    path("labellings/<uuid:pk>/edit/", api.EditLabelling.as_view(), name="api_edit_labelling"),
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
        takes=GuidelineIn,
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
    act_view(
        "labellings/<uuid:pk>/close/",
        close_labelling,
        scope=Scope.TRADE,
        gives=LabellingOut,
        summary="Close a labelling project",
        about="Close a project for good; what was labelled stays.",
    ),
]
