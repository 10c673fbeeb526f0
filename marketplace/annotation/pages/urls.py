from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.closing.services import close_labelling
from marketplace.annotation.pages import views
from marketplace.annotation.pages.serializers import OneLabellingOut
from marketplace.annotation.pages.views import labelling_page
from marketplace.annotation.pay.services import fund_labelling
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.project.serializers import LabellingOut
from marketplace.annotation.project.services import (
    pause_labelling,
    publish_labelling,
    write_guideline,
)
from marketplace.core import Scope
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view, thing_view

urlpatterns = [
    path("labelling/", views.labelling_list, name="labelling_list"),
    path("versions/<uuid:pk>/labelling/", views.labelling_open, name="labelling_open"),
    thing_page(
        "labelling/<uuid:pk>/", labellings_visible_to, labelling_page, name="labelling_detail"
    ),
    path("labelling/<uuid:pk>/edit/", views.labelling_edit, name="labelling_edit"),
    form_page(
        "labelling/<uuid:pk>/guideline/",
        write_guideline,
        done=_("The guideline is written."),
        onto="labelling_detail",
        again=labelling_page,
        of=labellings_visible_to,
        name="guideline_write",
    ),
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
    form_page(
        "labelling/<uuid:pk>/fund/",
        fund_labelling,
        done=_("The amount is set aside for labels."),
        onto="labelling_detail",
        again=labelling_page,
        of=labellings_visible_to,
        form_as="fund_form",
        name="labelling_fund",
    ),
]

api_patterns = [
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
    act_view(
        "labellings/<uuid:pk>/close/",
        close_labelling,
        scope=Scope.TRADE,
        gives=LabellingOut,
        summary="Close a labelling project",
        about="Close a project for good; what was labelled stays.",
    ),
]
