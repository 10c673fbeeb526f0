from typing import Any

from marketplace.trading.listings.report.content import ReportKind
from marketplace.trading.listings.report.models import ListingReport
from marketplace.web.bounded import serializers


class FigureIn(serializers.Serializer[Any]):
    """A named figure."""

    name = serializers.CharField()
    value = serializers.CharField()
    unit = serializers.CharField(default="", allow_blank=True)


class BarIn(serializers.Serializer[Any]):
    """A bar of a section's chart; its value is a number in decimal notation."""

    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()


class SectionIn(serializers.Serializer[Any]):
    """A part of a report."""

    heading = serializers.CharField()
    text = serializers.CharField(default="", allow_blank=True)
    figures = FigureIn(many=True, default=list)
    bars = BarIn(many=True, default=list)


class ReportContentIn(serializers.Serializer[Any]):
    """A report: statistics, or a model card."""

    kind = serializers.ChoiceField(choices=ReportKind.choices)
    title = serializers.CharField()
    summary = serializers.CharField(default="", allow_blank=True)
    sections = SectionIn(many=True)


class ListingReportOut(serializers.ModelSerializer[ListingReport]):
    """A report that is to be sold."""

    content = ReportContentIn()

    class Meta:
        model = ListingReport
        fields = ("id", "listing", "content", "sha256", "created_at")
