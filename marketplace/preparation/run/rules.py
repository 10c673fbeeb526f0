from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.preparation.run.models import Run
from marketplace.preparation.run.states import RUN, RunState


def may_cancel(by: Actor, run: Run) -> bool:
    """Officers cancel their organization's runs; the administrator any that is in the way."""
    return by.has(Role.ADMINISTRATOR) or (by.has(Role.OFFICER) and by.acts_for(run.organization_id))


def may_work(by: Actor) -> bool:
    """Only the centre's software takes runs and reports on them."""
    return by.is_system


# What the acts on a run refuse, by right and state.


def check_cancels(run: Run, by: Actor) -> None:
    """Refuse who cancels no runs of an organization.

    Raises:
        NotAllowed: the actor is neither an officer of it nor the administrator.
    """
    if not may_cancel(by, run):
        raise NotAllowed(_("Only a data officer of the organization can cancel its runs."))


def check_cancel_run(run: Run, by: Actor) -> None:
    """Refuse to end a run.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the administrator.
        WrongState: it ended already.
    """
    check_cancels(run, by)
    RUN.check(run, RunState.CANCELLED)


def check_works_on_runs(by: Actor) -> None:
    """Refuse who is not the centre's software.

    Raises:
        NotAllowed: somebody else asks.
    """
    if not may_work(by):
        raise NotAllowed(_("Only the centre's own software works on runs."))


def check_works_on(run: Run, attempt: int, by: Actor) -> None:
    """Refuse a worker that does not hold a run.

    Raises:
        NotAllowed: the actor is not the centre's software.
        WrongState: the run was cancelled, or another worker has it (`run-lost`).
    """
    check_works_on_runs(by)
    if run.state != RunState.RUNNING or run.attempt != attempt:
        raise WrongState(_("This run was cancelled or taken over."), code="run-lost")


ACTS_ON_RUN: Mapping[str, Rule[Run]] = MappingProxyType({"cancel_run": check_cancel_run})


def acts_on_run(run: Run, by: Actor) -> Allowed:
    return allowed(ACTS_ON_RUN, run, by)
