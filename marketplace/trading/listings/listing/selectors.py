from uuid import UUID

from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from marketplace.accounts.models import Organization
from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.trading.listings.listing.models import Listing, ListingInvitation
from marketplace.trading.listings.listing.states import ON_MARKET, ListingState
from marketplace.trading.listings.sale.models import TakenSale
from marketplace.trading.listings.sale.values import Visibility


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


def shown_to(by: Actor) -> Q:
    """Return the condition under which a published listing is shown to the actor, in SQL.

    Its seller and the centre's staff see each; else it is for everybody, for organizations of the
    actor's kind, or for the actor's organization by invitation.
    """
    if is_centre_staff(by):
        return Q()
    shown = Q(visibility=Visibility.PUBLIC)
    if by.organization_id is None:
        return shown
    kind = Organization.objects.filter(pk=by.organization_id).values("kind")
    invited = ListingInvitation.objects.filter(organization_id=by.organization_id)
    return (
        shown
        | Q(organization_id=by.organization_id)
        | Q(
            visibility=Visibility.KINDS,
            visible_kinds__contains=Concat(Value(","), Subquery(kind), Value(",")),
        )
        | Q(visibility=Visibility.INVITED, pk__in=invited.values("listing_id"))
    )


def is_shown_to(listing: Listing, by: Actor) -> bool:
    """Return whether a listing is for the actor's organization, as `shown_to` does in SQL."""
    if listing.visibility == Visibility.PUBLIC:
        return True
    return Listing.objects.filter(shown_to(by), pk=listing.pk).exists()


def invited_codes(listing: Listing) -> list[str]:
    """Return the unified social credit codes of the organizations that are invited."""
    return list(guests_of(listing).values_list("organization__uscc", flat=True))


def guests_of(listing: Listing) -> QuerySet[ListingInvitation]:
    """Return the invitations to a listing with their organizations, by name."""
    return listing.invitations.select_related("organization").order_by("organization__name")
