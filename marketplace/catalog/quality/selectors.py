from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_FLOOR, Decimal

from django.db.models import Q, QuerySet

from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.quality.models import (
    QualityCheck,
    QualityResult,
    QualityRules,
    RuleOutcome,
)
from marketplace.catalog.version.models import DatasetVersion, Quality, VersionKind

PLACES = Decimal("0.0001")


def rules_in_force(dataset: Dataset) -> QualityRules | None:
    """Return the rules that the versions of a dataset must keep to; None where nobody set any.

    What promises less counts from when a second person approved it with the content.
    """
    content = ApprovedContent.objects.filter(dataset=dataset).first()
    approved = content.form.get("rules", 0) if content is not None else 0
    rows = QualityRules.objects.filter(dataset=dataset)
    rows = rows.filter(Q(promises_less=False) | Q(number__lte=approved))
    return rows.order_by("-number").first()


def rules_to_review(dataset: Dataset) -> QualityRules | None:
    """Return the rules that promise less than those in force and wait for a second person."""
    newest = rules_of(dataset).first()
    return newest if newest is not None and newest != rules_in_force(dataset) else None


def weakened_at(dataset: Dataset) -> datetime | None:
    """Return when rules that promise less were last approved; None where none ever were."""
    approvals = list(ApprovedContent.objects.filter(dataset=dataset).order_by("created_at"))
    weaker = rules_of(dataset).filter(promises_less=True)
    numbers = list(weaker.values_list("number", flat=True))
    last, known = None, 0
    for content in approvals:
        approved = content.form.get("rules", 0)
        if approved > known and approved in numbers:
            last = content.created_at
        known = max(known, approved)
    return last


def rules_of(dataset: Dataset) -> QuerySet[QualityRules]:
    """Return the rules of a dataset through time, the newest first."""
    return QualityRules.objects.filter(dataset=dataset).order_by("-number")


def checks_of(dataset: Dataset) -> QuerySet[QualityCheck]:
    """Return the checks of a dataset's versions, the newest first."""
    return (
        QualityCheck.objects.filter(version__dataset=dataset)
        .select_related("version__dataset", "rules")
        .prefetch_related("results")
        .order_by("-version__number", "-rules__number")
    )


def newest_check(version: DatasetVersion) -> QualityCheck | None:
    """Return what the newest rules that were asked of a version have found."""
    return (
        QualityCheck.objects.filter(version=version)
        .select_related("rules")
        .order_by("-rules__number")
        .first()
    )


def results_of(check: QualityCheck) -> list[QualityResult]:
    """Return what each rule found, in their order."""
    return list(check.results.order_by("position"))


def holding_results(version: DatasetVersion) -> list[QualityResult]:
    """Return what holds a version: its own failures, or else those of its source."""
    for one in (version, version.parent):
        check = newest_check(one) if one is not None else None
        held = [] if check is None else [row for row in results_of(check) if row.holds]
        if held:
            return held
    return []


def to_measure(version: DatasetVersion, rules: QualityRules) -> list[DatasetVersion]:
    """Return which of a version and what was masked of it these rules were not asked of yet.

    Bytes that were destroyed cannot be asked.
    """
    rows = DatasetVersion.objects.filter(Q(pk=version.pk) | Q(parent=version))
    unasked = rows.exclude(quality_checks__rules=rules).exclude(raw_destroyed_at__isnull=False)
    return list(unasked.select_related("dataset", "file", "parent").order_by("number"))


def past_rows(version: DatasetVersion) -> list[int]:
    """Return how many rows the versions before had, the newest first.

    What was held or set aside is no measure.
    Of what was masked of one source, the newest counts.
    """
    before = (
        DatasetVersion.objects.filter(
            dataset_id=version.dataset_id, kind=version.kind, number__lt=version.number
        )
        .exclude(quality=Quality.HELD)
        .exclude(is_set_aside=True)
        .order_by("-number")
    )
    if version.kind == VersionKind.SOURCE:
        return list(before.values_list("rows", flat=True)[:PAST_READ])
    newest: dict[object, int] = {}
    for parent, rows in before.exclude(parent=version.parent_id).values_list("parent_id", "rows")[
        : 4 * PAST_READ
    ]:
        newest.setdefault(parent, rows)
    return list(newest.values())[:PAST_READ]


PAST_READ = 12


def waiting_since(moment: datetime) -> QuerySet[DatasetVersion]:
    """Return the versions that have waited to be measured since before a moment."""
    return DatasetVersion.objects.filter(
        quality=Quality.WAITING, raw_destroyed_at=None, created_at__lt=moment
    ).order_by("created_at")


# The characteristics of GB/T 36344-2018, each as what its worst rule has found.


@dataclass(frozen=True)
class Characteristic:
    """So many of so many passed what counted worst for a characteristic."""

    code: str
    passed: int
    total: int

    @property
    def share(self) -> Decimal:
        """Return the share that passed, rounded down: nothing counts for more than it is."""
        return (Decimal(self.passed) / self.total).quantize(PLACES, ROUND_FLOOR)


def characteristics_of(
    check: QualityCheck, results: Sequence[QualityResult] | None = None
) -> list[Characteristic]:
    """Return the characteristics that a check has measured.

    Completeness counts every cell besides. The worst rule stands for its characteristic: whoever
    adds rules that nothing fails must not dilute one that fails.
    """
    worst: dict[str, Characteristic] = {}
    if check.cells:
        worst["completeness"] = Characteristic("completeness", check.filled, check.cells)
    for result in results_of(check) if results is None else results:
        if result.outcome == RuleOutcome.NOT_APPLICABLE or not result.checked:
            continue
        passed = max(0, result.checked - result.failing)
        found = Characteristic(result.characteristic, passed, result.checked)
        standing = worst.get(found.code)
        if standing is None or found.share < standing.share:
            worst[found.code] = found
    return [worst[code] for code in ORDER if code in worst]


ORDER = ("normativity", "completeness", "accuracy", "consistency", "timeliness")
