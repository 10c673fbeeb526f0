"""What the preparation API takes and gives."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field

from marketplace.preparation.adapters import run_error
from marketplace.preparation.looking import look_in_force
from marketplace.preparation.models import (
    LONGEST_REASON,
    ColumnFinding,
    ColumnHierarchy,
    ColumnRole,
    MaskingPolicy,
    RiskReport,
    Run,
    Study,
)
from marketplace.preparation.roles.serializers import RelabelledOut
from marketplace.preparation.roles_in_words import roles_in_words, roles_of_report
from marketplace.preparation.rules import acts_on_report, acts_on_run, acts_on_source_version
from marketplace.preparation.wording import FAILURE_SENTENCES, evidence_of
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActsField


class RunOut(serializers.ModelSerializer[Run]):
    """A run; `progress` is of 1000, `error` a sentence."""

    dataset = serializers.UUIDField(source="version.dataset_id")
    error = serializers.SerializerMethodField()

    class Meta:
        model = Run
        fields: tuple[str, ...] = (
            "id",
            "kind",
            "dataset",
            "version",
            "organization",
            "policy",
            "state",
            "progress",
            "step",
            "attempt",
            "error_code",
            "error",
            "result_version",
            "created_at",
            "started_at",
            "ended_at",
        )

    def get_error(self, run: Run) -> str:
        """Return why it failed, "" where it did not."""
        return run_error(run)


class OneRunOut(RunOut):
    """A run with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_run)

    class Meta(RunOut.Meta):
        fields: tuple[str, ...] = (*RunOut.Meta.fields, "acts")


class FindingOut(serializers.ModelSerializer[ColumnFinding]):
    """What was found about a column."""

    evidence = serializers.SerializerMethodField()
    profile = serializers.JSONField()

    class Meta:
        model = ColumnFinding
        fields = ("position", "name", "role", "kind", "confidence", "evidence", "profile")

    def get_evidence(self, finding: ColumnFinding) -> str:
        """Return why the class is proposed."""
        return evidence_of(finding)


class ColumnRuleOut(serializers.Serializer[Any]):
    """What happens to one column."""

    name = serializers.CharField(max_length=200, trim_whitespace=False)
    role = serializers.ChoiceField(choices=ColumnRole.choices)
    mask = serializers.CharField(max_length=40)
    options = serializers.DictField(required=False, default=dict)
    diversity = serializers.DictField(required=False)
    closeness = serializers.DictField(required=False)


class ColumnRuleIn(ColumnRuleOut):
    """What to do with one column; `reason` says why a class is taken away that was found."""

    reason = serializers.CharField(max_length=LONGEST_REASON, required=False, allow_blank=True)


class SyntheticIn(serializers.Serializer[Any]):
    """A synthetic copy in place of masked rows: columns are drawn anew (keep) or left out (drop).

    `domains` says by column which values there can be, known without looking at the data:
    `{"values": […]}`, `{"low", "high", "bins", "decimals"}` or `{"edges": […], "decimals"}`.
    """

    epsilon = serializers.CharField(max_length=20)
    delta = serializers.CharField(max_length=20)
    rows = serializers.IntegerField(required=False)
    person_rows = serializers.IntegerField(required=False)
    domains = serializers.DictField(child=serializers.DictField())


class PolicyIn(serializers.Serializer[Any]):
    """A policy: a rule for every column, and what the release must reach."""

    smallest_class = serializers.IntegerField(required=False)
    suppression_limit = serializers.FloatField(required=False)
    method = serializers.CharField(required=False, max_length=20)
    person = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=200,
        trim_whitespace=False,
        help_text="The column that tells persons apart; without one each row is a person.",
    )
    synthetic = SyntheticIn(required=False)
    columns = ColumnRuleIn(many=True)


class ColumnIn(serializers.Serializer[Any]):
    """A column of a version, by its name."""

    column = serializers.CharField(max_length=200, trim_whitespace=False)


class HierarchyIn(ColumnIn):
    """What each value of a column becomes: one row a value, the value first, then its labels."""

    rows = serializers.ListField(
        child=serializers.ListField(
            child=serializers.CharField(allow_blank=True, trim_whitespace=False)
        )
    )


class HierarchyOut(serializers.ModelSerializer[ColumnHierarchy]):
    """A hierarchy that was set; `digest` is that of its rows in canonical form (RFC 8785).

    `rows` hold the values of the data: they are null but to whoever has a look at the column open.
    """

    column = serializers.CharField(source="name")
    rows = serializers.SerializerMethodField()

    class Meta:
        model = ColumnHierarchy
        fields = ("id", "version", "column", "rows", "digest", "created_at")

    def get_rows(self, hierarchy: ColumnHierarchy) -> list[list[str]] | None:
        """Return the rows to whoever has said why they look at them."""
        by = actor(self.context["request"])
        looks = look_in_force(hierarchy.version, column=hierarchy.name, by=by)
        return None if looks is None else hierarchy.rows


class InheritedColumnOut(serializers.Serializer[Any]):
    """A hierarchy of an earlier version; it was set where `covers`, else so many values are new.

    `problem` says why the values of the column could not be looked at.
    """

    column = serializers.CharField(source="finding.name")
    version_number = serializers.IntegerField(source="number")
    covers = serializers.BooleanField()
    new_values = serializers.IntegerField(source="new_count")
    problem = serializers.CharField(allow_blank=True)


class InheritedOut(serializers.Serializer[Any]):
    """What earlier versions had for columns without a hierarchy of their own."""

    columns = InheritedColumnOut(many=True)


class ComparisonIn(serializers.Serializer[Any]):
    """The masked versions to compare with their source."""

    masked = serializers.ListField(child=serializers.UUIDField())


class StudyOut(serializers.ModelSerializer[Study]):
    """What a run that only looks was asked, and its answer, empty until the run is done.

    Policies in the question are without the values that their levels list.
    """

    question = serializers.JSONField(source="asked")
    answer = serializers.JSONField()

    class Meta:
        model = Study
        fields = ("run", "question", "digest", "answer", "created_at")


class PreparedVersionOut(serializers.Serializer[Any]):
    """A source version on its way to a masked one."""

    version = serializers.UUIDField(source="pk")
    number = serializers.IntegerField()


class PreparationOut(PreparedVersionOut):
    """A source version with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_source_version)


class PolicyDocumentOut(serializers.Serializer[Any]):
    """A policy as it would be sent, without reasons: whoever sends it gives their own."""

    smallest_class = serializers.IntegerField()
    suppression_limit = serializers.FloatField()
    method = serializers.CharField()
    person = serializers.CharField(required=False)
    synthetic = SyntheticIn(required=False)
    columns = ColumnRuleOut(many=True)


class ConfirmedPolicyOut(serializers.ModelSerializer[MaskingPolicy]):
    """A confirmed policy, without the values that its levels list."""

    document = PolicyDocumentOut(source="shown")
    relabelled = serializers.SerializerMethodField()

    class Meta:
        model = MaskingPolicy
        fields = ("id", "version", "document", "digest", "relabelled", "created_at")

    @extend_schema_field(RelabelledOut(many=True))
    def get_relabelled(self, policy: MaskingPolicy) -> list[Any]:
        """Return the columns that it takes for less than was found."""
        return [RelabelledOut(one).data for one in roles_in_words(policy)]


class PolicyToDecideOut(serializers.Serializer[Any]):
    """The policy of a version: as confirmed, or as the library proposes it."""

    is_confirmed = serializers.BooleanField()
    document = PolicyDocumentOut()


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
