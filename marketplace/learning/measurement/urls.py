from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser

from marketplace.core import Scope
from marketplace.learning.measurement import views
from marketplace.learning.measurement.filters import MeasurementFilters
from marketplace.learning.measurement.selectors import measurements_visible_to
from marketplace.learning.measurement.serializers import (
    MeasurementOut,
    OneMeasurementOut,
)
from marketplace.learning.measurement.services import (
    cancel_measurement,
    repeat_measurement,
    request_measurement,
)
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of
from marketplace.web.taking import serializer_of

urlpatterns = [
    path(
        "listings/<uuid:pk>/measure/",
        views.measurement_request,
        name="measurement_request",
    ),
    list_of(
        "measurements/",
        measurements_visible_to,
        views.MeasurementTable,
        "learning/measurement_list.html",
        filters=MeasurementFilters,
        name="measurement_list",
    ),
    path("measurements/<uuid:pk>/", views.measurement_detail, name="measurement_detail"),
    path(
        "measurements/<uuid:pk>/state/",
        views.measurement_state,
        name="measurement_state",
    ),
    path(
        "measurements/<uuid:pk>/repeat/",
        views.measurement_repeat,
        name="measurement_repeat",
    ),
    act_page(
        "measurements/<uuid:pk>/cancel/",
        cancel_measurement,
        done=_("The measurement is cancelled, and your rows are destroyed."),
        onto="measurement_detail",
        name="measurement_cancel",
    ),
]

api_patterns = [
    act_view(
        "listings/<uuid:pk>/request-measurement/",
        request_measurement,
        scope=Scope.TRADE,
        takes=serializer_of(
            request_measurement,
            about="What is told from what, and the buyer's rows as CSV or Parquet.",
        ),
        gives=MeasurementOut,
        creates=True,
        compares=False,
        keeps_answer=False,
        made_at="get_measurement",
        parser_classes=(MultiPartParser,),
        summary="Have an offer measured",
        about="Have measured, with noise, what data on offer would bring to rows of one's own.",
    ),
    list_view(
        "measurements/",
        measurements_visible_to,
        operation="list_measurements",
        filters=MeasurementFilters,
        gives=MeasurementOut,
        about="The measurements that the caller's organization asked for.",
    ),
    thing_view(
        "measurements/<uuid:pk>/",
        measurements_visible_to,
        operation="get_measurement",
        gives=OneMeasurementOut,
        about="A measurement with its figures, once it is done, and the acts that are open.",
    ),
    act_view(
        "measurements/<uuid:pk>/repeat/",
        repeat_measurement,
        scope=Scope.TRADE,
        takes=serializer_of(
            repeat_measurement, name="RowsIn", about="The buyer's rows as CSV or Parquet."
        ),
        gives=MeasurementOut,
        creates=True,
        compares=False,
        keeps_answer=False,
        made_at="get_measurement",
        parser_classes=(MultiPartParser,),
        summary="Repeat a measurement",
        about="Have a measurement that was paid for and told nothing done again, for no more ε.",
    ),
    act_view(
        "measurements/<uuid:pk>/cancel/",
        cancel_measurement,
        scope=Scope.TRADE,
        gives=MeasurementOut,
        summary="Cancel a measurement",
        about="End a measurement that waits or works, and destroy the rows that were handed in.",
    ),
]
