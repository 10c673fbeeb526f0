"""How runs end; each is a part of the act that ends one."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.ledger.services.recording import record
from marketplace.preparation.events import RunFailed
from marketplace.preparation.models import Run
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


def concerns(run: Run) -> tuple[str, ...]:
    """Answer what else an entry about a run concerns."""
    return (
        f"version:{run.version_id}",
        f"dataset:{run.version.dataset_id}",
        f"organization:{run.organization_id}",
    )
