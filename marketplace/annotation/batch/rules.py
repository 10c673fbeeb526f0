from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.annotation.batch.funds import funds_of
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.selectors import (
    annotator_of,
    free_items,
    lapsed_batch_of,
    open_batch_of,
    tasks_of,
)
from marketplace.annotation.batch.states import BATCH, BatchState
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.standing import Standstill, check_version_stands, standstill_of
from marketplace.annotation.project.states import ProjectState
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules


def check_annotator(by: Actor) -> UUID:
    """Return the annotator.

    Raises:
        NotAllowed: the actor is none.
    """
    if not by.has(Role.ANNOTATOR) or by.person_id is None:
        raise NotAllowed(
            _("Only an annotator labels. Ask your organization to give you that role.")
        )
    return by.person_id


def check_goes_on(project: LabellingProject, *, is_mended: bool = False) -> None:
    """Refuse work in a project that stands still. A batch that went back is mended to the end.

    Raises:
        WrongState: it is paused or closed, or the right over its data does not hold
            (`labelling-not-open`); or its version may be shown to nobody any more
            (`version-not-passed`). Whose right it is, and why, annotators are not told.
    """
    found = standstill_of(project.version)
    if found == Standstill.VERDICT:
        check_version_stands(project.version)
    goes_on = (ProjectState.PUBLISHED, *(ProjectState.ENDING,) * is_mended)
    if project.state not in goes_on or found is not None:
        raise WrongState(
            _("Nobody labels in this project at the moment. Come back when it is open again."),
            code="labelling-not-open",
        )


def check_take_batch(project: LabellingProject, by: Actor) -> UUID:
    """Return the annotator who takes a batch, or goes on with the one that they have.

    Raises:
        NotAllowed: the actor is no annotator.
        WrongState: the project stands still, they did not qualify (`not-qualified`), no item is
            left for them (`nothing-to-label`), or no money for a batch (`labelling-not-funded`).
    """
    person_id = check_annotator(by)
    check_goes_on(project)
    annotator = annotator_of(project, by)
    if annotator is None or open_batch_of(annotator) is not None:
        return person_id
    if annotator.qualified_at is None:
        raise WrongState(
            _("You did not qualify for this project. Choose another one."), code="not-qualified"
        )
    if lapsed_batch_of(annotator) is None and not free_items(project, by).exists():
        raise WrongState(
            _("There is no item left for you in this project."), code="nothing-to-label"
        )
    if funds_of(project).free < project.price * project.batch_size:
        raise WrongState(
            _(
                "No further batch is given out until more money is set aside for this project. "
                "Come back later, or choose another one."
            ),
            code="labelling-not-funded",
        )
    return person_id


def check_works_on(batch: Batch, by: Actor) -> UUID:
    """Return the annotator who works on a batch of their own.

    Raises:
        NotAllowed: the actor is no annotator, or it is another's.
        WrongState: it was handed in (`batch-handed-in`) or given back (`batch-lapsed`), or the
            project stands still.
    """
    person_id = check_annotator(by)
    if batch.annotator.person_id != by.person_id:
        raise NotAllowed(_("Only the annotator who took a batch labels its items."))
    if batch.state == BatchState.LAPSED:
        raise WrongState(
            _(
                "Nobody went on with this batch for long, so its items were given back. Take a "
                "batch: you go on with what is left of it."
            ),
            code="batch-lapsed",
        )
    if not batch.is_open:
        raise WrongState(
            _("This batch was handed in: its labels stay as they are."), code="batch-handed-in"
        )
    check_goes_on(batch.annotator.project, is_mended=batch.state == BatchState.RETURNED)
    return person_id


def check_label_item(task: Task, by: Actor) -> UUID:
    """Return the annotator who looks at an item of a batch of their own, or labels it.

    Raises:
        NotAllowed, WrongState: as for `check_works_on`.
    """
    return check_works_on(task.batch, by)


def check_hand_in_batch(batch: Batch, by: Actor) -> None:
    """Refuse to hand a batch in.

    Raises:
        NotAllowed: the actor is no annotator, or it is another's.
        WrongState: it was handed in, the project stands still, or an item is neither labelled nor
            skipped (`batch-not-whole`).
    """
    check_works_on(batch, by)
    BATCH.check(batch, BatchState.HANDED_IN)
    left = sum(not task.is_done for task in tasks_of(batch))
    if left:
        raise WrongState(
            _("%(left)d items of this batch are neither labelled nor skipped.") % {"left": left},
            code="batch-not-whole",
        )


def check_returns_batches(by: Actor) -> None:
    """Refuse who is not the centre's software.

    Raises:
        NotAllowed: somebody else asks.
    """
    if not by.is_system:
        raise NotAllowed(_("Only the centre's own software gives batches back."))


ACTS_ON_WORK: Mapping[str, Rule[LabellingProject]] = MappingProxyType(
    {"take_batch": check_take_batch}
)
ACTS_ON_BATCH: Mapping[str, Rule[Batch]] = MappingProxyType(
    {
        "label_item": check_works_on,
        "save_batch_items": check_works_on,
        "take_labels_in": check_works_on,
        "hand_in_batch": check_hand_in_batch,
    }
)


def acts_on_work(project: LabellingProject, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_WORK, project, by)


def acts_on_batch(batch: Batch, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_BATCH, batch, by)
