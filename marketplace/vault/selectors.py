from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.vault.models import StoredFile


def files_visible_to(by: Actor) -> QuerySet[StoredFile]:
    """Return every file to the centre's staff, else those of the actor's organization."""
    rows = StoredFile.objects.all()
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


@dataclass(frozen=True)
class Kept:
    """How many files are kept for an organization, and their bytes in plain."""

    files: int
    bytes: int


def files_kept_for(organization_id: UUID) -> Kept:
    """Count what is kept for an organization."""
    rows = StoredFile.objects.filter(organization_id=organization_id, removed_at=None)
    found = rows.aggregate(files=Count("pk"), size=Sum("size"))
    return Kept(files=found["files"], bytes=int(found["size"] or 0))


def paths_in_use() -> set[str]:
    """Return the places of the files that were not removed."""
    return set(StoredFile.objects.filter(removed_at=None).values_list("path", flat=True))
