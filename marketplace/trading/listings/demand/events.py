from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class DemandPosted(Fact, kind="trading.demand_posted", label=_("Data asked for")):
    """A buyer asked for data that is not listed."""


class DemandAnswered(Fact, kind="trading.demand_answered", label=_("Request for data answered")):
    """A seller answered a request for data, with a listing or in words."""

    has_listing: bool


class DemandClosed(Fact, kind="trading.demand_closed", label=_("Request for data closed")):
    """The buyer closed a request for data."""


class DemandExpired(Fact, kind="trading.demand_expired", label=_("Request for data ran out")):
    """The last day of a request for data passed."""
