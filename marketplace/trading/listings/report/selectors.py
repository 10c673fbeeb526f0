from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.report.models import ListingReport


def report_of_listing(listing: Listing) -> ListingReport | None:
    return ListingReport.objects.filter(listing=listing).first()
