"""The API of measurements."""

from __future__ import annotations

from rest_framework.parsers import MultiPartParser

from marketplace.core.scopes import Scope
from marketplace.learning.measurement import serializers
from marketplace.learning.measurement.filters import MeasurementFilters
from marketplace.learning.measurement.selectors import measurements_visible_to
from marketplace.learning.measurement.services import cancel_measurement, request_measurement
from marketplace.web.api import act_view, list_view, thing_view

RequestMeasurement = act_view(
    request_measurement,
    scope=Scope.TRADE,
    takes=serializers.RequestMeasurementIn,
    gives=serializers.MeasurementOut,
    creates=True,
    compares=False,
    keeps_answer=False,
    made_at="get_measurement",
    parser_classes=(MultiPartParser,),
    summary="Have an offer measured",
    about="Have measured, with noise, what data on offer would bring to rows of one's own.",
)

CancelMeasurement = act_view(
    cancel_measurement,
    scope=Scope.TRADE,
    gives=serializers.MeasurementOut,
    summary="Cancel a measurement",
    about="End a measurement that waits or works, and destroy the rows that were handed in.",
)

Measurements = list_view(
    measurements_visible_to,
    operation="list_measurements",
    filters=MeasurementFilters,
    gives=serializers.MeasurementOut,
    about="The measurements that the caller's organization asked for.",
)

OneMeasurement = thing_view(
    measurements_visible_to,
    operation="get_measurement",
    gives=serializers.OneMeasurementOut,
    about="A measurement with its figures, once it is done, and the acts that are open.",
)
