from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RenewalSubmitted(
    Fact, kind="trading.renewal_submitted", label=_("Renewal of the listing submitted")
):
    """A seller asked that a listing go on with newer proofs or other days of sale."""


class ListingRenewed(Fact, kind="trading.listing_renewed", label=_("Listing renewed")):
    """A second officer renewed a listing; the digests are of the sheets after and before."""

    sheet_sha256: str
    old_sheet_sha256: str


class RenewalReturned(
    Fact, kind="trading.renewal_returned", label=_("Renewal of the listing returned")
):
    """A second officer refused a renewal; the listing stays as it was."""
