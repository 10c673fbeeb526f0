from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ListingDrafted(Fact):
    """A seller began a listing."""

    kind = "trading.listing_drafted"
    label = _("Listing drafted")


@dataclass(frozen=True, kw_only=True)
class ListingRevised(Fact):
    """A seller changed a listing."""

    kind = "trading.listing_revised"
    label = _("Listing revised")


@dataclass(frozen=True, kw_only=True)
class ListingSubmitted(Fact):
    """A listing went to a second officer, with the proofs it is bound to."""

    kind = "trading.listing_submitted"
    label = _("Listing submitted for publication")
    bytes_sha256: str


@dataclass(frozen=True, kw_only=True)
class ListingPublished(Fact):
    """A second officer let a listing into the market; the digest is that of the frozen sheet."""

    kind = "trading.listing_published"
    label = _("Listing published")
    sheet_sha256: str
    bytes_sha256: str


@dataclass(frozen=True, kw_only=True)
class ListingReturned(Fact):
    """A second officer sent a listing back."""

    kind = "trading.listing_returned"
    label = _("Listing returned for correction")


@dataclass(frozen=True, kw_only=True)
class ListingSuspended(Fact):
    """A listing was taken off the market for the time being; `code` names a broken proof."""

    kind = "trading.listing_suspended"
    label = _("Listing suspended")
    code: str


@dataclass(frozen=True, kw_only=True)
class ListingResumed(Fact):
    """A suspended listing came back."""

    kind = "trading.listing_resumed"
    label = _("Listing resumed")


@dataclass(frozen=True, kw_only=True)
class ListingWithdrawn(Fact):
    """A listing left the market for good."""

    kind = "trading.listing_withdrawn"
    label = _("Listing withdrawn")


@dataclass(frozen=True, kw_only=True)
class ListingSuperseded(Fact):
    """A newer listing took the place of this one; orders of it go on."""

    kind = "trading.listing_superseded"
    label = _("Listing replaced by a newer one")


@dataclass(frozen=True, kw_only=True)
class OrganizationsInvited(Fact):
    """The seller let further organizations see a listing that is for invited ones."""

    kind = "trading.organizations_invited"
    label = _("Organizations invited to the listing")


@dataclass(frozen=True, kw_only=True)
class InvitationTakenBack(Fact):
    """The seller took an organization's invitation to a listing back."""

    kind = "trading.invitation_taken_back"
    label = _("Invitation to the listing taken back")
