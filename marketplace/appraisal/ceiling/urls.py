from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.ceiling import views
from marketplace.appraisal.ceiling.filters import CeilingFilters
from marketplace.appraisal.ceiling.selectors import ceilings_visible_to
from marketplace.appraisal.ceiling.serializers import (
    CeilingChecklistIn,
    CeilingIn,
    CeilingOut,
    CeilingReasonIn,
    CeilingRowOut,
    OneCeilingOut,
)
from marketplace.appraisal.ceiling.services import (
    approve_ceiling,
    close_ceiling,
    draft_ceiling,
    return_ceiling,
    revise_ceiling,
    submit_ceiling,
    withdraw_ceiling,
)
from marketplace.core import Scope
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of

CEILING = "ceilings/<uuid:pk>/"

urlpatterns = [
    list_of(
        "ceilings/",
        ceilings_visible_to,
        views.CeilingTable,
        "appraisal/ceiling_list.html",
        filters=CeilingFilters,
        name="ceiling_list",
    ),
    path("datasets/<uuid:pk>/ceiling/", views.ceiling_draft, name="ceiling_draft"),
    path(CEILING, views.ceiling_detail, name="ceiling_detail"),
    path(f"{CEILING}revise/", views.ceiling_revise, name="ceiling_revise"),
    act_page(
        f"{CEILING}submit/",
        submit_ceiling,
        done=_("The price ceiling is with the reviewers."),
        onto="ceiling_detail",
        name="ceiling_submit",
    ),
    form_page(
        f"{CEILING}withdraw/",
        withdraw_ceiling,
        done=_("The price ceiling is withdrawn."),
        onto="ceiling_detail",
        again=views.detail_page,
        of=ceilings_visible_to,
        name="ceiling_withdraw",
    ),
    form_page(
        f"{CEILING}close/",
        close_ceiling,
        done=_("The price ceiling is closed."),
        onto="ceiling_detail",
        again=views.detail_page,
        of=ceilings_visible_to,
        name="ceiling_close",
    ),
    path(f"{CEILING}review/", views.ceiling_review, name="ceiling_review"),
    form_page(
        f"{CEILING}approve/",
        approve_ceiling,
        done=_("The price ceiling is in force for its period."),
        onto="ceiling_detail",
        again=views.review_page,
        of=ceilings_visible_to,
        form_as="approve_form",
        name="ceiling_approve",
    ),
    form_page(
        f"{CEILING}return/",
        return_ceiling,
        done=_("The price ceiling is returned for correction."),
        onto="ceiling_detail",
        again=views.review_page,
        of=ceilings_visible_to,
        form_as="return_form",
        name="ceiling_return",
    ),
]
api_patterns = [
    list_view(
        "ceilings/",
        ceilings_visible_to,
        operation="list_ceilings",
        filters=CeilingFilters,
        gives=CeilingRowOut,
        summary="List price ceilings",
        about="The price ceilings that the caller may see, newest first.",
    ),
    act_view(
        "datasets/<uuid:pk>/draft-ceiling/",
        draft_ceiling,
        group="permitted",
        scope=Scope.TRADE,
        takes=CeilingIn,
        gives=CeilingOut,
        creates=True,
        made_at="get_ceiling",
        summary="Draft a price ceiling",
    ),
    thing_view(
        CEILING,
        ceilings_visible_to,
        operation="get_ceiling",
        gives=OneCeilingOut,
        summary="Get a price ceiling",
        about="A price ceiling with its account, and the acts on it that are open to whoever asks.",
    ),
    act_view(
        f"{CEILING}revise/",
        revise_ceiling,
        group="permitted",
        scope=Scope.TRADE,
        takes=CeilingIn,
        gives=CeilingOut,
        summary="Revise a price ceiling",
        about="Compute a price ceiling anew from other figures.",
    ),
    act_view(
        f"{CEILING}submit/",
        submit_ceiling,
        scope=Scope.TRADE,
        gives=CeilingOut,
        summary="Submit a price ceiling",
    ),
    act_view(
        f"{CEILING}withdraw/",
        withdraw_ceiling,
        scope=Scope.TRADE,
        takes=CeilingReasonIn,
        gives=CeilingOut,
        summary="Withdraw a price ceiling",
    ),
    act_view(
        f"{CEILING}close/",
        close_ceiling,
        scope=Scope.ADMINISTER,
        takes=CeilingReasonIn,
        gives=CeilingOut,
        summary="Close a price ceiling",
        about="End a price ceiling before its period is over, by a second person.",
    ),
    act_view(
        f"{CEILING}approve/",
        approve_ceiling,
        scope=Scope.ADMINISTER,
        takes=CeilingChecklistIn,
        gives=CeilingOut,
        summary="Approve a price ceiling",
        about="Put a price ceiling in force, by a second person.",
    ),
    act_view(
        f"{CEILING}return/",
        return_ceiling,
        scope=Scope.ADMINISTER,
        takes=CeilingReasonIn,
        gives=CeilingOut,
        summary="Return a price ceiling",
    ),
]
