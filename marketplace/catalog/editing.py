"""What the acts on a dataset share: fetch it to change it, and open it again."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.catalog import policies
from marketplace.catalog.events import DatasetReopened
from marketplace.catalog.models import Dataset
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.catalog.states import DATASET, EDITABLE, DatasetState
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record


def owned(dataset_id: UUID, *, by: Actor) -> Dataset:
    """Lock a dataset that the actor may change.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    check_owner(dataset, by=by)
    return dataset


def editable(dataset_id: UUID, *, by: Actor) -> Dataset:
    """Lock a dataset that the actor may change and whose state lets it be changed.

    Raises:
        NotFound, NotAllowed: as for `owned`.
        WrongState: the dataset is under review, approved or retired.
    """
    dataset = owned(dataset_id, by=by)
    check_editable(dataset)
    return dataset


def check_registers(by: Actor) -> None:
    """Refuse who may not register data.

    Raises:
        NotAllowed: the actor is no officer of a verified organization.
    """
    if not policies.may_register(by):
        raise NotAllowed(_("Only a data officer of a verified organization can register data."))


def check_owner(dataset: Dataset, *, by: Actor) -> None:
    """Refuse who may not change a dataset.

    Raises:
        NotAllowed: the actor is no officer of its organization.
    """
    if not policies.may_edit(by, dataset):
        raise NotAllowed(_("Only a data officer of the organization that holds it can do this."))


def check_editable(dataset: Dataset) -> None:
    """Refuse a dataset whose description, grade and annotations are frozen.

    Raises:
        WrongState: it is under review, approved or retired.
    """
    if dataset.state == DatasetState.APPROVED:
        raise WrongState(
            _("The content is approved and frozen. Open the dataset for changes first."),
            code="dataset-frozen",
        )
    if dataset.state not in EDITABLE:
        raise WrongState(
            _("This dataset is “%(state)s” and cannot be changed now.")
            % {"state": dataset.get_state_display()}
        )


def check_takes_data(dataset: Dataset) -> None:
    """Refuse a dataset that takes no new data now; an approved one takes it and opens again.

    Raises:
        WrongState: it is under review or retired.
    """
    if dataset.state in (DatasetState.IN_REVIEW, DatasetState.RETIRED):
        raise WrongState(
            _("This dataset is “%(state)s” and takes no data now.")
            % {"state": dataset.get_state_display()}
        )


def open_again(dataset: Dataset, *, by: Actor) -> None:
    """Move an approved dataset back into preparation.

    Raises:
        WrongState: the dataset is not approved.
    """
    DATASET.move(dataset, DatasetState.DRAFT)
    dataset.save(update_fields=["state"])
    record(DatasetReopened(subject=f"dataset:{dataset.pk}", about=concerns(dataset)), by=by)


def concerns(dataset: Dataset) -> tuple[str, ...]:
    """Answer what else an entry about a dataset concerns."""
    return (f"organization:{dataset.organization_id}",)
