"""The acts on listings: drafting, the second officer's decision, the way off the market."""

from marketplace.trading.services.listings.deciding import publish_listing, return_listing
from marketplace.trading.services.listings.declaring import SandboxOffer, declare_sandbox
from marketplace.trading.services.listings.drafting import (
    Offer,
    draft_listing,
    revise_listing,
    submit_listing,
)
from marketplace.trading.services.listings.inviting import invite_to_listing, take_invitation_back
from marketplace.trading.services.listings.renewing import (
    approve_renewal,
    renew_listing,
    return_renewal,
)
from marketplace.trading.services.listings.reporting import write_report
from marketplace.trading.services.listings.suspending import (
    resume_listing,
    suspend_broken_listings,
    suspend_listing,
    withdraw_listing,
)

__all__ = [
    "Offer",
    "SandboxOffer",
    "approve_renewal",
    "declare_sandbox",
    "draft_listing",
    "invite_to_listing",
    "publish_listing",
    "renew_listing",
    "resume_listing",
    "return_listing",
    "return_renewal",
    "revise_listing",
    "submit_listing",
    "suspend_broken_listings",
    "suspend_listing",
    "take_invitation_back",
    "withdraw_listing",
    "write_report",
]
