"""Which acts on listings, offers and requests are open to an actor, and why the others are not.

What an act asks beyond right and state, such as a proof that must stand, it says itself.
"""

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Allowed, Rule, rules
from marketplace.trading.listings.income_share.rules import (
    check_propose_income_share,
    check_propose_shapley_shares,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.rules import (
    check_draft_listing,
    check_invite_to_listing,
    check_offer_to_others,
    check_replace_listing,
    check_revise_listing,
    check_take_invitation_back,
)
from marketplace.trading.listings.measuring.rules import check_allow_measuring
from marketplace.trading.listings.publication.rules import (
    check_decide_listing,
    check_resume_listing,
    check_submit_listing,
    check_suspend_listing,
    check_withdraw_listing,
)
from marketplace.trading.listings.renewal.rules import (
    check_approve_renewal,
    check_renew_listing,
    check_return_renewal,
)
from marketplace.trading.listings.report.rules import check_write_report
from marketplace.trading.listings.sandbox.rules import check_declare_sandbox

ACTS_ON_VERSION: Mapping[str, Rule[DatasetVersion]] = MappingProxyType(
    {"draft_listing": check_draft_listing}
)
ACTS_ON_LISTING: Mapping[str, Rule[Listing]] = MappingProxyType(
    {
        "revise_listing": check_revise_listing,
        "declare_sandbox": check_declare_sandbox,
        "write_report": check_write_report,
        "submit_listing": check_submit_listing,
        "publish_listing": check_decide_listing,
        "return_listing": check_decide_listing,
        "suspend_listing": check_suspend_listing,
        "resume_listing": check_resume_listing,
        "withdraw_listing": check_withdraw_listing,
        # A draft of the same version, which `draft_listing` takes with `replaces`.
        "replace_listing": check_replace_listing,
        "offer_to_others": check_offer_to_others,
        "renew_listing": check_renew_listing,
        "approve_renewal": check_approve_renewal,
        "return_renewal": check_return_renewal,
        "invite_to_listing": check_invite_to_listing,
        "take_invitation_back": check_take_invitation_back,
        "propose_income_share": check_propose_income_share,
        "propose_shapley_shares": check_propose_shapley_shares,
        "allow_measuring": check_allow_measuring,
    }
)


def acts_on_version(version: DatasetVersion, by: Actor) -> Allowed:
    """Return which acts on a version begin a listing of it."""
    return rules.allowed(ACTS_ON_VERSION, version, by)


def acts_on_listing(listing: Listing, by: Actor) -> Allowed:
    """Return which acts on a listing are open to those who sell it and who decide on it."""
    return rules.allowed(ACTS_ON_LISTING, listing, by)
