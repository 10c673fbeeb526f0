"""What happens while an order is negotiated."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class OfferMade(Fact):
    """A side answered the other's offer with one of its own."""

    kind = "trading.offer_made"
    label = _("Counter-offer made")
    side: str
    number: int
    offer_sha256: str


@dataclass(frozen=True, kw_only=True)
class OfferExpired(Fact):
    """Nobody answered the latest offer in time, and the order ended."""

    kind = "trading.offer_expired"
    label = _("Offer ran out")
