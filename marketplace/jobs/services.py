"""Take jobs, say how far they are, let them fail, and take up those whose worker is gone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from marketplace.core import Actor, clock
from marketplace.jobs.queues import J, Queue
from marketplace.jobs.rules import check_works
from marketplace.jobs.states import JOB, JobState
from marketplace.jobs.steps import Parameters, end_failed, held_job, locked_job, record_requested
from marketplace.ledger.services.recording import record

MOST_ATTEMPTS = 3
LEASES_TO_WAIT = 2
"""A job that nobody took for so many leases is asked for again: its task may be lost, with a worker
that was killed just before it took the job. So nothing is stuck for a minute."""


@transaction.atomic
def take_job(job_id: UUID, *, queue: Queue[J], by: Actor) -> J:
    """Take a job that waits, under a lease that has to be renewed.

    Raises:
        NotFound: there is no such job.
        NotAllowed: the actor is not the centre's software.
        WrongState: another worker has it, or it ended.
    """
    job = locked_job(job_id, queue=queue, by=by)
    JOB.move(job, JobState.RUNNING)
    job.attempt += 1
    job.lease_until, job.started_at = _lease_end(), clock.now()
    _save(job, {"progress": 0, **queue.begins}, "state", "attempt", "lease_until", "started_at")
    record(queue.tell(queue.started, job, attempt=job.attempt), by=by)
    return job


@transaction.atomic
def beat_job(
    job_id: UUID, *, attempt: int, told: Mapping[str, object], queue: Queue[J], by: Actor
) -> J:
    """Renew the lease of a job and say how far it is; that is not recorded in the ledger.

    `told` are values of `progress` and of what its queue names in `begins`.

    Raises:
        NotFound, NotAllowed: as for `take_job`.
        WrongState: the job was cancelled, or another worker has it (`job-lost`).
    """
    job = held_job(job_id, attempt=attempt, queue=queue, by=by)
    job.lease_until = _lease_end()
    _save(job, told, "lease_until")
    return job


@transaction.atomic
def fail_job(
    job_id: UUID, *, attempt: int, error: str, parameters: Parameters, queue: Queue[J], by: Actor
) -> J:
    """End a job that cannot be done, with the code of its reason.

    The app of its kind words the code with the parameters, which hold no cell of the data.

    Raises:
        NotFound, NotAllowed, WrongState: as for `beat_job`.
    """
    job = held_job(job_id, attempt=attempt, queue=queue, by=by)
    end_failed(job, error=error, parameters=parameters, queue=queue, by=by)
    return job


@transaction.atomic
def reclaim_jobs(*, queue: Queue[J], by: Actor) -> list[UUID]:
    """Take up the jobs whose worker let its lease run out: queue them again, or let them fail.

    A job whose task may be lost is asked for again too, at intervals that double: one that waits
    although jobs that were asked for later were taken, or while none is taken at all. Tasks are
    done in their order, so that a job at the end of a long queue still has its own; a task of a job
    that was taken does nothing. Return the jobs that were asked for.

    Raises:
        NotAllowed: the actor is not the centre's software.
    """
    check_works(by)
    now = clock.now()
    # Rows that a worker holds at this moment are being finished.
    free = queue.rows(by).select_for_update(of=("self",), skip_locked=True)
    offered = []
    for job in free.filter(state=JobState.RUNNING, lease_until__lt=now):
        if job.attempt >= MOST_ATTEMPTS:
            attempts = {"attempts": job.attempt}
            end_failed(job, error="worker-lost", parameters=attempts, queue=queue, by=by)
        else:
            JOB.move(job, JobState.QUEUED)
            job.lease_until = None
            unsaid = type(job)()
            anew = {name: getattr(unsaid, name) for name in ("progress", *queue.begins)}
            _save(job, {"queued_at": now, **anew}, "state", "lease_until")
            offered.append(job)
    for job in _overtaken(queue, now, by):
        _save(job, {"queued_at": now})
        offered.append(job)
    for job in offered:
        record_requested(job, queue=queue, by=by)
    return [job.pk for job in offered]


def _overtaken(queue: Queue[J], now: datetime, by: Actor) -> list[J]:
    """Lock the jobs that wait for so long that their task may be lost."""
    free = queue.rows(by).select_for_update(of=("self",), skip_locked=True)
    longest = now - timedelta(seconds=LEASES_TO_WAIT * settings.CENTRE["RUN_LEASE_SECONDS"])
    waiting = list(free.filter(state=JobState.QUEUED, queued_at__lt=longest))
    if not waiting:
        return []
    taken = queue.rows(by).filter(started_at__gt=longest).order_by()
    overtaken_by = taken.aggregate(latest=Max("queued_at"))["latest"] or now
    return [
        job
        for job in waiting
        if job.queued_at < overtaken_by and now - job.queued_at >= (now - job.created_at) / 2
    ]


def _lease_end() -> datetime:
    return clock.now() + timedelta(seconds=settings.CENTRE["RUN_LEASE_SECONDS"])


def _save(job: J, values: Mapping[str, object], *others: str) -> None:
    """Save values of a job with fields of it that are set already."""
    for name, value in values.items():
        setattr(job, name, value)
    job.save(update_fields=[*others, *values])
