"""What is set aside for labels."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class LabellingFunded(
    Fact, kind="annotation.labelling_funded", label=_("Money set aside for labelling")
):
    """Money of the data's owner was set aside for a labelling project."""

    amount: str
    currency: str
