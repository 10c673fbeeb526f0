"""Read what stands in the market, for whom, and whether it can be ordered."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex, Upper
from django.db.models.lookups import GreaterThan

from marketplace.core import Actor, clock
from marketplace.trading.listings.budget.promises import is_sold_out
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.rights import sells_right
from marketplace.trading.listings.listing.selectors import shown_to
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.listing.texts import NAMES, ON_CARD
from marketplace.trading.listings.sale.models import TakenSale
from marketplace.trading.listings.sale.values import MarketStanding
from marketplace.web.pagination import CappedPages

# Find a part of a text, by looking it up in an index or by reading the texts.
#
# PostgreSQL knows the texts of the market by their trigrams, which find a part of three characters
# and more. Most Chinese words have two, and are found by the letters that a text must have. An
# index only narrows what is looked through: what is found is the same with and without it.
#
# An index answers what fits in no order. Where much fits it is quicker to read in the order that is
# asked for until a page is full, and PostgreSQL cannot tell: it takes letters and words for
# independent of each other, and expects too few. So whoever asks says which of the two is meant.

TRIGRAM = 3


class HasLetters(Func):
    """Tell whether a text has each letter of another one, wherever they stand."""

    template = "string_to_array(%(expressions)s, NULL)"
    arg_joiner = ", NULL) @> string_to_array("
    output_field = BooleanField()


def has_indexes() -> bool:
    """Return whether the database can look up parts of texts."""
    return connection.vendor == "postgresql"


def text_holds(word: str, *, looked_up: bool = False) -> Q:
    """Return the condition that the text of a listing holds a casefolded word."""
    if looked_up and len(word) >= TRIGRAM:
        return Q(search_text__contains=word)
    return _holds(F("search_text"), Value(word), looked_up=looked_up)


def region_holds(part: str, *, looked_up: bool = False) -> Q:
    """Return the condition that the region of a listing holds a part, in either case."""
    return _holds(Upper("region"), Upper(Value(part)), looked_up=looked_up)


def _holds(text: Combinable, part: Combinable, *, looked_up: bool) -> Q:
    # Not by LIKE, which the index of trigrams would be asked for, and it has none of a short part;
    # and first, since PostgreSQL may read all the same, and taking a text to letters is dear.
    read = Q(GreaterThan(StrIndex(text, part), 0))
    return read & Q(HasLetters(text, part)) if looked_up else read


@dataclass(frozen=True, kw_only=True)
class MarketQuery:
    """What somebody looks for; empty parts ask nothing. Prices are in the centre's currency."""

    text: str = ""
    theme: str = ""
    asset_kind: str = ""
    region: str = ""
    seller: str = ""
    plan: str = ""
    delivery_mode: str = ""
    exclusive: str = ""
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    order: str = "newest"


MARKET_ORDER = {
    "newest": ("-published_at", "-pk"),
    "cheapest": ("price", "-pk"),
    "dearest": ("-price", "-pk"),
    "title": ("title", "-pk"),
}

SHOWN = (
    *(*NAMES, "plan", "price", "currency", "quota", "on_sale_from", "on_sale_until"),
    *("sheet", "sheet_digest", "published_at", "created_at"),
)
"""What is read of an offer that is found: its sheet says the rest."""


def listings_off_market(by: Actor) -> QuerySet[Listing]:
    """Return what the actor would see in the market, were it not suspended or replaced."""
    states = (ListingState.PUBLISHED, ListingState.SUSPENDED, ListingState.SUPERSEDED)
    return Listing.objects.filter(shown_to(by), state__in=states)


@dataclass(frozen=True)
class Found:
    """What fits a question, in its order; `count` is how many up to the most, None if not counted.

    Where many fit, the rows are read in their order until there are enough, and else looked up.
    """

    rows: QuerySet[Listing]
    count: int | None = None


def search_listings(wanted: MarketQuery, *, by: Actor) -> Found:
    """Find those published listings that the actor sees and that fit, by their frozen sheets."""
    order = MARKET_ORDER.get(wanted.order, MARKET_ORDER["newest"])
    rows = _narrowed(wanted, by).select_related(None).only(*SHOWN).order_by(*order)
    words, region = wanted.text.casefold().split(), wanted.region

    def fitting(*, looked_up: bool) -> QuerySet[Listing]:
        held = [text_holds(word, looked_up=looked_up) for word in words]
        if region:
            held.append(region_holds(region, looked_up=looked_up))
        return rows.filter(*held)

    if not (words or region) or not has_indexes():
        return Found(fitting(looked_up=False))
    looked_up = fitting(looked_up=True)
    count = CappedPages.counted(looked_up)
    return Found(looked_up if count < CappedPages.most else fitting(looked_up=False), count)


def _narrowed(wanted: MarketQuery, by: Actor) -> QuerySet[Listing]:
    rows = published_listings(by)
    if wanted.theme:
        rows = rows.filter(theme=wanted.theme)
    if wanted.asset_kind:
        rows = rows.filter(asset_kind=wanted.asset_kind)
    if wanted.seller:
        rows = rows.filter(organization__name__icontains=wanted.seller)
    if wanted.plan:
        rows = rows.filter(plan__kind=wanted.plan)
    if wanted.delivery_mode:
        rows = rows.filter(delivery_mode=wanted.delivery_mode)
    if wanted.exclusive:
        rows = rows.filter(terms__is_exclusive=wanted.exclusive == "yes")
    if wanted.price_from is not None:
        rows = rows.filter(price__gte=wanted.price_from)
    if wanted.price_to is not None:
        rows = rows.filter(price__lte=wanted.price_to)
    return rows


BRIEF = (*ON_CARD, "plan", "price", "currency")
"""What is read of an offer that another one leads to; its sheet is not."""
BESIDE = 20
RELATED = 3


def offers_beside(listing: Listing, by: Actor) -> list[Listing]:
    """Return the other offers of the same product that stand in the market, cheapest first."""
    rows = published_listings(by).filter(product_id=listing.product_id).exclude(pk=listing.pk)
    return list(rows.select_related(None).only(*BRIEF, "delivery_mode").order_by("price")[:BESIDE])


def related_listings(listing: Listing, by: Actor) -> list[Listing]:
    """Return offers of other data of the same theme: of its seller first, then the newest."""
    rows = published_listings(by).filter(theme=listing.theme)
    rows = rows.exclude(product__dataset_id=listing.product.dataset_id)
    rows = rows.select_related(None).select_related("organization")
    is_sellers = Q(organization_id=listing.organization_id)
    order = (Case(When(is_sellers, then=0), default=1), "-published_at")
    return list(rows.only(*BRIEF, "organization__name").order_by(*order)[:RELATED])


def sales_of(listing: Listing) -> dict[str, int]:
    """Return how many orders of a product were completed, and by how many buyers of each kind."""
    sales = TakenSale.objects.filter(listing__product_id=listing.product_id, is_completed=True)
    buyers = sales.values_list("buyer__kind").annotate(Count("buyer", distinct=True))
    return {"sales": sales.count(), **dict(buyers.order_by())}


def own_published_listings(by: Actor) -> QuerySet[Listing]:
    """Return what the actor's organization has on the market."""
    rows = published_listings(by).order_by("title")
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def is_taken(listing: Listing) -> bool:
    """Return whether an exclusive listing has its one buyer.

    A right is taken while any listing of its data is sold with it, until the register has passed
    it: the next holder may sell it on.
    """
    sales = TakenSale.objects.filter(is_exclusive=True, is_live=True)
    is_taken = Q(listing=listing)
    if sells_right(listing):
        is_taken |= Q(
            listing__product__dataset_id=listing.product.dataset_id,
            listing__organization_id=listing.organization_id,
            listing__delivery_mode=listing.delivery_mode,
            is_completed=False,
        )
    return sales.filter(is_taken).exists()


def free_sale_number(listing: Listing) -> int | None:
    """Return which sale of a listing with a quota is free, None when all are taken.

    Call it with the listing locked.
    """
    assert listing.quota is not None
    live = TakenSale.objects.filter(listing=listing, is_live=True)
    taken = set(live.values_list("number", flat=True))
    return next((number for number in range(1, listing.quota + 1) if number not in taken), None)


def market_standing(listing: Listing) -> MarketStanding:
    """Return whether a published listing can be ordered today."""
    today = clock.today()
    if listing.on_sale_from and today < listing.on_sale_from:
        return MarketStanding.EARLY
    if listing.on_sale_until and today > listing.on_sale_until:
        return MarketStanding.OVER
    if listing.is_exclusive and is_taken(listing):
        return MarketStanding.TAKEN
    if listing.quota is not None and free_sale_number(listing) is None:
        return MarketStanding.SOLD_OUT
    if listing.delivery.needs_sandbox and is_sold_out(listing):
        return MarketStanding.SPENT
    return MarketStanding.OPEN
