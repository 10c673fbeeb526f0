from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api("LabellingBatchState")
class BatchState(TextChoices):
    OPEN = "open", pgettext_lazy("batch of items", "Being labelled")
    HANDED_IN = "handed_in", _("Handed in")
    RETURNED = "returned", pgettext_lazy("batch of items", "Returned to be labelled again")
    ACCEPTED = "accepted", pgettext_lazy("batch of items", "Accepted")
    REFUSED = "refused", pgettext_lazy("batch of items", "Refused for good")
    QUALIFIED = "qualified", _("Qualified by it")
    LAPSED = "lapsed", pgettext_lazy("batch of items", "Given back, for nobody went on with it")
    NOT_QUALIFIED = "not_qualified", _("Not qualified by it")


LABELLED = (BatchState.OPEN, BatchState.RETURNED)
"""The batches whose labels can be changed."""
UNDECIDED = (*LABELLED, BatchState.HANDED_IN)
"""The batches that may still be paid."""

BATCH: StateMachine[BatchState] = StateMachine(
    "labelling_batch",
    BatchState,
    {
        BatchState.OPEN: {
            BatchState.HANDED_IN,
            BatchState.QUALIFIED,
            BatchState.NOT_QUALIFIED,
            BatchState.LAPSED,
        },
        BatchState.HANDED_IN: {BatchState.ACCEPTED, BatchState.RETURNED, BatchState.REFUSED},
        BatchState.RETURNED: {BatchState.HANDED_IN, BatchState.LAPSED},
        BatchState.LAPSED: {BatchState.OPEN},
    },
)
