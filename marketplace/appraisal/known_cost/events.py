"""What is known of the cost of data."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class CostNoted(Fact, kind="appraisal.cost_noted", label=_("Cost of data noted")):
    """What was paid for data through the books is known to its valuations."""

    paid_for: str
    amount: str
    currency: str
