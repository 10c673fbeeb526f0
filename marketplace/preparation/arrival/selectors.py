"""Read by what the version before was prepared."""

from __future__ import annotations

from marketplace.catalog.version.models import DatasetVersion, VersionKind
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
