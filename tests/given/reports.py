"""Reports on offer and bought, reached by acts."""

from __future__ import annotations

from typing import Any

from marketplace.delivery.grant.models import Grant
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.trading.listings.report.content import ReportContent
from marketplace.trading.listings.report.services import write_report
from tests.given import delivery, trading
from tests.given.shelf import kept
from tests.given.world import World

CARD: dict[str, Any] = {
    "kind": "model-card",
    "title": "Forecast of boardings",
    "summary": "A model that tells tomorrow's boardings of a line.",
    "sections": [
        {
            "heading": "How good it is",
            "text": "Measured on the last month, which it had not seen.",
            "figures": [{"name": "Mean error", "value": "41.5", "unit": "boardings"}],
            "bars": [{"label": "Line 1", "value": "38"}, {"label": "Line 2", "value": "45"}],
        },
        {"heading": "What it must not be used for"},
    ],
}
CONTENT = ReportContent.from_json(CARD)


@kept
def drafted(world: World) -> Listing:
    """Draft a listing to be delivered as a report, which is not written yet."""
    return trading.drafted(world, delivery_mode="report")


@kept
def written(world: World) -> Listing:
    """Draft a listing with its report."""
    listing = drafted(world)
    write_report(listing.pk, content=CONTENT, by=world.actor("officer"))
    return listing


@kept
def published(world: World) -> Listing:
    """Bring a report to the market."""
    listing = submit_listing(written(world).pk, by=world.actor("officer"))
    checklist = trading.LISTING_CHECKLIST
    return publish_listing(listing.pk, checklist=checklist, by=world.actor("second_reviewer"))


@kept
def granted(world: World, listing: Listing | None = None) -> Grant:
    """Open a bought report to its buyer."""
    order = trading.placed(world, listing or published(world))
    return delivery.granted(world, trading.paid(world, order))
