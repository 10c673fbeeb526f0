"""What the acts on a dataset share: open it again, and what an entry about it concerns."""

from marketplace.catalog.dataset.events import DatasetReopened
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DATASET, DatasetState
from marketplace.core import Actor
from marketplace.ledger.services.recording import record


def open_again(dataset: Dataset, *, by: Actor) -> None:
    """Move an approved dataset back into preparation.

    Raises:
        WrongState: the dataset is not approved.
    """
    DATASET.move(dataset, DatasetState.DRAFT)
    dataset.save(update_fields=["state"])
    record(DatasetReopened(subject=f"dataset:{dataset.pk}", about=concerns(dataset)), by=by)


def concerns(dataset: Dataset) -> tuple[str, ...]:
    """Return what else an entry about a dataset concerns."""
    return (f"organization:{dataset.organization_id}",)
