"""What is known of the cost of data."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CostNoted(Fact):
    """What was paid for data through the books is known to its valuations."""

    kind = "appraisal.cost_noted"
    label = _("Cost of data noted")
    paid_for: str
    amount: str
    currency: str
