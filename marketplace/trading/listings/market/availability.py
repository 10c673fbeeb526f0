"""What nobody can order of a listing, and what orders take of it and leave."""

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import WrongState
from marketplace.trading.listings.budget.promises import refuse_if_sold_out
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.market.selectors import market_standing
from marketplace.trading.listings.sale.models import TakenSale
from marketplace.trading.listings.sale.values import MarketStanding


def refuse_unless_for_sale(listing: Listing) -> None:
    """Refuse an order of what is not for sale today, or is sold.

    Call it with the listing locked.

    Raises:
        WrongState: out of the days of the sale (`not-on-sale`), exclusive and ordered already
            (`exclusive-taken`), all sales taken (`sold-out`), or the budget of the sandbox is
            (`budget-sold`).
    """
    standing = market_standing(listing)
    if standing in (MarketStanding.EARLY, MarketStanding.OVER):
        raise WrongState(
            _("This is not on sale today. See the days of the sale at the offer."),
            code="not-on-sale",
        )
    if standing == MarketStanding.SOLD_OUT:
        raise WrongState(_("All sales of this listing are taken."), code="sold-out")
    if standing == MarketStanding.SPENT:
        refuse_if_sold_out(listing)
    if standing == MarketStanding.TAKEN:
        raise taken()


def taken() -> WrongState:
    """Return the refusal of an exclusive listing that somebody has ordered."""
    return WrongState(
        _("This is sold to one buyer alone, and another order came first."), code="exclusive-taken"
    )


# What orders leave of a listing, each step in the transaction of the act on the order.


def take_sale(listing: Listing, *, order_id: UUID, buyer_id: UUID, number: int | None) -> TakenSale:
    """Take a sale of a listing for an order that is placed.

    Raises:
        IntegrityError: the listing is sold to one buyer alone, or this of its sales is taken.
    """
    return TakenSale.objects.create(
        listing=listing,
        order_id=order_id,
        buyer_id=buyer_id,
        is_exclusive=listing.is_exclusive,
        number=number,
    )


def keep_sale(order_id: UUID, *, is_live: bool, is_completed: bool) -> None:
    """Note whether an order still stands, and whether it is completed."""
    TakenSale.objects.filter(order_id=order_id).update(is_live=is_live, is_completed=is_completed)
