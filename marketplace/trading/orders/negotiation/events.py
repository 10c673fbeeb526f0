"""What happens while an order is negotiated."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class OfferMade(Fact, kind="trading.offer_made", label=_("Counter-offer made")):
    """A side answered the other's offer with one of its own."""

    side: str
    number: int
    offer_sha256: str


class OfferExpired(Fact, kind="trading.offer_expired", label=_("Offer ran out")):
    """Nobody answered the latest offer in time, and the order ended."""
