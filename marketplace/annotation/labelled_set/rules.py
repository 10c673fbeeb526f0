from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.annotation.arbitration.selectors import outcomes_of_project
from marketplace.annotation.batch.selectors import has_undecided
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.rules import check_officer
from marketplace.annotation.project.standing import check_not_frozen, check_version_stands
from marketplace.core import Actor, Allowed, Rule, WrongState, rules


def check_make_labelled_set(project: LabellingProject, by: Actor) -> UUID:
    """Return the officer who makes a dataset of the labels of a project.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: verdict or right over the version does not hold, a batch waits to be inspected
            (`batches-undecided`), annotators disagree (`items-disputed`), no item is
            labelled as often as it must be (`nothing-labelled`), or the set is made already
            (`labelled-set-made`).
    """
    person_id = check_officer(project.organization_id, by)
    if hasattr(project, "labelled_set"):
        raise WrongState(
            _("The labelled set of this project is made already."), code="labelled-set-made"
        )
    check_version_stands(project.version)
    if has_undecided(project):
        raise WrongState(
            _("Inspect the batches that are handed in first."), code="batches-undecided"
        )
    outcomes = outcomes_of_project(project)
    disputed = sum(outcome.is_disputed for outcome in outcomes)
    if disputed:
        raise WrongState(
            _("Annotators disagree about %(number)d items: decide them first.")
            % {"number": disputed},
            code="items-disputed",
        )
    if not any(outcome.is_complete for outcome in outcomes):
        raise WrongState(
            _("No item is labelled and accepted as often as it must be."), code="nothing-labelled"
        )
    return person_id


def check_take_out_labels(made: LabelledSet, by: Actor) -> UUID:
    """Return the officer who takes a labelled set out.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: verdict or right over what was labelled does not hold, or the right over the
            labelled set is frozen (`right-frozen`).
    """
    person_id = check_officer(made.project.organization_id, by)
    check_version_stands(made.project.version)
    check_not_frozen(made.version)
    return person_id


ACTS_ON_LABELS: Mapping[str, Rule[LabellingProject]] = MappingProxyType(
    {"make_labelled_set": check_make_labelled_set}
)
ACTS_ON_SET: Mapping[str, Rule[LabelledSet]] = MappingProxyType(
    {"take_out_labels": check_take_out_labels}
)


def acts_on_labels(project: LabellingProject, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_LABELS, project, by)


def acts_on_set(made: LabelledSet, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_SET, made, by)
