"""What happens to promised revisions: facts with amounts and days, never names."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RevisionMissed(Fact):
    """No later revision was on offer in time; `amount` is what the contract gives for it."""

    kind = "trading.revision_missed"
    label = _("Promised revision missed")
    due_on: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class MissedCredited(Fact):
    """What a contract gives for a missed revision went to the buyer.

    `bill` is the payment reference of the bill that it was taken off, "" where it went onto the
    buyer's account.
    """

    kind = "trading.missed_credited"
    label = _("Credit for a missed revision")
    due_on: str
    amount: str
    currency: str
    bill: str
