from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Allowed, NotAllowed, Rule, allowed
from marketplace.core.rules import opens
from marketplace.jobs.states import JOB, JobState
from marketplace.learning.grounds.locks import grounds_of
from marketplace.learning.grounds.rules import check_grounds
from marketplace.learning.run.models import TrainingRun


def check_trains(version: DatasetVersion, by: Actor) -> None:
    """Refuse who trains nothing on an organization's data.

    Raises:
        NotAllowed: the actor is no officer of it.
    """
    if not (by.has(Role.OFFICER) and by.acts_for(version.dataset.organization_id)):
        raise NotAllowed(_("Only a data officer of the organization trains models on its data."))


@opens("training_start")
def check_start_training(version: DatasetVersion, by: Actor) -> None:
    """Refuse to train on a version.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: right, verdict or origins do not stand; the code says which.
    """
    check_trains(version, by)
    check_grounds(grounds_of(version, version.dataset.organization))


def check_cancels_training(run: TrainingRun, by: Actor) -> None:
    """Refuse who cancels no training runs of an organization.

    Raises:
        NotAllowed: the actor is neither an officer of it nor the administrator.
    """
    if by.has(Role.ADMINISTRATOR) or (by.has(Role.OFFICER) and by.acts_for(run.organization_id)):
        return
    raise NotAllowed(_("Only a data officer of the organization can cancel its training runs."))


def check_cancel_training(run: TrainingRun, by: Actor) -> None:
    """Refuse to end a training run.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the administrator.
        WrongState: it ended already.
    """
    check_cancels_training(run, by)
    JOB.check(run, JobState.CANCELLED)


ACTS_ON_TRAINING: Mapping[str, Rule[TrainingRun]] = MappingProxyType(
    {"cancel_training": check_cancel_training}
)
ACTS_ON_TRAINABLE: Mapping[str, Rule[DatasetVersion]] = MappingProxyType(
    {"start_training": check_start_training}
)


def acts_on_training(run: TrainingRun, by: Actor) -> Allowed:
    return allowed(ACTS_ON_TRAINING, run, by)
