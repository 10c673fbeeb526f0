"""What is sold to one buyer alone rules out every other offer of its dataset, and is ruled out.

Asked by dataset and not by product or revision: another policy over the same rows, or the same
rows a month later, would take from an exclusive buyer what was paid for.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.core import WrongState, clock
from marketplace.core.locking import lock_name
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ON_MARKET
from marketplace.trading.listings.mode.modes import names_where
from marketplace.trading.listings.sale.models import TakenSale


def sales_in_force(*, dataset_id: UUID) -> QuerySet[TakenSale]:
    """Return the sales of a dataset whose orders stand and whose licences have not run out.

    A right that the register has passed to its buyer is none: who holds it now sells it on.
    """
    rights = names_where(lambda mode: mode.sells_right)
    passed = Q(listing__delivery_mode__in=rights, is_completed=True)
    lasting = Q(licensed_until=None) | Q(licensed_until__gt=clock.now())
    rows = TakenSale.objects.filter(lasting, listing__product__dataset_id=dataset_id, is_live=True)
    return rows.exclude(passed)


def is_ruled_out(listing: Listing) -> bool:
    """Return whether other offers of the same dataset, or their orders, leave this one no place.

    One exclusive offer or licence rules out every other; any offer or licence rules out an
    exclusive one. The listing whose place it takes rules out nothing, but its orders do.
    """
    dataset_id = listing.product.dataset_id
    sales = sales_in_force(dataset_id=dataset_id).exclude(listing=listing)
    offers = Listing.objects.filter(product__dataset_id=dataset_id, state__in=ON_MARKET)
    offers = offers.exclude(pk__in=(listing.pk, listing.replaces_id or listing.pk))
    if not listing.is_exclusive:
        sales = sales.filter(is_exclusive=True)
        offers = offers.filter(terms__is_exclusive=True)
    return sales.exists() or offers.exists()


def refuse_if_ruled_out(listing: Listing) -> None:
    """Refuse to offer or to sell on what another offer of the same dataset rules out.

    Of two that would rule each other out, the second waits here until the first is done.

    Raises:
        WrongState: one of the two is sold to one buyer alone (`exclusive-taken`).
    """
    lock_name(f"offers of dataset {listing.product.dataset_id}", shared=not listing.is_exclusive)
    if not is_ruled_out(listing):
        return
    if listing.is_exclusive:
        sentence = _(
            "An exclusive offer promises to be the only one, and this dataset has other offers on "
            "the market or licences that still last. Withdraw those offers, wait until the "
            "licences have ended, or sell without exclusivity."
        )
    else:
        sentence = _(
            "This dataset is offered or licensed to one buyer alone by another listing, which "
            "rules this one out, whatever policy or version it is of. Withdraw that offer, or wait "
            "until its licence has ended."
        )
    raise WrongState(sentence, code="exclusive-taken")
