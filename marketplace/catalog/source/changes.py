"""What asking for a drawing shares: called in the transaction of an act that asked who may."""

from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.steps import DRAWINGS
from marketplace.core import Actor, clock
from marketplace.jobs.steps import record_requested


def request_drawing(
    source: DatabaseSource,
    *,
    schema: str,
    table: str,
    columns: Sequence[str],
    row_limit: int | None,
    extraction: Mapping[str, Any] | None = None,
    by: Actor,
) -> Drawing:
    """Have a worker draw a table of a locked source as the newest version of its dataset.

    With `extraction` its new and changed rows alone, applied to the newest version.
    """
    drawing = Drawing.objects.create(
        source=source,
        schema=schema,
        table=table,
        columns=list(columns),
        row_limit=row_limit,
        extraction=extraction or {},
        requested_by_id=by.person_id,
        queued_at=clock.now(),
    )
    record_requested(drawing, queue=DRAWINGS, by=by)
    return drawing
