from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CeilingDrafted(Fact):
    """A price ceiling of public data was computed for the first time."""

    kind = "appraisal.ceiling_drafted"
    label = _("Price ceiling drafted")


@dataclass(frozen=True, kw_only=True)
class CeilingRevised(Fact):
    """A price ceiling was computed anew from other figures."""

    kind = "appraisal.ceiling_revised"
    label = _("Price ceiling revised")


@dataclass(frozen=True, kw_only=True)
class CeilingSubmitted(Fact):
    """A price ceiling was given to a second person."""

    kind = "appraisal.ceiling_submitted"
    label = _("Price ceiling submitted")
    maximum_revenue: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class CeilingApproved(Fact):
    """A second person put a price ceiling in force for its period."""

    kind = "appraisal.ceiling_approved"
    label = _("Price ceiling approved")
    maximum_revenue: str
    price: str
    currency: str
    period_from: str
    period_until: str


@dataclass(frozen=True, kw_only=True)
class CeilingReturned(Fact):
    """A second person asked for corrections of a price ceiling."""

    kind = "appraisal.ceiling_returned"
    label = _("Price ceiling returned")


@dataclass(frozen=True, kw_only=True)
class CeilingWithdrawn(Fact):
    """A price ceiling was taken back before it was in force."""

    kind = "appraisal.ceiling_withdrawn"
    label = _("Price ceiling withdrawn")


@dataclass(frozen=True, kw_only=True)
class CeilingClosed(Fact):
    """A price ceiling ended: its period was over, or a second person ended it before."""

    kind = "appraisal.ceiling_closed"
    label = _("Price ceiling closed")
    ended_on: str


@dataclass(frozen=True, kw_only=True)
class CeilingIncomeBooked(Fact):
    """The income of a settled trade was written into the account of a price ceiling."""

    kind = "appraisal.ceiling_income_booked"
    label = _("Income returned to the price ceiling")
    source: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class CeilingExcessCarried(Fact):
    """Income above a maximum was deducted from the maximum of the next period."""

    kind = "appraisal.ceiling_excess_carried"
    label = _("Income above the maximum carried into the next period")
    to_ceiling: str
    amount: str
    currency: str
