from django.db.models import QuerySet

from marketplace.accounts.policies import rows_of_holder
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.core import Actor


def datasets_visible_to(by: Actor) -> QuerySet[Dataset]:
    """Return every dataset to the centre's staff, else those of the actor's organization."""
    rows = Dataset.objects.select_related("organization")
    return rows_of_holder(rows, by, holder="organization_id")


def last_approved(dataset: Dataset) -> ApprovedContent | None:
    """Find what a dataset said when its content was approved last; None before the first time."""
    return ApprovedContent.objects.filter(dataset=dataset).order_by("-created_at").first()


def impacts_of(dataset: Dataset) -> list[Impact]:
    """Return the harm that an officer named for the dataset as a whole."""
    return [
        Impact(HarmedObject(impact["object"]), HarmDegree(impact["degree"]))
        for impact in dataset.impacts
    ]
