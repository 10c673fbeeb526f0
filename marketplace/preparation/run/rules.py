from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, allowed
from marketplace.jobs.states import JOB, JobState
from marketplace.preparation.run.models import Run


def may_cancel(by: Actor, run: Run) -> bool:
    """Officers cancel their organization's runs; the administrator any that is in the way."""
    return by.has(Role.ADMINISTRATOR) or (by.has(Role.OFFICER) and by.acts_for(run.organization_id))


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
    JOB.check(run, JobState.CANCELLED)


ACTS_ON_RUN: Mapping[str, Rule[Run]] = MappingProxyType({"cancel_run": check_cancel_run})


def acts_on_run(run: Run, by: Actor) -> Allowed:
    return allowed(ACTS_ON_RUN, run, by)
