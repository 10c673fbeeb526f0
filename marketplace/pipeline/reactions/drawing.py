"""A drawing from a database waits: ask a worker."""

from __future__ import annotations

from marketplace.catalog.tasks import execute_drawing
from marketplace.ledger.models import Entry
from marketplace.pipeline.broker import start
from marketplace.pipeline.things import id_of


def ask_drawer(entry: Entry) -> None:
    """Ask a worker to take a drawing that waits."""
    start(execute_drawing, str(id_of(entry.subject)))
