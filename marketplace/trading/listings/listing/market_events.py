"""What happens to a listing on the market: renewed, replaced, shown to others."""

from __future__ import annotations

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
