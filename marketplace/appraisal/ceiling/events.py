from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class CeilingDrafted(Fact, kind="appraisal.ceiling_drafted", label=_("Price ceiling drafted")):
    """A price ceiling of public data was computed for the first time."""


class CeilingRevised(Fact, kind="appraisal.ceiling_revised", label=_("Price ceiling revised")):
    """A price ceiling was computed anew from other figures."""


class CeilingSubmitted(
    Fact, kind="appraisal.ceiling_submitted", label=_("Price ceiling submitted")
):
    """A price ceiling was given to a second person."""

    maximum_revenue: str
    currency: str


class CeilingApproved(Fact, kind="appraisal.ceiling_approved", label=_("Price ceiling approved")):
    """A second person put a price ceiling in force for its period."""

    maximum_revenue: str
    price: str
    currency: str
    period_from: str
    period_until: str


class CeilingReturned(Fact, kind="appraisal.ceiling_returned", label=_("Price ceiling returned")):
    """A second person asked for corrections of a price ceiling."""


class CeilingWithdrawn(
    Fact, kind="appraisal.ceiling_withdrawn", label=_("Price ceiling withdrawn")
):
    """A price ceiling was taken back before it was in force."""


class CeilingClosed(Fact, kind="appraisal.ceiling_closed", label=_("Price ceiling closed")):
    """A price ceiling ended: its period was over, or a second person ended it before."""

    ended_on: str


class CeilingIncomeBooked(
    Fact, kind="appraisal.ceiling_income_booked", label=_("Income returned to the price ceiling")
):
    """The income of a settled trade was written into the account of a price ceiling."""

    source: str
    amount: str
    currency: str


class CeilingExcessCarried(
    Fact,
    kind="appraisal.ceiling_excess_carried",
    label=_("Income above the maximum carried into the next period"),
):
    """Income above a maximum was deducted from the maximum of the next period."""

    to_ceiling: str
    amount: str
    currency: str
