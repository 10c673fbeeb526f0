"""What happens to an inquiry. Its words are no part of the ledger."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class InquiryAsked(Fact, kind="trading.inquiry_made", label=_("Inquiry about data asked")):
    """Somebody asked about data on offer."""


class InquiryAnswered(
    Fact, kind="trading.inquiry_answered", label=_("Inquiry about data answered")
):
    """The seller answered, for everybody to read."""


class InquiryWithheld(
    Fact, kind="trading.inquiry_withheld", label=_("Inquiry about data taken off the page")
):
    """A reviewer took an inquiry and its answer off the page."""
