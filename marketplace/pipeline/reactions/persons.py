"""A person asked: look for their rows, and see when they have left."""

from __future__ import annotations

from marketplace.ledger.models import Entry
from marketplace.pipeline.broker import start
from marketplace.pipeline.things import PIPELINE, id_of, kind_of
from marketplace.trading.orders.person_request.services import note_rows_left
from marketplace.trading.orders.tasks import search_person_rows


def ask_searcher(entry: Entry) -> None:
    """Ask a worker to look for the rows of a person."""
    start(search_person_rows, str(id_of(entry.subject)))


def end_removals(entry: Entry) -> None:
    """End the requests whose rows a new version, or the end of the dataset, leaves out."""
    for subject in (entry.subject, *entry.about):
        if kind_of(subject) == "dataset":
            note_rows_left(id_of(subject), by=PIPELINE)
