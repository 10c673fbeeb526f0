"""What the columns of a grant mean, as its own bytes say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction

from desensitize.engines.codebook import read_codebook
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.delivery.modes import stored_bytes
from marketplace.delivery.rules import check_codebook
from marketplace.delivery.selectors import grants_visible_to
from marketplace.delivery.standing import refuse_unless_open


@transaction.atomic
def look_at_codebook(grant_id: UUID, *, by: Actor) -> dict[str, Any]:
    """Return for each column label, unit, meaning, codes, levels and treatment; records nothing.

    Raises:
        NotFound, NotAllowed, WrongState: as for `open_download`; or no rows are delivered.
    """
    grant = visible(grants_visible_to(by), pk=grant_id)
    refuse_unless_open(grant, by=by)
    check_codebook(grant)
    with stored_bytes(grant) as file:
        schema: pa.Schema = pq.read_schema(pa.PythonFile(file, mode="r"))
    return read_codebook(schema)
