"""What changed from one revision to the next is worked out once, kept, and opened like any data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.version.projections import Projection
from marketplace.catalog.version.rows import parts_of
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.delivery.changes.comparing import changes_between, everything
from marketplace.delivery.changes.models import RevisionChanges
from marketplace.delivery.changes.selectors import given_before, given_between
from marketplace.delivery.grant.as_of import AsOf
from marketplace.delivery.grant.locks import locked_grant
from marketplace.delivery.grant.models import GivenRevision, Grant
from marketplace.delivery.grant.modes import MODES, PARQUET, stored_bytes
from marketplace.delivery.grant.selectors import at_revision, grants_visible_to
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.vault.models import Purpose
from marketplace.vault.services import store_path, work_folder


@dataclass(frozen=True)
class ChangesOfGrant:
    """What a grant gave one after another, each with what changed; `grant` as of the last."""

    grant: Grant
    steps: tuple[RevisionChanges, ...]


@transaction.atomic
def look_at_changes(
    grant_id: UUID, *, mode: str, since: AsOf = None, until: AsOf = None, by: Actor
) -> ChangesOfGrant:
    """Return what changed after one revision up to another, as far as the actor may read it.

    The proofs of each revision are asked, and of the one before, whose rows are told as deleted.
    What nobody asked for yet is worked out and kept. `mode` is the way of delivery that asks.

    Raises:
        NotFound: there is no such grant among those the actor may see, or it gave no such revision
            (`revision-not-given`).
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: as for `open_download`; or the data is delivered in another way
            (`another-mode`).
    """
    grant = locked_grant(grants_visible_to(by), pk=grant_id)
    refuse_unless_open(grant, by=by)
    if grant.mode != mode or not MODES[mode].takes_key:
        raise WrongState(
            _("This data is delivered in another way. See how on the grant's page."),
            code="another-mode",
        )
    steps = given_between(grant, since=since, until=until)
    before = given_before(steps[0]) if steps else None
    for given in (*([before] if before else []), *steps):
        refuse_unless_open(at_revision(grant, given), by=by)
    kept = tuple(_kept(grant, given, by=by) for given in steps)
    return ChangesOfGrant(at_revision(grant, steps[-1]) if steps else grant, kept)


def _kept(grant: Grant, given: GivenRevision, *, by: Actor) -> RevisionChanges:
    rows = RevisionChanges.objects.select_related("file", "given__revision")
    found = rows.filter(given=given).first()
    if found is not None:
        return found
    key: list[str] = list(given.revision.product.key_columns)
    after, before = _bought(at_revision(grant, given)), given_before(given)
    if before is None:
        changed, key = everything(after), []
    else:
        changed = changes_between(_bought(at_revision(grant, before)), after, key)
    with work_folder() as folder:
        path = folder / "changes.parquet"
        _write(changed, path)
        file = store_path(
            path,
            name=f"changes-{given.revision.number}.parquet",
            purpose=Purpose.MASKED,
            organization_id=grant.listing.organization_id,
            content_type=PARQUET,
            by=Actor.system(by.door),
        )
    return RevisionChanges.objects.create(given=given, file=file, rows=len(changed), key=key)


def _bought(grant: Grant) -> pl.DataFrame:
    """Read the rows and columns that a grant gives; those of a copy are cut already."""
    projection = Projection() if grant.copy else Projection.from_json(grant.projection)
    with stored_bytes(grant) as file:
        table = pl.from_arrow(pa.concat_tables(list(parts_of(file, projection))))
    assert isinstance(table, pl.DataFrame)
    return table


def _write(table: pl.DataFrame, path: Path) -> None:
    pq.write_table(_plain(table.to_arrow()), path)


def _plain(table: pa.Table) -> pa.Table:
    """Turn texts into those that every reader of Parquet knows."""
    fields = [
        field.with_type(pa.string())
        if pa.types.is_large_string(field.type) or pa.types.is_string_view(field.type)
        else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))
