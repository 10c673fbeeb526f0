"""A drawing from a database waits or has ended: ask a worker, tell the officers."""

from __future__ import annotations

from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import people_with_role
from marketplace.catalog.selectors import drawings_visible_to
from marketplace.catalog.tasks import execute_drawing
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.services.notices import notify
from marketplace.pipeline.broker import start
from marketplace.pipeline.things import PIPELINE, id_of, page_of, title_of

KIND_OF_FACT = {
    "catalog.drawing_finished": NoticeKind.RUN_DONE,
    "catalog.drawing_failed": NoticeKind.RUN_FAILED,
}


def ask_drawer(entry: Entry) -> None:
    """Ask a worker to take a drawing that waits."""
    start(execute_drawing, str(id_of(entry.subject)))


def tell_of_drawing(entry: Entry) -> None:
    """Tell the officers of the organization how a drawing ended."""
    drawing = visible(drawings_visible_to(PIPELINE), pk=id_of(entry.subject))
    organization = drawing.source.dataset.organization_id
    notify(
        people=people_with_role(Role.OFFICER, organization_id=organization),
        kind=KIND_OF_FACT[entry.kind],
        subject=entry.subject,
        parameters={"thing": title_of(entry.subject)},
        url=page_of(entry.subject),
        by=PIPELINE,
    )
