"""Read which offers are behind, and what an offer was before it moved on."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.core import Actor, NotFound, clock
from marketplace.preparation.release.selectors import run_that_made
from marketplace.preparation.report.states import ReportState
from marketplace.trading.listings.listing.models import Listing, Suspension
from marketplace.trading.listings.listing.states import OFF_MARKET, ON_MARKET
from marketplace.trading.listings.mode.modes import names_where
from marketplace.trading.listings.product.identity import digest_of
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.selectors import products_visible_to
from marketplace.trading.listings.sale.models import TakenSale


def offers_behind(product: Product, number: int) -> QuerySet[Listing]:
    """Return the offers of a product that are to move on to a revision.

    Those on the market, unless the centre suspended them; and those that left it while somebody
    still has a licence of theirs, and may be one who gets each later revision.
    """
    lasting = Q(licensed_until=None) | Q(licensed_until__gt=clock.now())
    licensed = TakenSale.objects.filter(lasting, listing=OuterRef("pk"), is_live=True)
    on_market = Q(state__in=ON_MARKET) & ~Q(suspension=Suspension.CENTRE)
    off_market = Q(state__in=OFF_MARKET, published_at__isnull=False) & Exists(licensed)
    rows = Listing.objects.filter(product=product, revision__number__lt=number)
    following = names_where(lambda mode: mode.follows)
    return rows.filter(on_market | off_market, delivery_mode__in=following)


def product_of(version: DatasetVersion) -> Product | None:
    """Return the product of which a desensitized version is, or would be, a revision."""
    try:
        followed = run_that_made(version).followed
    except NotFound:
        return None
    rows = Product.objects.filter(dataset_id=version.dataset_id, policy_sha256=digest_of(followed))
    return rows.first()


def newest_offered(product: Product) -> int:
    """Return the number of the newest version that was on the market by this product; 0 of none."""
    newest = product.revisions.filter(live_at__isnull=False).order_by("-version__number").first()
    return newest.version.number if newest else 0


def versions_to_advance(dataset_id: UUID, by: Actor) -> list[tuple[Product, DatasetVersion]]:
    """Return each later version of a dataset whose product has offers, with that product."""
    found = []
    products = {one.pk: one for one in products_visible_to(by).filter(dataset_id=dataset_id)}
    versions = DatasetVersion.objects.filter(
        dataset_id=dataset_id,
        kind=VersionKind.MASKED,
        risk_reports__state=ReportState.IN_FORCE,
        number__gt=min(map(newest_offered, products.values()), default=0),
    )
    for version in versions.distinct().order_by("number"):
        product = product_of(version)
        if product is None or product.pk not in products:
            continue
        if version.number > newest_offered(product) > 0:
            found.append((products[product.pk], version))
    return found
