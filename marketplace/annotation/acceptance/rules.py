from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.annotation.batch.models import Batch
from marketplace.annotation.batch.states import BatchState
from marketplace.annotation.project.rules import check_officer
from marketplace.annotation.project.standing import check_no_row_withdrawn
from marketplace.annotation.project.states import ProjectState
from marketplace.core import Actor, Allowed, Rule, WrongState, rules


def check_inspect_batch(batch: Batch, by: Actor) -> UUID:
    """Return the officer who inspects a batch.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: the batch is not handed in, or decided on already (`batch-not-handed-in`), the
            project is closed, or a person withdrew rows of its data (`rows-withdrawn`).
    """
    person_id = check_officer(batch.annotator.project.organization_id, by)
    if batch.state != BatchState.HANDED_IN:
        raise WrongState(_("This batch does not wait to be inspected."), code="batch-not-handed-in")
    if batch.annotator.project.state == ProjectState.CLOSED:
        raise WrongState(_("This project is closed."))
    check_no_row_withdrawn(batch.annotator.project.version)
    return person_id


ACTS_ON_SAMPLE: Mapping[str, Rule[Batch]] = MappingProxyType({"inspect_batch": check_inspect_batch})


def acts_on_sample(batch: Batch, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_SAMPLE, batch, by)
