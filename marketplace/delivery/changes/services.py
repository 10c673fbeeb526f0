"""What changed from one revision to the next is worked out once, kept, and opened like any data."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pyarrow.parquet as pq
from django.db import transaction

from marketplace.catalog.version.projections import Projection
from marketplace.catalog.version.rows import parts_of
from marketplace.core import Actor
from marketplace.delivery.changes.files import compare_files
from marketplace.delivery.changes.models import RevisionChanges
from marketplace.delivery.changes.selectors import given_before, given_between, kept_changes
from marketplace.delivery.grant.as_of import AsOf
from marketplace.delivery.grant.locks import locked_grant
from marketplace.delivery.grant.models import GivenRevision, Grant
from marketplace.delivery.grant.rules import check_delivered
from marketplace.delivery.grant.selectors import at_revision, grants_visible_to
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.delivery.grant.stored import PARQUET, stored_bytes
from marketplace.trading.listings.mode.base import Opening
from marketplace.vault.models import Purpose
from marketplace.vault.services import store_path, work_folder


@dataclass(frozen=True)
class ChangesOfGrant:
    """What a grant gave one after another, each with what changed; `grant` as of the last."""

    grant: Grant
    steps: tuple[RevisionChanges, ...]


def look_at_changes(
    grant_id: UUID, *, opening: Opening, since: AsOf = None, until: AsOf = None, by: Actor
) -> ChangesOfGrant:
    """Return what changed after one revision up to another, as far as the actor may read it.

    The proofs of each revision are asked, and of the one before, whose rows are told as deleted.
    What nobody asked for yet is worked out outside any transaction, and kept. `opening` is the act
    that asks.

    Raises:
        NotFound: there is no such grant among those the actor may see, or it gave no such revision
            (`revision-not-given`).
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: as for `open_download`; or the data is delivered in another way
            (`another-mode`).
    """
    grant, steps = _steps_of(grant_id, opening=opening, since=since, until=until, by=by)
    kept = {one.given_id: one for one in kept_changes(steps)}
    for given in steps:
        if given.pk not in kept:
            kept[given.pk] = _worked_out(grant, given, by=by)
    last = at_revision(grant, steps[-1]) if steps else grant
    return ChangesOfGrant(last, tuple(kept[given.pk] for given in steps))


@transaction.atomic
def _steps_of(
    grant_id: UUID, *, opening: Opening, since: AsOf, until: AsOf, by: Actor
) -> tuple[Grant, list[GivenRevision]]:
    grant = locked_grant(grants_visible_to(by), pk=grant_id)
    refuse_unless_open(grant, by=by)
    check_delivered(grant, opening)
    steps = given_between(grant, since=since, until=until)
    before = given_before(steps[0]) if steps else None
    for given in (*([before] if before else []), *steps):
        # That of the newest was asked with the grant.
        if given.revision_id != grant.revision_id:
            refuse_unless_open(at_revision(grant, given), by=by)
    return grant, steps


def _worked_out(grant: Grant, given: GivenRevision, *, by: Actor) -> RevisionChanges:
    """Compare what a grant gave with what it gave before, and keep how they differ."""
    before = given_before(given)
    key: list[str] = list(given.revision.product.key_columns) if before is not None else []
    with work_folder() as folder:
        after, target = folder / "after.parquet", folder / "changes.parquet"
        _write_bought(at_revision(grant, given), after)
        earlier: Path | None = None
        if before is not None:
            earlier = folder / "before.parquet"
            _write_bought(at_revision(grant, before), earlier)
        rows = compare_files(earlier, after, target, key=key, folder=folder)
        return _keep(given, target, rows=rows, key=key, by=by)


@transaction.atomic
def _keep(
    given: GivenRevision, path: Path, *, rows: int, key: list[str], by: Actor
) -> RevisionChanges:
    """Keep what changed; somebody else may have meanwhile, and then theirs is as good."""
    locked_grant(grants_visible_to(by), pk=given.grant_id)
    found = kept_changes([given]).first()
    if found is not None:
        return found
    file = store_path(
        path,
        name=f"changes-{given.revision.number}.parquet",
        purpose=Purpose.MASKED,
        organization_id=given.revision.product.dataset.organization_id,
        content_type=PARQUET,
        by=Actor.system(by.door),
    )
    return RevisionChanges.objects.create(given=given, file=file, rows=rows, key=key)


def _write_bought(grant: Grant, path: Path) -> None:
    """Write the rows and columns that a grant gives; those of a copy are cut already."""
    projection = Projection() if grant.copy else Projection.from_json(grant.projection)
    with stored_bytes(grant) as file:
        parts = parts_of(file, projection)
        first = next(parts)
        with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
            for part in parts:
                if len(part):
                    writer.write_table(part)
