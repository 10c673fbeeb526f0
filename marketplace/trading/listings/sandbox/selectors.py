from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.sandbox.models import Sandbox


def sandbox_of(listing: Listing) -> Sandbox | None:
    return Sandbox.objects.filter(listing=listing).first()
