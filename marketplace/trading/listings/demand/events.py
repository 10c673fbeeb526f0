from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DemandPosted(Fact):
    """A buyer asked for data that is not listed."""

    kind = "trading.demand_posted"
    label = _("Data asked for")


@dataclass(frozen=True, kw_only=True)
class DemandAnswered(Fact):
    """A seller answered a request for data, with a listing or in words."""

    kind = "trading.demand_answered"
    label = _("Request for data answered")
    has_listing: bool


@dataclass(frozen=True, kw_only=True)
class DemandClosed(Fact):
    """The buyer closed a request for data."""

    kind = "trading.demand_closed"
    label = _("Request for data closed")


@dataclass(frozen=True, kw_only=True)
class DemandExpired(Fact):
    """The last day of a request for data passed."""

    kind = "trading.demand_expired"
    label = _("Request for data ran out")
