"""What happens to an inquiry. Its words are no part of the ledger."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class InquiryAsked(Fact):
    """Somebody asked about data on offer."""

    kind = "trading.inquiry_made"
    label = _("Inquiry about data asked")


@dataclass(frozen=True, kw_only=True)
class InquiryAnswered(Fact):
    """The seller answered, for everybody to read."""

    kind = "trading.inquiry_answered"
    label = _("Inquiry about data answered")


@dataclass(frozen=True, kw_only=True)
class InquiryWithheld(Fact):
    """A reviewer took an inquiry and its answer off the page."""

    kind = "trading.inquiry_withheld"
    label = _("Inquiry about data taken off the page")
