from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.measuring.models import MeasuringTerms


def measuring_of(listing: Listing) -> MeasuringTerms | None:
    """Return how a listing may be measured, where its seller ever said."""
    return MeasuringTerms.objects.filter(listing=listing).first()
