from collections.abc import Iterable

from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.preparation.column.models import ColumnFinding, ColumnRole
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


TELL_NOTHING = frozenset({"nothing_found", "near_unique", "no_values"})
"""What measured numbers drift between as tables grow and shrink: it points to nobody."""


def found_anew(findings: Iterable[ColumnFinding], before: DatasetVersion) -> list[str]:
    """Return the columns that detectors take for something else than in a version before.

    Where a number of a line stood and telephone numbers that count up stand now, no detector calls
    them personal; that the column is another than it was, the evidence says all the same.
    """
    known = {one.name: one for one in findings_of(before)}
    return [one.name for one in findings if not _is_as_before(one, known.get(one.name))]


def _is_as_before(one: ColumnFinding, known: ColumnFinding | None) -> bool:
    if known is None or (one.role, one.kind) != (known.role, known.kind):
        return False
    if one.role == ColumnRole.OTHER and one.evidence_code in TELL_NOTHING:
        return True
    return one.evidence_code == known.evidence_code
