"""What happens when a product has a later revision."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ListingAdvanced(
    Fact, kind="trading.listing_advanced", label=_("Listing moved on to a later revision")
):
    """A listing moved on to a later revision; the digests are of its bytes, and of both sheets."""

    number: int
    bytes_sha256: str
    sheet_sha256: str
    old_sheet_sha256: str
