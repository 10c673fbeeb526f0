from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RenewalSubmitted(Fact):
    """A seller asked that a listing go on with newer proofs or other days of sale."""

    kind = "trading.renewal_submitted"
    label = _("Renewal of the listing submitted")


@dataclass(frozen=True, kw_only=True)
class ListingRenewed(Fact):
    """A second officer renewed a listing; the digests are of the sheets after and before."""

    kind = "trading.listing_renewed"
    label = _("Listing renewed")
    sheet_sha256: str
    old_sheet_sha256: str


@dataclass(frozen=True, kw_only=True)
class RenewalReturned(Fact):
    """A second officer refused a renewal; the listing stays as it was."""

    kind = "trading.renewal_returned"
    label = _("Renewal of the listing returned")
