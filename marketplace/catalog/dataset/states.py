from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class DatasetState(TextChoices):
    DRAFT = "draft", _("In preparation")
    IN_REVIEW = "in_review", _("In content review")
    RETURNED = "returned", _("Returned for correction")
    APPROVED = "approved", _("Content approved")
    RETIRED = "retired", _("Retired")


DATASET: StateMachine[DatasetState] = StateMachine(
    "dataset",
    DatasetState,
    {
        DatasetState.DRAFT: {DatasetState.IN_REVIEW, DatasetState.RETIRED},
        DatasetState.IN_REVIEW: {DatasetState.APPROVED, DatasetState.RETURNED},
        DatasetState.RETURNED: {DatasetState.IN_REVIEW, DatasetState.RETIRED},
        DatasetState.APPROVED: {DatasetState.DRAFT, DatasetState.RETIRED},
    },
)

EDITABLE = frozenset({DatasetState.DRAFT.value, DatasetState.RETURNED.value})
"""The states in which description, grade, data and annotations may change."""
