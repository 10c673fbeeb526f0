from collections.abc import Mapping

from django.utils.translation import gettext as _

from marketplace.catalog.dataset.rules import check_owner, check_takes_data
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.states import INTAKE, IntakeState
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed, clock


def check_take_file(intake: Intake, by: Actor) -> None:
    """Refuse to take the table of a file.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed, its time is over (`file-expired`), or the dataset takes no data.
    """
    check_owner(intake.dataset, by)
    INTAKE.check(intake, IntakeState.TAKEN)
    if intake.expires_at <= clock.now():
        raise WrongState(
            _("The file was not taken in time, and is destroyed. Upload it again."),
            code="file-expired",
        )
    check_takes_data(intake.dataset)


def check_mend_reading(intake: Intake, by: Actor) -> None:
    """Refuse to say otherwise how the table of a file is read.

    Raises:
        NotAllowed: the actor is not the officer who sent it: its values are shown to nobody else.
        WrongState: as for `check_take_file`.
    """
    check_take_file(intake, by)
    if intake.sent_by_id != by.person_id:
        raise NotAllowed(_("Only who sent the file looks into it. Upload it yourself."))


def check_drop_file(intake: Intake, by: Actor) -> None:
    """Refuse to drop a file.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed.
    """
    check_owner(intake.dataset, by)
    INTAKE.check(intake, IntakeState.DROPPED)


ACTS_ON_INTAKE: Mapping[str, Rule[Intake]] = {
    "mend_reading": check_mend_reading,
    "take_file": check_mend_reading,
    "drop_file": check_drop_file,
}


def acts_on_intake(intake: Intake, by: Actor) -> Allowed:
    return allowed(ACTS_ON_INTAKE, intake, by)
