"""What happens to promised revisions: facts with amounts and days, never names."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RevisionMissed(Fact, kind="trading.revision_missed", label=_("Promised revision missed")):
    """No later revision was on offer in time; `amount` is what the contract gives for it."""

    due_on: str
    amount: str
    currency: str


class MissedCredited(Fact, kind="trading.missed_credited", label=_("Credit for a missed revision")):
    """What a contract gives for a missed revision went to the buyer.

    `bill` is the payment reference of the bill that it was taken off, "" where it went onto the
    buyer's account.
    """

    due_on: str
    amount: str
    currency: str
    bill: str
