"""Read by what the version before was prepared."""

from __future__ import annotations

from collections.abc import Iterable

from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.preparation.column.models import ColumnFinding
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.policy.models import MaskingPolicy


def policy_before(version: DatasetVersion) -> MaskingPolicy | None:
    """Find the policy that was last confirmed for an earlier source version of the dataset."""
    return (
        MaskingPolicy.objects.filter(
            version__dataset_id=version.dataset_id,
            version__kind=VersionKind.SOURCE,
            version__number__lt=version.number,
        )
        .order_by("-version__number", "-created_at")
        .first()
    )


def found_anew(findings: Iterable[ColumnFinding], before: DatasetVersion) -> list[str]:
    """Return the columns that detectors take for something else than in a version before.

    Where a number of a line stood and telephone numbers that count up stand now, no detector calls
    them personal; that the column is another than it was, the evidence says all the same.
    """
    known = {one.name: (one.role, one.kind, one.evidence_code) for one in findings_of(before)}
    return [
        one.name
        for one in findings
        if known.get(one.name) != (one.role, one.kind, one.evidence_code)
    ]
