"""Read the register of stored files."""

from __future__ import annotations

from django.db.models import QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core.actor import Actor
from marketplace.vault.models import StoredFile


def files_visible_to(by: Actor) -> QuerySet[StoredFile]:
    """Return every file to the centre's staff, else those of the actor's organization."""
    rows = StoredFile.objects.all()
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def paths_in_use() -> set[str]:
    """Return the places of the files that were not removed."""
    return set(StoredFile.objects.filter(removed_at=None).values_list("path", flat=True))
