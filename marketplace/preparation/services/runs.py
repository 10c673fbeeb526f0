"""Ask for runs, cancel them, and take up those whose worker is gone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.preparation.beginnings import record_requested, request_run
from marketplace.preparation.endings import concerns, end_failed
from marketplace.preparation.events import RunCancelled
from marketplace.preparation.guards import locked_source
from marketplace.preparation.models import Run, RunKind, Step
from marketplace.preparation.rules import (
    check_cancel_run,
    check_cancels,
    check_profiles,
    check_start_masking,
    check_start_profile,
    check_works_on_runs,
    checked_to_mask,
    standing_profile,
    standing_result,
)
from marketplace.preparation.selectors import runs_visible_to
from marketplace.preparation.services.keys import ensure_dataset_key
from marketplace.preparation.states import RUN, RunState

MOST_ATTEMPTS = 3
LEASES_TO_WAIT = 2
"""A run that nobody took for so many leases is asked for again: its task may be lost, with a worker
that was killed just before it took the run. So nothing is stuck for a minute."""


@transaction.atomic
def start_profile(version_id: UUID, *, by: Actor) -> Run:
    """Ask a worker to profile and classify the columns of an approved dataset's newest data.

    A run that is under way, or that has classified these very bytes, is answered instead.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, or the raw data was destroyed.
    """
    version = locked_source(version_id, by=by)
    check_profiles(version, by)
    existing = standing_profile(version)
    if existing is not None:
        return existing
    check_start_profile(version, by)
    return request_run(version, RunKind.PROFILE, by=by)


@transaction.atomic
def start_masking(version_id: UUID, *, by: Actor) -> Run:
    """Ask a worker to desensitize a source version by its confirmed policy.

    A run that is under way, or whose result by this policy has a passed report in date, is answered
    instead, unless a reviewer has confirmed a relabelled column since.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, no policy is confirmed, it takes
            a class away without a reason (`reason-missing`), or the raw data was destroyed.
    """
    version = locked_source(version_id, by=by)
    policy = checked_to_mask(version, by)
    existing = standing_result(version, policy)
    if existing is not None:
        return existing
    check_start_masking(version, by)
    ensure_dataset_key(version.dataset)
    return request_run(version, RunKind.MASK, policy=policy, by=by)


@transaction.atomic
def cancel_run(run_id: UUID, *, by: Actor) -> Run:
    """End a run that waits or works. Cancelling it again changes nothing.

    A worker that is busy with it stops at its next report.

    Raises:
        NotFound: there is no such run among those the actor may see.
        NotAllowed: the actor is neither an officer of its organization nor the administrator.
        WrongState: it ended already.
    """
    run = locked(runs_visible_to(by), pk=run_id)
    check_cancels(run, by)
    if run.state == RunState.CANCELLED:
        return run
    check_cancel_run(run, by)
    RUN.move(run, RunState.CANCELLED)
    run.lease_until = None
    run.ended_at = clock.now()
    run.save(update_fields=["state", "lease_until", "ended_at"])
    record(RunCancelled(subject=f"run:{run.pk}", about=concerns(run), run_kind=run.kind), by=by)
    return run


@transaction.atomic
def reclaim_runs(*, by: Actor) -> list[UUID]:
    """Take up the runs whose worker let its lease run out: queue them again, or let them fail.

    A run that has waited so long for a worker that its task may be lost is asked for again too, at
    intervals that double; a task of a run that was taken does nothing. Answers the runs that were
    asked for.

    Raises:
        NotAllowed: the actor is not the centre's software.
    """
    check_works_on_runs(by)
    now = clock.now()
    # Rows that a worker holds at this moment are being finished.
    free = runs_visible_to(by).select_for_update(of=("self",), skip_locked=True)
    offered = []
    for run in free.filter(state=RunState.RUNNING, lease_until__lt=now):
        if run.attempt >= MOST_ATTEMPTS:
            end_failed(run, error="worker-lost", parameters={"attempts": run.attempt}, by=by)
            continue
        RUN.move(run, RunState.QUEUED)
        run.lease_until, run.queued_at = None, now
        run.progress, run.step = 0, Step.WAIT
        run.save(update_fields=["state", "lease_until", "queued_at", "progress", "step"])
        record_requested(run, by=by)
        offered.append(run.pk)
    longest = timedelta(seconds=LEASES_TO_WAIT * settings.CENTRE["RUN_LEASE_SECONDS"])
    for run in free.filter(state=RunState.QUEUED, queued_at__lt=now - longest):
        if now - run.queued_at < (now - run.created_at) / 2:
            continue
        run.queued_at = now
        run.save(update_fields=["queued_at"])
        record_requested(run, by=by)
        offered.append(run.pk)
    return offered
