from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor, clock
from marketplace.trading.listings.gate import GateFinding, findings_of, proofs_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ON_MARKET, ListingState
from marketplace.trading.listings.market.selectors import shown_to
from marketplace.trading.listings.sale.models import TakenSale


def listings_visible_to(by: Actor) -> QuerySet[Listing]:
    """Return every listing to the centre's staff, else the published and the actor's own.

    A buyer goes on seeing what they have ordered.
    """
    rows = Listing.objects.select_related("organization", "product")
    if is_centre_staff(by):
        return rows
    public = Q(state=ListingState.PUBLISHED) & shown_to(by)
    if by.organization_id is None:
        return rows.filter(public)
    ordered = TakenSale.objects.filter(buyer_id=by.organization_id).values("listing_id")
    return rows.filter(public | Q(organization_id=by.organization_id) | Q(pk__in=ordered))


def listings_of_sellers(by: Actor) -> QuerySet[Listing]:
    """Return the listings that the actor works on: all to the centre's staff, else their own."""
    rows = Listing.objects.select_related("organization", "product__dataset", "revision")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def listings_to_replace(dataset_id: UUID, by: Actor) -> QuerySet[Listing]:
    """Return the actor's own listings of a dataset whose place a newer one can take."""
    rows = listings_of_sellers(by).filter(product__dataset_id=dataset_id, state__in=ON_MARKET)
    return rows.order_by("-published_at")


def offers_to_copy_of(organization_id: UUID, by: Actor) -> QuerySet[Listing]:
    """Return what an organization has offered, the last first, as far as the actor works on it."""
    rows = listings_of_sellers(by).filter(organization_id=organization_id)
    return rows.exclude(published_at=None).order_by("-published_at")


def successor_of(listing: Listing) -> Listing | None:
    """Return the listing that took a replaced one's place, and has none before it itself."""
    newer = Listing.objects.filter(published_at__isnull=False)
    found: Listing | None = None
    following = newer.filter(replaces=listing, replaces__state=ListingState.SUPERSEDED).first()
    while following is not None:
        found = following
        following = newer.filter(replaces=found).first()
    return found


def listings_with_proofs() -> QuerySet[Listing]:
    """Return what stands in the market with all that the gate asks about, in two queries."""
    return (
        Listing.objects.filter(state=ListingState.PUBLISHED)
        .select_related(
            "organization",
            *("product__dataset", "revision__version__file", "revision__version__parent"),
            *("revision__version__content", "certificate", "risk_report", "appraisal"),
        )
        .prefetch_related("product__dataset__ceilings")
    )


def gate_findings(listing: Listing) -> tuple[GateFinding, ...]:
    """Return what the gate finds at this moment, of the bound proofs or else of the newest."""
    return findings_of(listing, proofs_of(listing), on=clock.today())
