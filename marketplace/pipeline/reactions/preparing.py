"""A dataset was approved, or a run waits: profile it, ask a worker."""

from __future__ import annotations

from uuid import UUID

from marketplace.ledger.models import Entry
from marketplace.pipeline.broker import start
from marketplace.pipeline.things import PIPELINE, id_of
from marketplace.preparation.run.services import start_profile
from marketplace.preparation.study.services import help_failed_report
from marketplace.preparation.tasks import execute_run


def profile_approved(entry: Entry) -> None:
    """Ask for a profile of the data whose content was approved."""
    start_profile(UUID(entry.payload["version"]), by=PIPELINE)


def help_failed(entry: Entry) -> None:
    """Have treatments tried where a version cannot be traded as it is."""
    help_failed_report(id_of(entry.subject), by=PIPELINE)


def ask_worker(entry: Entry) -> None:
    """Ask a worker to take a run that waits."""
    start(execute_run, str(id_of(entry.subject)))
