"""How far somebody has to read who wants to know what an order asks and writes."""

from marketplace.trading.orders.negotiation.services import place_order
from tests.followed import follow
from tests.given import trading
from tests.given.world import World


def test_who_reads_how_an_order_is_placed_passes_few_files(world: World) -> None:
    listing, buyer = trading.published(world), world.actor("buyer")
    with follow(place_order) as way:
        place_order(listing.pk, purpose="Pricing.", request_key="k", by=buyer)
    told = "\n".join(way.steps)
    assert way.steps[0] == "trading/orders/negotiation/services.py"
    assert "trading/listings/gate/refusals.py" in way.files
    assert len(way.files) <= 12, told
    assert way.returns <= 3, told
