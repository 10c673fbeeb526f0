from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.accounting import api, views
from marketplace.accounting.filters import RecognitionFilters
from marketplace.accounting.selectors import (
    costs_visible_to,
    impairments_visible_to,
    recognitions_visible_to,
)
from marketplace.accounting.serializers import (
    BookingChecklistIn,
    BookingReasonIn,
    CostOut,
    ImpairmentOut,
    OneRecognitionOut,
    ProposeRecognitionIn,
    RecognitionOut,
)
from marketplace.accounting.services import (
    approve_recognition,
    propose_recognition,
    record_cost,
    record_impairment,
    return_recognition,
    reverse_cost,
    withdraw_recognition,
)
from marketplace.core import Scope
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("datasets/<uuid:pk>/costs/", views.dataset_costs, name="dataset_costs"),
    act_page(
        "costs/<uuid:pk>/reverse/",
        reverse_cost,
        done=_("The cost is reversed."),
        onto="dataset_costs",
        at="dataset_id",
        name="cost_reverse",
    ),
    path("debt-ratio/", views.debt_ratio, name="debt_ratio"),
    path(
        "datasets/<uuid:pk>/recognition/",
        views.recognition_propose,
        name="recognition_propose",
    ),
    list_of(
        "recognitions/",
        recognitions_visible_to,
        views.RecognitionTable,
        "accounting/recognition_list.html",
        filters=RecognitionFilters,
        name="recognition_list",
    ),
    path("recognitions/disclosure/", views.disclosure, name="disclosure"),
    path("recognitions/<uuid:pk>/", views.recognition_detail, name="recognition_detail"),
    form_page(
        "recognitions/<uuid:pk>/withdraw/",
        withdraw_recognition,
        done=_("The decision is withdrawn."),
        onto="recognition_detail",
        again=views.detail_page,
        of=recognitions_visible_to,
        form_as="reason_form",
        name="recognition_withdraw",
    ),
    form_page(
        "recognitions/<uuid:pk>/impairment/",
        record_impairment,
        done=_("The test is recorded."),
        onto="recognition_detail",
        again=views.detail_page,
        of=recognitions_visible_to,
        form_as="impairment_form",
        name="impairment_record",
    ),
    path("recognitions/<uuid:pk>/review/", views.recognition_review, name="recognition_review"),
    form_page(
        "recognitions/<uuid:pk>/approve/",
        approve_recognition,
        done=_("The decision is in force."),
        onto="recognition_detail",
        again=views.review_page,
        of=recognitions_visible_to,
        form_as="approve_form",
        name="recognition_approve",
    ),
    form_page(
        "recognitions/<uuid:pk>/return/",
        return_recognition,
        done=_("The decision is returned for correction."),
        onto="recognition_detail",
        again=views.review_page,
        of=recognitions_visible_to,
        form_as="return_form",
        name="recognition_return",
    ),
]
api_patterns = [
    path("debt-ratio/", api.DebtRatioPlan.as_view(), name="api_plan_debt_ratio"),
    list_view(
        "costs/",
        costs_visible_to,
        operation="list_costs",
        gives=CostOut,
        about="The costs that the caller may see.",
    ),
    thing_view(
        "costs/<uuid:pk>/",
        costs_visible_to,
        operation="get_cost",
        gives=CostOut,
        about="A recorded cost, or the entry that took it back.",
    ),
    thing_view(
        "impairments/<uuid:pk>/",
        impairments_visible_to,
        operation="get_impairment",
        gives=ImpairmentOut,
        summary="Get an impairment test",
        about="An impairment test of a booked asset.",
    ),
    act_view(
        "costs/<uuid:pk>/reverse/",
        reverse_cost,
        scope=Scope.TRADE,
        gives=CostOut,
        about="Take a recorded amount back by an entry of its own.",
    ),
    act_view(
        "datasets/<uuid:pk>/costs/record/",
        record_cost,
        scope=Scope.TRADE,
        takes=serializer_of(record_cost, about="An amount of a voucher."),
        gives=CostOut,
        creates=True,
        made_at="get_cost",
        about="Record an amount of a voucher for a dataset.",
    ),
    act_view(
        "datasets/<uuid:pk>/recognition/propose/",
        propose_recognition,
        scope=Scope.TRADE,
        takes=ProposeRecognitionIn,
        gives=RecognitionOut,
        creates=True,
        made_at="get_recognition",
    ),
    path("recognitions/", api.Recognitions.as_view(), name="api_list_recognitions"),
    thing_view(
        "recognitions/<uuid:pk>/",
        recognitions_visible_to,
        operation="get_recognition",
        gives=OneRecognitionOut,
        summary="Get a recognition decision",
        about=(
            "A decision with its answers, its schedule and the acts that are open to whoever asks."
        ),
    ),
    act_view(
        "recognitions/<uuid:pk>/approve/",
        approve_recognition,
        scope=Scope.ADMINISTER,
        takes=BookingChecklistIn,
        gives=RecognitionOut,
    ),
    act_view(
        "recognitions/<uuid:pk>/return/",
        return_recognition,
        scope=Scope.ADMINISTER,
        takes=BookingReasonIn,
        gives=RecognitionOut,
        about="Send a decision back for correction, with a reason.",
    ),
    act_view(
        "recognitions/<uuid:pk>/withdraw/",
        withdraw_recognition,
        scope=Scope.TRADE,
        takes=BookingReasonIn,
        gives=RecognitionOut,
        about="Take a decision back, with a reason.",
    ),
    act_view(
        "recognitions/<uuid:pk>/impairments/record/",
        record_impairment,
        scope=Scope.TRADE,
        takes=serializer_of(
            record_impairment, about="A test of what a booked asset is still worth."
        ),
        gives=ImpairmentOut,
        creates=True,
        made_at="get_impairment",
        summary="Record an impairment test",
        about="Test a booked asset and write it down to what is recoverable.",
    ),
    path(
        "recognitions/disclosure/<year:year>/", api.Disclosure.as_view(), name="api_get_disclosure"
    ),
]
