from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.recall import api, views
from marketplace.trading.orders.recall.filters import ReidentificationFilters
from marketplace.trading.orders.recall.selectors import reidentifications_visible_to
from marketplace.trading.orders.recall.serializers import (
    OneReidentificationOut,
    ReidentificationOut,
)
from marketplace.trading.orders.recall.services import (
    decide_reidentification,
    examine_reidentification,
    propose_recall,
)
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.pages import signed_in
from marketplace.web.taking import serializer_of

CASE = "re-identifications/<uuid:pk>/"
RECALL = "orders/<uuid:pk>/recall/"

urlpatterns = [
    path("re-identifications/", views.reidentification_list, name="reidentification_list"),
    path(
        "re-identifications/report/", views.reidentification_report, name="reidentification_report"
    ),
    path("re-identifications/recall/", views.recall_propose, name="recall_propose"),
    path(
        "re-identifications/reported/",
        views.reidentification_reported,
        name="reidentification_reported",
    ),
    path(CASE, signed_in(views.reidentification_page), name="reidentification_detail"),
    form_page(
        f"{CASE}examine/",
        examine_reidentification,
        done=_("Proposed. A second reviewer confirms it."),
        onto="reidentification_detail",
        again=views.reidentification_page,
        name="reidentification_examine",
    ),
    path(f"{CASE}decide/", views.reidentification_decide, name="reidentification_decide"),
]

api_patterns = [
    path(
        "re-identifications/report/",
        api.ReportReidentification.as_view(),
        name="api_report_reidentification",
    ),
    path(
        "re-identifications/reported/<str:reference>/",
        api.Reported.as_view(),
        name="api_get_reported_reidentification",
    ),
    list_view(
        "re-identifications/",
        reidentifications_visible_to,
        operation="list_reidentifications",
        filters=ReidentificationFilters,
        gives=ReidentificationOut,
        summary="List reports of re-identifications",
        about="The reports of re-identifications, for reviewers.",
    ),
    thing_view(
        CASE,
        reidentifications_visible_to,
        operation="get_reidentification",
        gives=OneReidentificationOut,
        summary="Get a report of a re-identification",
        about=(
            "A report of a re-identification, for reviewers, with the acts on it that are "
            "open to them."
        ),
    ),
    act_view(
        f"{CASE}examine/",
        examine_reidentification,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            examine_reidentification,
            name="ExamineIn",
            about="What the first examiner proposes, and why.",
        ),
        gives=ReidentificationOut,
        summary="Examine a report of a re-identification",
        about="Propose, as the first examiner, whether it is proven.",
    ),
    act_view(
        f"{CASE}decide/",
        decide_reidentification,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            decide_reidentification,
            name="DecideIn",
            about="Whether the second examiner agrees.",
        ),
        gives=ReidentificationOut,
        summary="Decide a report of a re-identification",
        about=(
            "Confirm the outcome as a second examiner: proven, the verdict is recalled at once."
        ),
    ),
    act_view(
        "risk-reports/<uuid:pk>/propose-recall/",
        propose_recall,
        scope=Scope.ADMINISTER,
        takes=serializer_of(propose_recall, about="Why the centre itself doubts a verdict."),
        gives=ReidentificationOut,
        creates=True,
        made_at="get_reidentification",
        summary="Propose the recall of a verdict",
        about="Propose, as the first of two reviewers, to recall the verdict of a risk report.",
    ),
    path(RECALL, api.OrderRecall.as_view(), name="api_get_order_recall"),
]
