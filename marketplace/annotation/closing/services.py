"""An officer closes a labelling project."""

from uuid import UUID

from django.db import transaction

from marketplace.annotation.batch.drawing import call_in
from marketplace.annotation.batch.selectors import batches_visible_to, begun_batches, has_returned
from marketplace.annotation.closing.events import LabellingClosed, LabellingEnding
from marketplace.annotation.closing.rules import check_close_labelling
from marketplace.annotation.pay.paying import give_back
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.selectors import labellings_visible_to
from marketplace.annotation.project.states import PROJECT, ProjectState
from marketplace.core import Actor, locked, visible
from marketplace.ledger.services.recording import record


@transaction.atomic
def close_labelling(project_id: UUID, *, by: Actor) -> LabellingProject:
    """Close a project for good: what was labelled stays, and what was not spent goes back.

    While batches are under way it begins to end instead: what is labelled in them is handed in as
    it is, to be inspected and paid like any, those that went back may still be mended, and once all
    are decided on it can be closed. Batches in which nothing is labelled lapse.

    Raises:
        NotFound: there is no such project among those the actor may see.
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: it is closed, a batch waits to be inspected (`batches-undecided`), or it ends
            already and a batch that went back is not handed in again (`batches-returned`).
    """
    visible(labellings_visible_to(by), pk=project_id)
    # Batches before their project, as acts on them take them.
    batches = {pk: locked(batches_visible_to(by), pk=pk) for pk in begun_batches(project_id)}
    project = locked(labellings_visible_to(by), pk=project_id)
    check_close_labelling(project, by)
    begun = begun_batches(project_id)
    for pk in begun:
        if pk in batches:
            call_in(batches[pk], by=by)
    if begun or has_returned(project):
        if project.state != ProjectState.ENDING:
            PROJECT.move(project, ProjectState.ENDING)
            project.save(update_fields=["state"])
            record(
                LabellingEnding(
                    subject=project.subject, about=project.concerns, called_in=len(begun)
                ),
                by=by,
            )
        return project
    PROJECT.move(project, ProjectState.CLOSED)
    project.save(update_fields=["state"])
    give_back(project)
    record(LabellingClosed(subject=project.subject, about=project.concerns), by=by)
    return project
