from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ListingSubmitted(
    Fact, kind="trading.listing_submitted", label=_("Listing submitted for publication")
):
    """A listing went to a second officer, with the proofs it is bound to."""

    bytes_sha256: str


class ListingPublished(Fact, kind="trading.listing_published", label=_("Listing published")):
    """A second officer let a listing into the market; the digest is that of the frozen sheet."""

    sheet_sha256: str
    bytes_sha256: str


class ListingReturned(
    Fact, kind="trading.listing_returned", label=_("Listing returned for correction")
):
    """A second officer sent a listing back."""


class ListingSuspended(Fact, kind="trading.listing_suspended", label=_("Listing suspended")):
    """A listing was taken off the market for the time being; `code` names a broken proof."""

    code: str


class ListingResumed(Fact, kind="trading.listing_resumed", label=_("Listing resumed")):
    """A suspended listing came back."""


class ListingWithdrawn(Fact, kind="trading.listing_withdrawn", label=_("Listing withdrawn")):
    """A listing left the market for good."""


class ListingSuperseded(
    Fact, kind="trading.listing_superseded", label=_("Listing replaced by a newer one")
):
    """A newer listing took the place of this one; orders of it go on."""
