from collections.abc import Mapping

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DATASET, EDITABLE, DatasetState
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.core.rules import opens


def may_register(by: Actor) -> bool:
    """Officers register data of their own organization."""
    return by.has(Role.OFFICER)


def may_edit(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization describe, upload, annotate, grade, submit and retire."""
    return by.has(Role.OFFICER) and by.acts_for(dataset.organization_id)


def may_keep(by: Actor, dataset: Dataset) -> bool:
    """Officers bring data; the centre's software brings what they had it draw."""
    return by.is_system or may_edit(by, dataset)


# What the acts on a dataset refuse, by right and state.


def check_register_dataset(by: Actor) -> None:
    """Refuse who may not register data.

    Raises:
        NotAllowed: the actor is no officer of a verified organization.
    """
    if not may_register(by):
        raise NotAllowed(_("Only a data officer of a verified organization can register data."))


def check_owner(dataset: Dataset, by: Actor) -> None:
    """Refuse who may not change a dataset.

    Raises:
        NotAllowed: the actor is no officer of its organization.
    """
    if not may_edit(by, dataset):
        raise NotAllowed(_("Only a data officer of the organization that holds it can do this."))


@opens("dataset_annotate", "dataset_grade")
def check_change_dataset(dataset: Dataset, by: Actor) -> None:
    """Refuse to change the description, the grade or the annotations of a dataset.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is under review, approved or retired.
    """
    check_owner(dataset, by)
    if dataset.state == DatasetState.APPROVED:
        raise WrongState(
            _("The content is approved and frozen. Open the dataset for changes first."),
            code="content-approved",
        )
    if dataset.state not in EDITABLE:
        raise WrongState(
            _("This dataset is “%(state)s” and cannot be changed now.")
            % {"state": dataset.get_state_display()}
        )


@opens("dataset_upload")
def check_receive_data(dataset: Dataset, by: Actor) -> None:
    """Refuse to give a dataset new data; an approved one takes it and opens again.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is under review or retired.
    """
    check_owner(dataset, by)
    check_takes_data(dataset)


def check_keeps_data(dataset: Dataset, by: Actor) -> None:
    """Refuse who brings no data: officers do, and the centre's software what they had it draw.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the centre's software.
    """
    if not may_keep(by, dataset):
        raise NotAllowed(_("Only a data officer of the organization that holds it can do this."))


def check_takes_data(dataset: Dataset) -> None:
    """Refuse a dataset that takes no new data now.

    Raises:
        WrongState: it is under review or retired, or it is a model (`model-asset`).
    """
    if dataset.is_model:
        raise WrongState(
            _("This is a trained model: it takes no data. Train another one on the new data."),
            code="model-asset",
        )
    if dataset.state in (DatasetState.IN_REVIEW, DatasetState.RETIRED):
        raise WrongState(
            _("This dataset is “%(state)s” and takes no data now.")
            % {"state": dataset.get_state_display()}
        )


def check_reopen_dataset(dataset: Dataset, by: Actor) -> None:
    """Refuse to open an approved dataset for changes.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is not approved.
    """
    check_owner(dataset, by)
    DATASET.check(dataset, DatasetState.DRAFT)


def check_retire_dataset(dataset: Dataset, by: Actor) -> None:
    """Refuse to take a dataset out of use.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is under review or retired already.
    """
    check_owner(dataset, by)
    DATASET.check(dataset, DatasetState.RETIRED)


ACTS_ON_CATALOG: Mapping[str, Rule[None]] = {
    "register_dataset": lambda _catalog, by: check_register_dataset(by)
}


def acts_on_catalog(by: Actor) -> Allowed:
    return allowed(ACTS_ON_CATALOG, None, by)
