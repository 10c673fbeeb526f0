"""Ask for runs, cancel them, and keep what they made."""

from uuid import UUID

from django.db import transaction

from marketplace.core import Actor, locked
from marketplace.jobs.states import JobState
from marketplace.jobs.steps import end_cancelled
from marketplace.preparation.run.models import Run
from marketplace.preparation.run.rules import check_cancel_run, check_cancels
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.preparation.run.steps import RUNS


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
    if run.state == JobState.CANCELLED:
        return run
    check_cancel_run(run, by)
    end_cancelled(run, queue=RUNS, by=by)
    return run
