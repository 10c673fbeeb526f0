"""The queue of runs, and parts of the acts that begin and end one."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from desensitize.attacks import Attack
from marketplace.catalog.feed.changes import hold_arrival
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.selectors import feed_that_brought
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, clock
from marketplace.jobs.queues import Priority, Queue
from marketplace.jobs.states import JobState
from marketplace.jobs.steps import record_requested
from marketplace.ledger.services.recording import record
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.release.events import CompositionTried
from marketplace.preparation.release.models import Composition, RevisionCounts
from marketplace.preparation.report.measurement import Measurement
from marketplace.preparation.run.events import (
    RunCancelled,
    RunFailed,
    RunRequested,
    RunStarted,
)
from marketplace.preparation.run.models import Run, RunKind, Step
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.vault.models import Purpose
from marketplace.vault.services import store_path


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


def keep_compositions(
    version: DatasetVersion, found: Mapping[UUID, Attack], *, run: Run, by: Actor
) -> None:
    """Keep what was found of a masked version with each earlier one; part of the act that ends."""
    for earlier_id, attack in found.items():
        tried = Composition.objects.create(
            version=version,
            earlier_id=earlier_id,
            run=run,
            attack=attack.as_dict(),
            passed=attack.passed,
        )
        record(
            CompositionTried(
                subject=f"version:{version.pk}",
                about=(f"version:{earlier_id}", f"run:{run.pk}", *concerns(run)),
                passed=tried.passed,
            ),
            by=by,
        )


def keep_counts(
    version: DatasetVersion,
    path: Path,
    *,
    before: RevisionCounts | None,
    measured: Measurement,
    by: Actor,
) -> None:
    """Keep what a masked version tells beyond the one before; part of the act that ends."""
    RevisionCounts.objects.create(
        version=version,
        before=before,
        file=store_path(
            path,
            name=f"counts-{version.sha256[:12]}.zip",
            purpose=Purpose.COUNTS,
            organization_id=version.dataset.organization_id,
            content_type="application/zip",
            by=by,
        ),
        recoding_sha256=measured.recoding,
        waiting_rows=measured.waiting_rows,
        staying_rows=measured.staying_rows,
    )
