"""What happens when a product has a later revision."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ListingAdvanced(Fact):
    """A listing moved on to a later revision; the digests are of its bytes, and of both sheets."""

    kind = "trading.listing_advanced"
    label = _("Listing moved on to a later revision")
    number: int
    bytes_sha256: str
    sheet_sha256: str
    old_sheet_sha256: str
