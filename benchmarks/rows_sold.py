"""Sell a table by rows, with a key to it. Imports models, so that it is loaded after settings."""

import io
from datetime import date, timedelta

from marketplace.delivery.use.services import IssuedKey
from marketplace.trading.listings.listing.services import publish_listing, submit_listing
from tests.given import trading
from tests.given.catalog import approved_dataset
from tests.given.delivery import granted, keyed
from tests.given.world import World, build_world

LINES, DAYS = 100, 365


def sold(rows: int) -> IssuedKey:
    """Return the key to a grant of so many rows."""
    build_world()
    world = World()
    text = io.StringIO()
    text.write("day,line,boardings,delay_minutes,depot,weather\n")
    first = date(2026, 1, 1)
    for number in range(rows):
        day = first + timedelta(days=number % DAYS)
        text.write(
            f"{day},{number % LINES},{500 + number * 7919 % 4000},{number % 90 / 4},"
            f"D{number % 12},{('dry', 'rain', 'fog')[number % 3]}\n"
        )
    version = trading.masked(world, approved_dataset(world, table=text.getvalue()))
    trading.valued(world, version)
    listing = trading.drafted(world, version, delivery_mode="api")
    submit_listing(listing.pk, by=world.actor("officer"))
    publish_listing(
        listing.pk, checklist=trading.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )
    return keyed(world, grant=granted(world, trading.paid(world, trading.placed(world, listing))))
