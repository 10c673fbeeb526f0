from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field

from marketplace.preparation.column.presentation import FAILURE_SENTENCES
from marketplace.preparation.policy.serializers import RelabelledOut
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.relabelled import roles_of_report
from marketplace.preparation.report.rules import acts_on_report
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class FailureOut(serializers.Serializer[Any]):
    """Something that did not pass, and what to do about it."""

    code = serializers.CharField()
    sentence = serializers.CharField()


class RiskReportOut(serializers.ModelSerializer[RiskReport]):
    """A risk report, measured on the bytes with the digest `sha256`."""

    failures = serializers.SerializerMethodField()
    figures = serializers.JSONField()
    thresholds = serializers.JSONField()
    judgement = serializers.JSONField()
    quasi_identifiers = serializers.ListField(child=serializers.CharField())
    page = serializers.SerializerMethodField()
    relabelled = serializers.SerializerMethodField()

    class Meta:
        model = RiskReport
        fields: tuple[str, ...] = (
            "id",
            "version",
            "run",
            "organization",
            "sha256",
            "figures",
            "thresholds",
            "failures",
            "passed",
            "quasi_identifiers",
            "relabelled",
            "verdict",
            "judgement",
            "measured_at",
            "valid_until",
            "credential",
            "state",
            "reason",
            "page",
            "created_at",
        )

    @extend_schema_field(FailureOut(many=True))
    def get_failures(self, report: RiskReport) -> list[dict[str, str]]:
        """Return each failure with its sentence."""
        return [
            {"code": code, "sentence": str(FAILURE_SENTENCES[code])} for code in report.failures
        ]

    @extend_schema_field(RelabelledOut(many=True))
    def get_relabelled(self, report: RiskReport) -> list[Any]:
        """Return the columns that count for less than was found."""
        return [RelabelledOut(one).data for one in roles_of_report(report)]

    def get_page(self, report: RiskReport) -> str:
        """Return where people read it."""
        return reverse("risk_report_detail", kwargs={"pk": report.pk})


class OneRiskReportOut(RiskReportOut):
    """A risk report with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_report)

    class Meta(RiskReportOut.Meta):
        fields: tuple[str, ...] = (*RiskReportOut.Meta.fields, "acts")
