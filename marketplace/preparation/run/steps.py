"""The queue of runs, and parts of the acts that begin and end one."""

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.catalog.feed.changes import hold_arrival
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.selectors import feed_that_brought
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Invalid, clock
from marketplace.jobs.queues import Priority, Queue
from marketplace.jobs.states import JobState
from marketplace.jobs.steps import held_job, record_requested
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.run.events import RunCancelled, RunFailed, RunRequested, RunStarted
from marketplace.preparation.run.models import Run, RunKind, Step
from marketplace.preparation.run.selectors import runs_visible_to


def concerns(run: Run) -> tuple[str, ...]:
    """Return what else an entry about a run concerns."""
    return (
        f"version:{run.version_id}",
        f"dataset:{run.version.dataset_id}",
        f"organization:{run.organization_id}",
    )


UNFIT = ("recoding-unfit", "recoding-open")
"""The codes of runs that have no label in force for what they read."""


def _hold_what_came(run: Run, by: Actor) -> None:
    """Let what a feed brought go no further: its officer reads why, and what can be done."""
    is_failed_masking = run.kind == RunKind.MASK and run.state == JobState.FAILED
    if is_failed_masking and feed_that_brought(run.version) is not None:
        is_unfit = run.error_code in UNFIT
        details = [str(run.error_parameters["column"])] if is_unfit else [run.error_code]
        held = Held.RECODING if is_unfit else Held.REFUSED
        hold_arrival(run.version.arrival, held, details=details, by=by)


RUNS = Queue(
    name="run",
    priority=Priority.IN_TIME,
    rows=runs_visible_to,
    about=concerns,
    requested=RunRequested,
    started=RunStarted,
    failed=RunFailed,
    cancelled=RunCancelled,
    more=lambda run: {"run_kind": run.kind},
    begins={"step": Step.OPEN},
    when_unfinished=_hold_what_came,
)


def request_run(
    version: DatasetVersion, kind: RunKind, *, policy: MaskingPolicy | None = None, by: Actor
) -> Run:
    """Queue a run of a version whose dataset is locked, and say so, which starts its task."""
    run = Run.objects.create(
        kind=kind,
        version=version,
        organization_id=version.dataset.organization_id,
        policy=policy,
        requested_by_id=by.person_id,
        queued_at=clock.now(),
    )
    record_requested(run, queue=RUNS, by=by)
    return run


def held_run(run_id: UUID, kind: RunKind, *, attempt: int, by: Actor) -> Run:
    """Return a run of a kind, locked, that a worker holds and is about to end.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
        WrongState: the run was cancelled, or another worker has it.
        Invalid: it does something else.
    """
    run = held_job(run_id, attempt=attempt, queue=RUNS, by=by)
    if run.kind != kind:
        raise Invalid(_("This run does something else."))
    return run
