from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.annotation.arbitration.selectors import outcomes_of
from marketplace.annotation.batch.models import Task
from marketplace.annotation.project.models import Item
from marketplace.annotation.project.rules import check_officer
from marketplace.annotation.project.standing import check_version_stands
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules


def check_arbitrate_item(item: Item, by: Actor) -> UUID:
    """Return the officer who decides what an item is of which annotators say several things.

    Raises:
        NotAllowed: the actor is no officer of the data's owner, or labelled the item by whatever
            account.
        WrongState: nobody disagrees about it, or it is decided (`nothing-disputed`); or verdict or
            right over the version does not hold.
    """
    person_id = check_officer(item.project.organization_id, by)
    people = Task.objects.filter(item=item).values_list("annotator__person_id", flat=True)
    if any(by.is_person(one) for one in people):
        raise NotAllowed(_("Who labelled an item does not decide on it. Ask a second person to."))
    if not outcomes_of([item])[0].is_disputed:
        raise WrongState(
            _("Nobody disagrees about this item, or it is decided already."),
            code="nothing-disputed",
        )
    check_version_stands(item.project.version)
    return person_id


def check_doubt_label(item: Item, by: Actor) -> UUID:
    """Return the officer who doubts the label of an item.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: the item has no label that counts, or one that is to be decided on or was
            (`nothing-to-doubt`); the labelled set is made (`labelled-set-made`); or verdict or
            right over the version does not hold.
    """
    person_id = check_officer(item.project.organization_id, by)
    if hasattr(item.project, "labelled_set"):
        raise WrongState(
            _("The labelled set of this project is made already."), code="labelled-set-made"
        )
    outcome = outcomes_of([item])[0]
    if outcome.answer is None or outcome.is_decided:
        raise WrongState(
            _("This item has no accepted label, or its label waits to be decided on or was."),
            code="nothing-to-doubt",
        )
    check_version_stands(item.project.version)
    return person_id


ACTS_ON_ITEM: Mapping[str, Rule[Item]] = MappingProxyType(
    {"arbitrate_item": check_arbitrate_item, "doubt_label": check_doubt_label}
)


def acts_on_item(item: Item, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_ITEM, item, by)
