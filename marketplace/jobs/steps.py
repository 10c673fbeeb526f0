"""How jobs wait, are held and end; each is a part of an act."""

from collections.abc import Mapping
from uuid import UUID

from marketplace.core import Actor, clock, locked
from marketplace.jobs.models import WHOLE
from marketplace.jobs.queues import J, Queue
from marketplace.jobs.rules import check_holds, check_works
from marketplace.jobs.states import JOB, JobState
from marketplace.ledger.services.recording import record

Parameters = Mapping[str, str | int | float]
"""The figures in the sentence of an error; no cell of data is among them."""


def record_requested(job: J, *, queue: Queue[J], by: Actor) -> None:
    """Say that a job waits for a worker, which starts its task."""
    asked = queue.asked(job)
    record(queue.tell(queue.requested, job, attempts_before=job.attempt, **asked), by=by)


def locked_job(job_id: UUID, *, queue: Queue[J], by: Actor) -> J:
    """Lock a job to work on it.

    Raises:
        NotFound: there is no such job.
        NotAllowed: the actor is not the centre's software.
    """
    check_works(by)
    return locked(queue.rows(by), pk=job_id)


def held_job(job_id: UUID, *, attempt: int, queue: Queue[J], by: Actor) -> J:
    """Lock the job that a worker holds.

    Raises:
        NotFound, NotAllowed: as for `locked_job`.
        WrongState: the job was cancelled, or another worker has it (`job-lost`).
    """
    job = locked_job(job_id, queue=queue, by=by)
    check_holds(job, attempt, by)
    return job


def end_done(job: J, *results: str) -> None:
    """End a locked job whose results, which are fields of it, are kept.

    Raises:
        WrongState: it is not running.
    """
    JOB.move(job, JobState.DONE)
    job.lease_until, job.ended_at, job.progress = None, clock.now(), WHOLE
    job.save(update_fields=["state", "lease_until", "ended_at", "progress", *results])


def end_failed(job: J, *, error: str, parameters: Parameters, queue: Queue[J], by: Actor) -> None:
    """End a locked job without a result, with the code of its reason.

    Raises:
        WrongState: it is not running.
    """
    JOB.move(job, JobState.FAILED)
    job.lease_until, job.ended_at = None, clock.now()
    job.error_code, job.error_parameters = error, dict(parameters)
    job.save(update_fields=["state", "lease_until", "ended_at", "error_code", "error_parameters"])
    record(queue.tell(queue.failed, job, error=error), by=by)
    queue.when_unfinished(job, by)


def end_cancelled(job: J, *, queue: Queue[J], by: Actor) -> None:
    """End a locked job that waits or works; its worker stops at its next report.

    Raises:
        WrongState: it ended already.
    """
    JOB.move(job, JobState.CANCELLED)
    job.lease_until, job.ended_at = None, clock.now()
    job.save(update_fields=["state", "lease_until", "ended_at"])
    record(queue.tell(queue.cancelled, job), by=by)
    queue.when_unfinished(job, by)
