from typing import Any

from drf_spectacular.utils import extend_schema_field

from desensitize.quality import KINDS
from marketplace.catalog.dataset.rules import check_owner
from marketplace.catalog.quality.models import (
    QualityCheck,
    QualityResult,
    QualityRules,
    RuleOutcome,
    RuleReason,
)
from marketplace.catalog.quality.selectors import characteristics_of
from marketplace.catalog.quality.services import set_quality_rules
from marketplace.core import is_open
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.taking import ActSerializer


class QualityRuleIO(serializers.Serializer[Any]):
    """A rule. What its kind needs stands in `parameters`."""

    kind = serializers.ChoiceField(choices=sorted(KINDS))
    columns = serializers.ListField(
        child=serializers.CharField(max_length=200), default=list, max_length=20
    )
    parameters = serializers.JSONField(
        default=dict,
        help_text=(
            "type: `type`; range: `at_least`, `at_most`; pattern: `pattern`; codes: `codes`; "
            "compare: `left`, `operator`, `right`, `within`; exists: `dataset`, `column`; fresh: "
            "`days`."
        ),
    )
    tolerance = serializers.JSONField(
        default=None,
        allow_null=True,
        help_text='`{"share": "0.05"}` or `{"count": 3}`; without it nothing may fail.',
    )
    severity = serializers.ChoiceField(choices=["blocks", "warns"], default="blocks")


class SetQualityRulesIn(ActSerializer):
    """All rules of the dataset from now on; the reason is needed where others stood before."""

    takes = staticmethod(set_quality_rules)
    rules = QualityRuleIO(many=True)


class QualityRulesOut(serializers.ModelSerializer[QualityRules]):
    """Rules that are, were or are to be in force.

    Those that promise less are in force from when a second person has approved the content.
    """

    rules = QualityRuleIO(many=True)

    class Meta:
        model = QualityRules
        fields = (
            *("id", "dataset", "number", "rules", "digest", "reason", "promises_less"),
            "created_at",
        )


class QualityResultOut(serializers.ModelSerializer[QualityResult]):
    """What a rule found; `examples` are row numbers, for officers of the holder alone."""

    rule = QualityRuleIO()
    outcome = serializers.ChoiceField(choices=RuleOutcome.choices)
    reason = serializers.ChoiceField(choices=RuleReason.choices, allow_blank=True)
    examples = serializers.SerializerMethodField()

    class Meta:
        model = QualityResult
        fields = (
            "position",
            "key",
            "rule",
            "characteristic",
            "outcome",
            "reason",
            "checked",
            "failing",
            "examples",
        )

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_examples(self, result: QualityResult) -> list[int]:
        """Return numbers of failing rows to who has the rows."""
        return list(result.examples) if self.context.get("is_own") else []


class CharacteristicOut(serializers.Serializer[Any]):
    """A characteristic of GB/T 36344 as the worst of its rules has measured it."""

    code = serializers.CharField()
    passed = serializers.IntegerField()
    total = serializers.IntegerField()
    share = serializers.DecimalField(max_digits=5, decimal_places=4)


class QualityCheckOut(serializers.ModelSerializer[QualityCheck]):
    """Rules asked of a version."""

    results = serializers.SerializerMethodField()
    characteristics = serializers.SerializerMethodField()

    class Meta:
        model = QualityCheck
        fields = (
            "id",
            "version",
            "rules",
            "sha256",
            "rules_digest",
            "rows",
            "cells",
            "filled",
            "holds",
            "results",
            "characteristics",
            "created_at",
        )

    @extend_schema_field(QualityResultOut(many=True))
    def get_results(self, check: QualityCheck) -> list[Any]:
        """Return what each rule found, in their order."""
        by = actor(self.context["request"])
        is_own = is_open(check_owner, check.version.dataset, by)
        rows = sorted(check.results.all(), key=lambda row: row.position)
        return list(QualityResultOut(rows, many=True, context={"is_own": is_own}).data)

    @extend_schema_field(CharacteristicOut(many=True))
    def get_characteristics(self, check: QualityCheck) -> list[Any]:
        """Return the characteristics that were measured."""
        found = characteristics_of(check, list(check.results.all()))
        return list(CharacteristicOut(found, many=True).data)


class RuleFindingOut(serializers.Serializer[Any]):
    """What a rule would find."""

    outcome = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    checked = serializers.IntegerField()
    failing = serializers.IntegerField()
    examples = serializers.ListField(child=serializers.IntegerField())

    def to_representation(self, finding: Any) -> dict[str, Any]:
        """Write a finding of the library."""
        return {
            "outcome": str(finding.outcome),
            "reason": str(finding.reason or ""),
            "checked": finding.checked,
            "failing": finding.failing,
            "examples": list(finding.examples),
        }


class PreviewOut(serializers.Serializer[Any]):
    """What the rules would find of the newest version, in their order."""

    rows = serializers.IntegerField()
    holds = serializers.BooleanField()
    findings = RuleFindingOut(many=True)


class PreviewQualityIn(serializers.Serializer[Any]):
    """Rules to try."""

    rules = QualityRuleIO(many=True)
