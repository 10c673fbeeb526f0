"""How runs begin; each is a part of the act that asks for one."""

from __future__ import annotations

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.ledger.services.recording import record
from marketplace.preparation.endings import concerns
from marketplace.preparation.events import RunRequested
from marketplace.preparation.models import MaskingPolicy, Run, RunKind


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
