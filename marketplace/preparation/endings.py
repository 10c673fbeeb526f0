"""How runs end; each is a part of the act that ends one."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from desensitize.attacks import Attack
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.ledger.services.recording import record
from marketplace.preparation.events import CompositionTried, RunFailed
from marketplace.preparation.models import Composition, Run
from marketplace.preparation.states import RUN, RunState

WHOLE = 1000

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


def concerns(run: Run) -> tuple[str, ...]:
    """Return what else an entry about a run concerns."""
    return (
        f"version:{run.version_id}",
        f"dataset:{run.version.dataset_id}",
        f"organization:{run.organization_id}",
    )
