"""Destroy the bytes of source data."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from marketplace.catalog.editing import concerns
from marketplace.catalog.events import RawDataDestroyed
from marketplace.catalog.models import DatasetVersion
from marketplace.catalog.rules import check_destroy_raw, check_destroys
from marketplace.catalog.selectors import datasets_visible_to, versions_visible_to
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import locked, visible
from marketplace.ledger.services.recording import record
from marketplace.vault.services import remove_stored


@transaction.atomic
def destroy_raw(version_id: UUID, *, by: Actor) -> DatasetVersion:
    """Destroy the key of a source version, and its bytes after commit; what is known of it stays.

    Called by the act that knows whether a run still reads them. Doing it again changes nothing.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is neither an officer of its organization nor the centre's software.
        WrongState: the version is masked, or its content is under review.
    """
    version = visible(versions_visible_to(by), pk=version_id)
    dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    version = locked(versions_visible_to(by), pk=version_id)
    version.dataset = dataset
    check_destroys(version, by)
    if version.raw_destroyed_at is not None:
        return version
    check_destroy_raw(version, by)
    assert version.raw_until is not None, "Source data has a day on which it is destroyed."
    remove_stored(version.file_id, by=by)
    version.raw_destroyed_at = clock.now()
    version.save(update_fields=["raw_destroyed_at"])
    record(
        RawDataDestroyed(
            subject=f"version:{version.pk}",
            about=(f"dataset:{dataset.pk}", *concerns(dataset)),
            sha256=version.sha256,
            early=clock.today() < version.raw_until,
        ),
        by=by,
    )
    return version
