"""What is set aside for labels."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LabellingFunded(Fact):
    """Money of the data's owner was set aside for a labelling project."""

    kind = "annotation.labelling_funded"
    label = _("Money set aside for labelling")
    amount: str
    currency: str
