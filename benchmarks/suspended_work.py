"""What the benchmark of suspensions does inside Django, once it is set up."""

import time
from uuid import uuid4

from marketplace.rights.freeze.services import freeze_certificate
from tests.campaigns.client import Ask, ask
from tests.given.gate import certificate_of
from tests.given.origins import certified_three_levels_up
from tests.given.trading import published
from tests.given.world import World

GLANCE = 0.02
"""Seconds between two looks."""
WRONG_STATE = 409


def frozen_right(port: int, tokens: dict[str, str], *, is_above: bool) -> tuple[float, float]:
    """Publish a listing and freeze a right; answer how long it could be bought and was shown.

    The right is the listing's own, or, `is_above`, that of the source three levels up. Each in
    seconds from the end of the act: until an order was refused, as the first one must be, and until
    the listing said that it is suspended.
    """
    world = World()
    listing = published(world)
    right = (
        certified_three_levels_up(world, listing.product.dataset)
        if is_above
        else certificate_of(listing)
    )
    freeze_certificate(right.pk, reason="A court order.", by=world.actor("reviewer"))
    began = time.perf_counter()
    order = {"purpose": "Pricing.", "request_key": uuid4().hex}
    path = f"/api/v1/market/{listing.pk}/place-order/"
    told = ask(port, Ask(path, data=order, token=tokens["buyer"], key=uuid4().hex))
    refused = time.perf_counter() - began
    if told.status != WRONG_STATE:
        raise RuntimeError(f"It could be ordered: {told.status} {told.body}")
    look = Ask(f"/api/v1/listings/{listing.pk}/", "GET", token=tokens["officer"])
    while ask(port, look).body["state"] != "suspended":
        time.sleep(GLANCE)
    return refused, time.perf_counter() - began
