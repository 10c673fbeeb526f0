from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.appraisal import api, views
from marketplace.appraisal.appraisal.filters import AppraisalFilters
from marketplace.appraisal.appraisal.reports import report_of
from marketplace.appraisal.appraisal.selectors import appraisals_visible_to, replay
from marketplace.appraisal.appraisal.serializers import (
    AppraisalOut,
    OneAppraisalOut,
    ReplayOut,
    ReportOut,
    ValuationChecklistIn,
    ValuationReasonIn,
    ValueIn,
)
from marketplace.appraisal.appraisal.services import (
    approve_appraisal,
    draft_appraisal,
    return_appraisal,
    revise_appraisal,
    submit_appraisal,
    withdraw_appraisal,
)
from marketplace.appraisal.ceiling import urls as ceilings
from marketplace.core import Scope
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of

APPRAISAL = "appraisals/<uuid:pk>/"

urlpatterns = [
    *ceilings.urlpatterns,
    list_of(
        "appraisals/",
        appraisals_visible_to,
        views.AppraisalTable,
        "appraisal/appraisal_list.html",
        filters=AppraisalFilters,
        name="appraisal_list",
    ),
    path("appraisals/calculator/", views.calculator, name="calculator"),
    path("datasets/<uuid:pk>/appraise/", views.appraisal_draft, name="appraisal_draft"),
    path(APPRAISAL, views.appraisal_detail, name="appraisal_detail"),
    path(f"{APPRAISAL}revise/", views.appraisal_revise, name="appraisal_revise"),
    path(f"{APPRAISAL}replay/", views.appraisal_replay, name="appraisal_replay"),
    path(f"{APPRAISAL}report/", views.appraisal_report, name="appraisal_report"),
    path(f"{APPRAISAL}report.json", views.appraisal_report_file, name="appraisal_report_file"),
    act_page(
        f"{APPRAISAL}submit/",
        submit_appraisal,
        done=views.SUBMITTED,
        onto="appraisal_detail",
        name="appraisal_submit",
    ),
    form_page(
        f"{APPRAISAL}withdraw/",
        withdraw_appraisal,
        done=_("The valuation is withdrawn."),
        onto="appraisal_detail",
        again=views.detail_page,
        of=appraisals_visible_to,
        name="appraisal_withdraw",
    ),
    path(f"{APPRAISAL}review/", views.appraisal_review, name="appraisal_review"),
    form_page(
        f"{APPRAISAL}approve/",
        approve_appraisal,
        done=_("The valuation is in force and signed."),
        onto="appraisal_detail",
        again=views.review_page,
        of=appraisals_visible_to,
        form_as="approve_form",
        name="appraisal_approve",
    ),
    form_page(
        f"{APPRAISAL}return/",
        return_appraisal,
        done=_("The valuation is returned for correction."),
        onto="appraisal_detail",
        again=views.review_page,
        of=appraisals_visible_to,
        form_as="return_form",
        name="appraisal_return",
    ),
]
api_patterns = [
    *ceilings.api_patterns,
    list_view(
        "appraisals/",
        appraisals_visible_to,
        operation="list_appraisals",
        filters=AppraisalFilters,
        gives=AppraisalOut,
        summary="List valuations",
        about="The valuations that the caller may see, newest first.",
    ),
    path("appraisals/calculate/", api.Calculate.as_view(), name="api_calculate"),
    act_view(
        "datasets/<uuid:pk>/draft-appraisal/",
        draft_appraisal,
        scope=Scope.TRADE,
        takes=ValueIn,
        gives=AppraisalOut,
        creates=True,
        made_at="get_appraisal",
        summary="Draft a valuation",
        about=(
            "Value the newest desensitized version of a dataset, of which the caller holds "
            "the right."
        ),
    ),
    thing_view(
        APPRAISAL,
        appraisals_visible_to,
        operation="get_appraisal",
        gives=OneAppraisalOut,
        summary="Get a valuation",
        about=(
            "A valuation with its inputs, the whole way to the figure, and the acts that are open."
        ),
    ),
    act_view(
        f"{APPRAISAL}revise/",
        revise_appraisal,
        scope=Scope.TRADE,
        takes=ValueIn,
        gives=AppraisalOut,
        summary="Revise a valuation",
        about="Compute a valuation anew from other inputs.",
    ),
    thing_view(
        f"{APPRAISAL}replay/",
        appraisals_visible_to,
        shown=replay,
        operation="replay_appraisal",
        gives=ReplayOut,
        summary="Compute a valuation anew",
        about="A valuation computed anew from its stored inputs, and compared to the cent.",
    ),
    thing_view(
        f"{APPRAISAL}report/",
        appraisals_visible_to,
        shown=report_of,
        operation="appraisal_report",
        gives=ReportOut,
        summary="Get the report of a valuation",
        about=(
            "A valuation whole, to be kept: with every input, bound to the version that was valued."
        ),
    ),
    act_view(
        f"{APPRAISAL}submit/",
        submit_appraisal,
        scope=Scope.TRADE,
        gives=AppraisalOut,
        summary="Submit a valuation",
    ),
    act_view(
        f"{APPRAISAL}withdraw/",
        withdraw_appraisal,
        scope=Scope.TRADE,
        takes=ValuationReasonIn,
        gives=AppraisalOut,
        summary="Withdraw a valuation",
    ),
    act_view(
        f"{APPRAISAL}approve/",
        approve_appraisal,
        scope=Scope.ADMINISTER,
        takes=ValuationChecklistIn,
        gives=AppraisalOut,
        summary="Approve a valuation",
        about="Put a valuation in force, by a second person; the one before is superseded.",
    ),
    act_view(
        f"{APPRAISAL}return/",
        return_appraisal,
        scope=Scope.ADMINISTER,
        takes=ValuationReasonIn,
        gives=AppraisalOut,
        summary="Return a valuation",
    ),
]
