from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.selectors import (
    gold_of,
    guideline_in_force,
    versions_to_label,
)
from marketplace.annotation.project.standing import check_version_stands, read_standing
from marketplace.annotation.project.states import PROJECT, ProjectState
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, NotAllowed, WrongState, rules
from marketplace.core.reading import reading

QUALIFYING_ITEMS = 5
"""So many gold items an annotator labels before any other; the others are mixed in later."""


def check_officer(organization_id: UUID, by: Actor) -> UUID:
    """Return the officer of the owner of the data.

    Raises:
        NotAllowed: the actor is none.
    """
    if not by.has(Role.OFFICER) or not by.acts_for(organization_id) or by.person_id is None:
        raise NotAllowed(_("Only an officer of the data's owner decides on its labelling."))
    return by.person_id


def check_open_labelling(version: DatasetVersion, by: Actor) -> UUID:
    """Return the officer who opens a labelling project over a version.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: the version is not masked, or verdict or right over it does not hold; the code
            says which.
    """
    person_id = check_officer(version.dataset.organization_id, by)
    check_version_stands(version)
    return person_id


def versions_to_open(by: Actor) -> list[DatasetVersion]:
    """Return the versions over which an officer may open a project now, the newest first."""
    with reading():
        versions = versions_to_label(by)
        read_standing(versions)
        return [one for one in versions if rules.is_open(check_open_labelling, one, by)]


def check_edit_labelling(project: LabellingProject, by: Actor) -> UUID:
    """Return the officer who changes the plan.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: annotators have begun to see the project (`labelling-not-draft`).
    """
    person_id = check_officer(project.organization_id, by)
    if project.state != ProjectState.DRAFT:
        raise WrongState(
            _("Annotators see this project already: its plan and gold items stay as they are."),
            code="labelling-not-draft",
        )
    return person_id


def check_set_gold(project: LabellingProject, by: Actor) -> UUID:
    """Return the officer who says what the right label of a row is.

    Raises:
        NotAllowed, WrongState: as for `check_edit_labelling`; or verdict or right over the version
            does not hold.
    """
    person_id = check_edit_labelling(project, by)
    check_version_stands(project.version)
    return person_id


def check_write_guideline(project: LabellingProject, by: Actor) -> UUID:
    """Return the officer who writes a new edition of the guideline.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: the project is closed.
    """
    person_id = check_officer(project.organization_id, by)
    if project.state == ProjectState.CLOSED:
        raise WrongState(_("This project is closed."))
    return person_id


def check_publish_labelling(project: LabellingProject, by: Actor) -> None:
    """Refuse to open a project to annotators.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: it is open or closed, verdict or right over its version does not hold, it has
            no guideline (`guideline-missing`), or too few gold items (`gold-missing`).
    """
    check_officer(project.organization_id, by)
    PROJECT.check(project, ProjectState.PUBLISHED)
    check_version_stands(project.version)
    if guideline_in_force(project) is None:
        raise WrongState(
            _("Write the guideline first: annotators label by it."), code="guideline-missing"
        )
    if gold_of(project).count() < QUALIFYING_ITEMS:
        raise WrongState(
            _("Set at least %(least)d gold items: annotators qualify on them.")
            % {"least": QUALIFYING_ITEMS},
            code="gold-missing",
        )


def check_pause_labelling(project: LabellingProject, by: Actor) -> None:
    """Refuse to pause a project.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: it is not open for labelling.
    """
    check_officer(project.organization_id, by)
    PROJECT.check(project, ProjectState.PAUSED)
