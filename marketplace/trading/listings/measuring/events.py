from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class MeasuringAllowed(
    Fact, kind="trading.measuring_allowed", label=_("Measuring before the purchase settled")
):
    """A seller said whether buyers may have measured what a listing would bring, and how."""

    is_open: bool
    epsilon: str
    most_of_buyer: int
