"""Read what datasets were made from, and what was made of them."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.policies import rows_of_holder
from marketplace.catalog.lineage.choices import OriginKind
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.core import Actor


def origins_visible_to(by: Actor) -> QuerySet[Origin]:
    """Return every origin to the centre's staff, else those that the actor's organization named."""
    rows = Origin.objects.select_related("dataset__organization", "upstream__organization")
    return rows_of_holder(rows, by, holder="dataset__organization_id")


def origins_above(dataset_id: UUID) -> list[Origin]:
    """Return every origin that holds from a dataset upwards, level by level, each once."""
    found: dict[UUID, Origin] = {}
    seen, level = {dataset_id}, {dataset_id}
    while level:
        rows = (
            Origin.objects.filter(dataset_id__in=level, withdrawn_at=None)
            .select_related("upstream__organization", "upstream_version__content")
            .order_by("created_at", "pk")
        )
        found.update((origin.pk, origin) for origin in rows)
        # What is made of nothing else has no origins to be looked for.
        above = {one.upstream.pk for one in rows if one.upstream and one.upstream.is_derived}
        level = above - seen
        seen |= level
    return list(found.values())


def datasets_below(dataset_id: UUID) -> list[UUID]:
    """Return the datasets that were made from one, directly or over others, without itself."""
    seen, level = {dataset_id: None}, {dataset_id}
    while level:
        rows = Origin.objects.filter(upstream_id__in=level, withdrawn_at=None)
        level = set(rows.values_list("dataset_id", flat=True)) - set(seen)
        seen.update(dict.fromkeys(level))
    return [each for each in seen if each != dataset_id]


def origin_of_rows(version: DatasetVersion) -> Origin | None:
    """Return the origin by which the centre itself made all rows of a version of those of another.

    None of what was uploaded, whatever its officer says that it was made from: an origin with the
    very version is kept by acts that write the table, in one transaction with it.
    """
    made = Origin.objects.filter(
        dataset=version.dataset_id, kind=OriginKind.OWN, upstream_version__isnull=False
    )
    origin = made.filter(withdrawn_at=None).select_related("upstream_version").first()
    if origin is None:
        return None
    written = DatasetVersion.objects.filter(
        dataset=version.dataset_id, kind=VersionKind.SOURCE, created_at__lte=origin.created_at
    ).order_by("-number")
    return origin if written.first() == version else None
