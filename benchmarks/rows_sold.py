"""Sell a table by rows, with a key to it. Imports models, so that it is loaded after settings."""

import io
from datetime import date, timedelta
from typing import Any

from marketplace.delivery.grant.services import advance_grant, issue_grant
from marketplace.delivery.use.services import IssuedKey
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Free
from marketplace.trading.listings.product.services import declare_key
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from tests.given import trading
from tests.given.catalog import approved_dataset
from tests.given.delivery import granted, keyed
from tests.given.feeds import advanced
from tests.given.world import World, build_world

LINES, DAYS = 100, 365


def sold(rows: int) -> IssuedKey:
    """Return the key to a grant of so many rows."""
    build_world()
    listing = _published(rows)
    world = World()
    return keyed(world, grant=granted(world, trading.paid(world, trading.placed(world, listing))))


def followed(rows: int) -> IssuedKey:
    """Return the key to a grant that was given so many rows, and then a later revision of them.

    Of three rows one has another value there, by the key of the product; one in a hundred is gone,
    and as many are new.
    """
    build_world()
    world = World()
    listing = _published(rows, plan=Free())
    declare_key(listing.product_id, columns=["number"], by=world.actor("officer"))
    order = trading.signed(world, trading.placed(world, listing))
    grant = issue_grant(order.pk, by=trading.SYSTEM)
    advanced(world, listing, table=_table(rows, is_later=True))
    advance_grant(grant.pk, by=trading.SYSTEM)
    return keyed(world, grant=grant)


def _published(rows: int, **offer: Any) -> Listing:
    world = World()
    version = trading.masked(world, approved_dataset(world, table=_table(rows)))
    trading.valued(world, version)
    listing = trading.drafted(world, version, delivery_mode="api", **offer)
    submit_listing(listing.pk, by=world.actor("officer"))
    return publish_listing(
        listing.pk, checklist=trading.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )


def _table(rows: int, *, is_later: bool = False) -> str:
    text = io.StringIO()
    text.write("number,day,line,boardings,delay_minutes,depot,weather\n")
    first = date(2026, 1, 1)
    for number in range(rows // 100 if is_later else 0, rows + (rows // 100 if is_later else 0)):
        day = first + timedelta(days=number % DAYS)
        more = 1 if is_later and number % 3 == 0 else 0
        text.write(
            f"{number},{day},{number % LINES},{500 + number * 7919 % 4000 + more},"
            f"{number % 90 / 4},D{number % 12},{('dry', 'rain', 'fog')[number % 3]}\n"
        )
    return text.getvalue()
