from django.utils.translation import gettext as _

from marketplace.annotation.batch.selectors import has_returned, has_undecided
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.rules import check_officer
from marketplace.annotation.project.states import PROJECT, ProjectState
from marketplace.core import Actor, WrongState


def check_close_labelling(project: LabellingProject, by: Actor) -> None:
    """Refuse to close a project.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: it is closed, a batch waits to be inspected (`batches-undecided`), or it ends
            already and a batch that went back is not handed in again (`batches-returned`).
    """
    check_officer(project.organization_id, by)
    PROJECT.check(project, ProjectState.CLOSED)
    if has_undecided(project):
        raise WrongState(
            _("Inspect the batches that are handed in first: their labels are to be paid."),
            code="batches-undecided",
        )
    if project.state == ProjectState.ENDING and has_returned(project):
        raise WrongState(
            _(
                "Batches that went back can still be mended and handed in. Those that nobody goes "
                "on with are given back after two days; then close the project."
            ),
            code="batches-returned",
        )
