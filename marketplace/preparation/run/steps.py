"""How runs begin, are held and end; each is a part of an act."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from desensitize.attacks import Attack
from marketplace.catalog.feed.changes import hold_arrival
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.selectors import feed_that_brought
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, clock, locked
from marketplace.ledger.services.recording import record
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.release.events import CompositionTried
from marketplace.preparation.release.models import Composition, RevisionCounts
from marketplace.preparation.report.measurement import Measurement
from marketplace.preparation.run.events import RunFailed, RunRequested
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.rules import check_works_on, check_works_on_runs
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.preparation.run.states import RUN, RunState
from marketplace.vault.models import Purpose
from marketplace.vault.services import store_path


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
    record_requested(run, by=by)
    return run


def record_requested(run: Run, *, by: Actor) -> None:
    """Say that a run waits for a worker."""
    record(
        RunRequested(
            subject=f"run:{run.pk}",
            about=concerns(run),
            run_kind=run.kind,
            attempts_before=run.attempt,
        ),
        by=by,
    )


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


# How runs end; each is a part of the act that ends one.

WHOLE = 1000
UNFIT = ("recoding-unfit", "recoding-open")
"""The codes of runs that have no label in force for what they read."""

Parameters = Mapping[str, str | int | float]


def end_failed(run: Run, *, error: str, parameters: Parameters, by: Actor) -> None:
    """End a locked run without a result, with the code of its reason.

    Raises:
        WrongState: it is not running.
    """
    RUN.move(run, RunState.FAILED)
    run.lease_until = None
    run.ended_at = clock.now()
    run.error_code, run.error_parameters = error, dict(parameters)
    run.save(update_fields=["state", "lease_until", "ended_at", "error_code", "error_parameters"])
    record(
        RunFailed(subject=f"run:{run.pk}", about=concerns(run), run_kind=run.kind, error=error),
        by=by,
    )
    if run.kind == RunKind.MASK and feed_that_brought(run.version) is not None:
        # What a feed brought goes no further: its officer reads why, and what can be done.
        is_unfit = error in UNFIT
        details = [str(parameters["column"])] if is_unfit else [error]
        held = Held.RECODING if is_unfit else Held.REFUSED
        hold_arrival(run.version.arrival, held, details=details, by=by)


def end_done(run: Run) -> None:
    """End a locked run whose result is kept.

    Raises:
        WrongState: it is not running.
    """
    RUN.move(run, RunState.DONE)
    run.lease_until = None
    run.ended_at = clock.now()
    run.progress = WHOLE
    run.save(update_fields=["state", "lease_until", "ended_at", "progress", "result_version"])


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


def concerns(run: Run) -> tuple[str, ...]:
    """Return what else an entry about a run concerns."""
    return (
        f"version:{run.version_id}",
        f"dataset:{run.version.dataset_id}",
        f"organization:{run.organization_id}",
    )
