"""Read policies, and the columns whose class they take away."""

from django.db.models import QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor
from marketplace.core.reading import read_once
from marketplace.preparation.policy.models import MaskingPolicy


def policies_visible_to(by: Actor) -> QuerySet[MaskingPolicy]:
    """Return every policy to the centre's staff, else those of the actor's organization."""
    rows = MaskingPolicy.objects.select_related("version__dataset")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(version__dataset__organization_id=by.organization_id)


@read_once
def policy_of(version: DatasetVersion) -> MaskingPolicy | None:
    """Find the policy that was last confirmed for a source version."""
    return MaskingPolicy.objects.filter(version=version).order_by("-created_at").first()


def policies_to_copy_for(version: DatasetVersion, *, by: Actor) -> QuerySet[MaskingPolicy]:
    """Return what an organization decided for other versions than this, newest first.

    Not what asked for a synthetic copy: its values were known of that data alone.
    """
    return (
        policies_visible_to(by)
        .filter(version__dataset__organization_id=version.dataset.organization_id)
        .exclude(version=version)
        .exclude(document__has_key="synthetic")
        .order_by("-created_at")
    )
