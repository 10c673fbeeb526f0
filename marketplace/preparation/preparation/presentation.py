"""What the page of a version shows: how far it is, its columns, and what happens to each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from desensitize.policy import ColumnRule, Policy
from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.column.models import ColumnFinding, ColumnRole
from marketplace.preparation.column.presentation import FoundColumn, Labels, values_chart, worded
from marketplace.preparation.column.selectors import findings_of, labels_of
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.presentation import RuleInWords, _rule
from marketplace.preparation.policy.proposals import proposed_policy
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.relabelled import agreed_since
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.run.models import STUDIES, Run, RunKind
from marketplace.preparation.run.selectors import runs_of

CHART_WIDTH = 150


@dataclass(frozen=True)
class ColumnInWords:
    """A column: what it is called, what was found, and what happens to it.

    `proposed` names the class that was proposed where the officer decided for another, else "".
    """

    label: str
    found: FoundColumn
    chart: SafeString | str
    rule: RuleInWords
    proposed: str


@dataclass(frozen=True)
class Overview:
    """How far the preparation of a source version is."""

    runs: list[Run]
    columns: list[ColumnInWords]
    policy: MaskingPolicy | None
    report: RiskReport | None
    steps: list[dict[str, str]]
    counts: dict[str, int]
    labels: dict[str, str]
    is_to_measure_again: bool

    @property
    def run(self) -> Run | None:
        """Return the run that matters now: the one under way, else the newest."""
        newest = self.runs[0] if self.runs else None
        return next((run for run in self.runs if run.is_active), newest)

    @property
    def is_about_people(self) -> bool:
        """Return whether a column was taken for personal."""
        return any(column.rule.role != ColumnRole.OTHER for column in self.columns) or any(
            column.found.finding.role != ColumnRole.OTHER for column in self.columns
        )

    @property
    def is_masked(self) -> bool:
        """Return whether the report is of what the present policy makes."""
        return (
            self.report is not None
            and self.policy is not None
            and self.report.measured_by.policy_id == self.policy.pk
        )


def overview_of(version: DatasetVersion) -> Overview:
    """Read how far a source version is, in six queries; one more where a reviewer is asked."""
    runs = [run for run in runs_of(version) if run.kind not in STUDIES]
    findings, policy = list(findings_of(version)), policy_of(version)
    labels = labels_of(version) if findings else {}
    made = next((run.result_version_id for run in runs if run.result_version_id), None)
    report = report_of(made) if made else None
    columns = _columns(findings, policy, labels)
    # Of what the table beside the figures says: the classes as they are decided now.
    counts = Counter({role.value: 0 for role in ColumnRole})
    counts.update(column.rule.role for column in columns)
    return Overview(
        runs=runs,
        columns=columns,
        policy=policy,
        report=report,
        steps=_steps(findings, policy, runs, report),
        counts=counts,
        labels=labels,
        is_to_measure_again=report is not None and agreed_since(report),
    )


def _columns(
    findings: Sequence[ColumnFinding], confirmed: MaskingPolicy | None, labels: Labels
) -> list[ColumnInWords]:
    if not findings:
        return []
    proposed = proposed_policy(findings)
    policy = Policy.from_dict(confirmed.document) if confirmed else proposed
    return [
        ColumnInWords(
            label=labels.get(finding.name, ""),
            found=worded(finding),
            chart=values_chart(
                finding.profile.get("histogram", []), finding.name, width=CHART_WIDTH
            ),
            rule=_rule(policy.rule(finding.name)),
            proposed=_instead(proposed.rule(finding.name), policy.rule(finding.name)),
        )
        for finding in findings
    ]


def _instead(proposed: ColumnRule, decided: ColumnRule) -> str:
    return "" if proposed.role == decided.role else str(ColumnRole(proposed.role).label)


def _steps(
    findings: Sequence[ColumnFinding],
    policy: MaskingPolicy | None,
    runs: Sequence[Run],
    report: RiskReport | None,
) -> list[dict[str, str]]:
    made = report is not None and policy is not None and report.measured_by.policy_id == policy.pk
    masking = any(run.kind == RunKind.MASK and run.is_active for run in runs)
    done = [bool(findings), policy is not None, made, made and report is not None and report.passed]
    labels = [
        _("Profile and classify"),
        _("Decide what happens"),
        _("Desensitize"),
        _("Risk accepted"),
    ]
    current = 2 if masking else next((place for place, it in enumerate(done) if not it), len(done))
    return [
        {
            "label": label,
            "state": "current" if place == current else "done" if it else "todo",
        }
        for place, (label, it) in enumerate(zip(labels, done, strict=True))
    ]
