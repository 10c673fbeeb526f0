"""What the acts of this app fetch and lock."""

from __future__ import annotations

from uuid import UUID

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import Actor
from marketplace.core.locking import locked
from marketplace.preparation.models import Run
from marketplace.preparation.rules import check_works_on, check_works_on_runs
from marketplace.preparation.selectors import runs_visible_to, source_visible_to


def locked_source(version_id: UUID, *, by: Actor) -> DatasetVersion:
    """Return a source version with its dataset locked, so that nothing else is decided on it.

    Raises:
        NotFound: there is no such source version among those the actor may see.
    """
    version = source_visible_to(by, version_id)
    version.dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    return version


def locked_for_work(run_id: UUID, *, by: Actor) -> Run:
    """Lock a run to work on it.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
    """
    check_works_on_runs(by)
    return locked(runs_visible_to(by), pk=run_id)


def held_run(run_id: UUID, *, attempt: int, by: Actor) -> Run:
    """Lock the run that a worker holds.

    Raises:
        NotFound, NotAllowed: as for `locked_for_work`.
        WrongState: the run was cancelled, or another worker has it.
    """
    run = locked_for_work(run_id, by=by)
    check_works_on(run, attempt, by)
    return run
