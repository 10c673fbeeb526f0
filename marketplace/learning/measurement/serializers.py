from typing import Any

from marketplace.learning.adapters import measurement_error
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.rules import acts_on_measurement
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class MeasuredFigureOut(serializers.Serializer[Any]):
    """A figure with noise, and the interval in which the exact one lies in 19 of 20."""

    value = serializers.CharField()
    low = serializers.CharField()
    high = serializers.CharField()


class SourceValueOut(MeasuredFigureOut):
    """What a source adds to the right neighbours; "" is all rows on offer."""

    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]


class MeasuredOut(serializers.Serializer[Any]):
    """What was measured; `baseline` is the share of right answers without the data on offer.

    `person` is the column whose values are protected, - where each row is.
    """

    hold_out_rows = serializers.IntegerField()
    own_rows = serializers.IntegerField()
    baseline = serializers.CharField()
    parts = serializers.IntegerField()
    neighbours = serializers.IntegerField()
    person = serializers.CharField()
    rows_of_person = serializers.IntegerField()
    lift = MeasuredFigureOut()
    source_values = SourceValueOut(many=True)


class MeasurementOut(serializers.ModelSerializer[Measurement]):
    """A measurement; `progress` is of 1000, `error` a sentence, `credential` the signed receipt."""

    sha256 = serializers.CharField(source="version.sha256")
    result = MeasuredOut(allow_null=True)
    error = serializers.SerializerMethodField()

    class Meta:
        model = Measurement
        fields: tuple[str, ...] = (
            *("id", "listing", "version", "sha256", "organization", "declaration", "epsilon"),
            *("state", "progress", "attempt", "error_code", "error", "result", "credential"),
            *("created_at", "charged_at", "repeats", "ended_at"),
        )

    def get_error(self, measurement: Measurement) -> str:
        """Return why it failed, "" where it did not."""
        return measurement_error(measurement)


class OneMeasurementOut(MeasurementOut):
    """A measurement with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_measurement)

    class Meta(MeasurementOut.Meta):
        fields: tuple[str, ...] = (*MeasurementOut.Meta.fields, "acts")
