from collections.abc import Mapping

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import check_owner, check_receive_data, may_edit
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.selectors import active_drawing
from marketplace.catalog.source.states import SOURCE, SourceState
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.jobs.states import JOB, JobState


def may_cancel(by: Actor, dataset: Dataset) -> bool:
    """Officers cancel their organization's drawings; the administrator any that is in the way."""
    return by.has(Role.ADMINISTRATOR) or may_edit(by, dataset)


# What the acts on database sources and drawings refuse, by right and state.


def check_use_source(source: DatabaseSource, by: Actor) -> None:
    """Refuse to try a source, to look into it, or to change its password.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed (`source-closed`).
    """
    check_owner(source.dataset, by)
    if source.state != SourceState.IN_USE:
        raise WrongState(
            _("This source is closed. Register it again to draw from it."), code="source-closed"
        )


def check_draw(source: DatabaseSource, by: Actor) -> None:
    """Refuse to choose what to draw.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: the source is closed, or the dataset is under review or retired.
    """
    check_use_source(source, by)
    check_receive_data(source.dataset, by)


def check_start_drawing(source: DatabaseSource, by: Actor) -> None:
    """Refuse to draw from a source.

    Raises:
        NotAllowed, WrongState: as for `check_draw`; or a drawing is under way (`source-busy`).
    """
    check_draw(source, by)
    if active_drawing(source) is not None:
        raise WrongState(
            _("Another drawing from this source is under way. Wait until it ends, or cancel it."),
            code="source-busy",
        )


def check_close_source(source: DatabaseSource, by: Actor) -> None:
    """Refuse to draw from a source no more.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed already, or a drawing is under way (`source-busy`).
    """
    check_owner(source.dataset, by)
    SOURCE.check(source, SourceState.CLOSED)
    if active_drawing(source) is not None:
        raise WrongState(
            _("A drawing is under way. Wait until it ends, or cancel it."), code="source-busy"
        )


def check_cancels(drawing: Drawing, by: Actor) -> None:
    """Refuse who cancels no drawings of an organization.

    Raises:
        NotAllowed: the actor is neither an officer of it nor the administrator.
    """
    if not may_cancel(by, drawing.source.dataset):
        raise NotAllowed(_("Only a data officer of the organization can cancel its drawings."))


def check_cancel_drawing(drawing: Drawing, by: Actor) -> None:
    """Refuse to end a drawing.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the administrator.
        WrongState: it ended already.
    """
    check_cancels(drawing, by)
    JOB.check(drawing, JobState.CANCELLED)


ACTS_ON_SOURCE: Mapping[str, Rule[DatabaseSource]] = {
    "check_source": check_use_source,
    "change_source_password": check_use_source,
    "start_drawing": check_start_drawing,
    "close_source": check_close_source,
}
ACTS_ON_DRAWING: Mapping[str, Rule[Drawing]] = {"cancel_drawing": check_cancel_drawing}


def acts_on_source(source: DatabaseSource, by: Actor) -> Allowed:
    return allowed(ACTS_ON_SOURCE, source, by)


def acts_on_drawing(drawing: Drawing, by: Actor) -> Allowed:
    return allowed(ACTS_ON_DRAWING, drawing, by)
