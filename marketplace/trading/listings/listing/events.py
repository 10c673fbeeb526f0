from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ListingDrafted(Fact, kind="trading.listing_drafted", label=_("Listing drafted")):
    """A seller began a listing."""


class ListingRevised(Fact, kind="trading.listing_revised", label=_("Listing revised")):
    """A seller changed a listing."""


class OrganizationsInvited(
    Fact, kind="trading.organizations_invited", label=_("Organizations invited to the listing")
):
    """The seller let further organizations see a listing that is for invited ones."""


class InvitationTakenBack(
    Fact, kind="trading.invitation_taken_back", label=_("Invitation to the listing taken back")
):
    """The seller took an organization's invitation to a listing back."""
