from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MeasuringAllowed(Fact):
    """A seller said whether buyers may have measured what a listing would bring, and how."""

    kind = "trading.measuring_allowed"
    label = _("Measuring before the purchase settled")
    is_open: bool
    epsilon: str
    most_of_buyer: int
