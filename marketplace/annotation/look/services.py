"""Rows are shown, and that they were is kept."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from marketplace.accounts.policies import is_centre_staff
from marketplace.annotation.look.events import RowsShown
from marketplace.annotation.look.models import RowLook
from marketplace.annotation.project.reading import Cell, cells_of_rows
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.project.standing import check_no_row_withdrawn, hold_standing
from marketplace.core import Actor, visible
from marketplace.ledger.services.recording import record


@transaction.atomic
def look_at_rows(
    project_id: UUID, *, rows: Sequence[int], by: Actor
) -> tuple[tuple[Cell, ...], ...]:
    """Show rows of a project as annotators see them, to its owner or to the centre's staff.

    Each look is kept; one of the staff stands in the ledger, where the owner reads it.

    Raises:
        NotFound: there is no such project among those the actor may see.
        WrongState: a person withdrew rows that the data was made with (`rows-withdrawn`), or the
            stored file was removed or is damaged.
    """
    project = visible(labellings_visible_to(by), pk=project_id)
    if not rows:
        return ()
    hold_standing(project.version)
    check_no_row_withdrawn(project.version)
    found = tuple(cells_of_rows(project, rows))
    RowLook.objects.create(project=project, rows=list(rows), person_id=by.person_id)
    if is_centre_staff(by):
        record(
            RowsShown(
                subject=project.subject,
                about=project.concerns,
                rows=len(rows),
                first=min(rows),
                last=max(rows),
            ),
            by=by,
        )
    return found
