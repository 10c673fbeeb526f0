"""A freeze three levels up is felt at every door of what was made from it, before any loop runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from marketplace.delivery.grant.models import Grant
from marketplace.delivery.use.services import IssuedKey
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.freeze.services import freeze_certificate, unfreeze_certificate
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Free
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.delivery.conftest import sent
from tests.delivery.test_sharing import ask as ask_share
from tests.delivery.test_sharing import file_of
from tests.given import delivery, feeds, origins, sandboxes
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.state import changed_tables, kept_rows
from tests.given.world import World

ARROW = "application/vnd.apache.arrow.stream"
WHY = "It is claimed by somebody else."
Door = Callable[[], Any]


@dataclass(frozen=True)
class Buyer:
    """A buyer with everything that opens the doors of one grant."""

    page_of: PageClients
    api_of: ApiClients
    grant: Grant
    issued: IssuedKey | None = None

    def doors(self) -> dict[str, Door]:
        """Return every door of the grant's way of delivery by name, and the market's."""
        by_mode: dict[str, Callable[[], dict[str, Door]]] = {
            "file": self._of_a_file,
            "api": self._of_rows,
            "sharing": self._of_a_share,
            "sandbox": self._of_a_sandbox,
        }
        return {"order": self._order, "order as a program": self._order_by_api} | by_mode[
            self.grant.mode
        ]()

    def _order(self) -> Any:
        address = reverse("order_place", args=[self.grant.listing_id])
        sent_form = {"purpose": given.PURPOSE, "request_key": str(uuid4())}
        return self.page_of("stranger").post(address, sent_form)

    def _order_by_api(self) -> Any:
        address = reverse("api_place_order", args=[self.grant.listing_id])
        data = {"purpose": given.PURPOSE, "request_key": str(uuid4())}
        return self.api_of("stranger").post(address, data)

    def _of_a_file(self) -> dict[str, Door]:
        def opened(client: Any, name: str, **headers: str) -> Door:
            return lambda: client("buyer").get(reverse(name, args=[self.grant.pk]), headers=headers)

        return {
            "page": opened(self.page_of, "grant_download"),
            "program": opened(self.api_of, "api_open_download"),
            "range": opened(self.api_of, "api_open_download", Range="bytes=0-1"),
            "codebook": opened(self.api_of, "api_get_codebook"),
        }

    def _of_rows(self) -> dict[str, Door]:
        assert self.issued is not None
        issued = self.issued

        def changes(accept: str) -> Any:
            address = reverse("api_get_grant_changes", args=[self.grant.pk])
            headers = {"Authorization": f"Bearer {issued.secret}", "Accept": accept}
            return APIClient().get(address, headers=headers)

        return {
            "rows": lambda: delivery.rows_of(issued),
            "rows as Arrow": lambda: delivery.rows_of(issued, accept=ARROW),
            "an earlier revision": lambda: delivery.rows_of(issued, as_of=1),
            "changes": lambda: changes("*/*"),
            "changes as Arrow": lambda: changes(ARROW),
        }

    def _of_a_share(self) -> dict[str, Door]:
        assert self.issued is not None
        issued, url = self.issued, file_of(self.issued)["url"]
        since = {"startingVersion": 0}
        return {
            "query": lambda: ask_share(issued, "sharing_table_query", method="post", data={}),
            "change data feed": lambda: ask_share(issued, "sharing_table_changes", data=since),
            "an address that was given before": lambda: Client().get(url),
        }

    def _of_a_sandbox(self) -> dict[str, Door]:
        address = reverse("api_ask_question", args=[self.grant.pk])
        question = {"figure": "count", "epsilon": "0.1"}
        return {"question": lambda: self.api_of("buyer").post(address, question)}


def bought(world: World, mode: str, page_of: PageClients, api_of: ApiClients) -> Buyer:
    """Let somebody follow data in a way of delivery."""
    if mode == "sandbox":
        return Buyer(page_of, api_of, sandboxes.granted(world))
    grant = feeds.followed(world, mode, plan=Free())
    issued = delivery.keyed(world, grant=grant) if mode != "file" else None
    return Buyer(page_of, api_of, grant, issued)


def frozen_above(world: World, grant: Grant) -> Certificate:
    """Return the right to what was made from what the data was made from; it may be frozen."""
    return origins.certified_three_levels_up(world, grant.order.listing.product.dataset)


@pytest.mark.parametrize("mode", ["file", "api", "sharing", "sandbox"])
def test_every_door_is_shut_at_once_and_opens_again(
    mode: str, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """From the commit of the freeze to the commit of its end, whatever the loop does."""
    buyer = bought(world, mode, page_of, api_of)
    source = frozen_above(world, buyer.grant)
    catch_up()
    doors = buyer.doors()
    reads = {name: door for name, door in doors.items() if not name.startswith("order")}
    for name, door in reads.items():
        assert door().status_code < 300, name
    freeze_certificate(source.pk, reason=WHY, by=world.actor("reviewer"))
    assert Listing.objects.get(pk=buyer.grant.listing_id).state == "published", "nothing ran yet"
    before = kept_rows()
    for name, door in doors.items():
        answer = door()
        assert answer.status_code == 409, (name, answer.status_code)
        if answer["Content-Type"] == "application/problem+json":
            assert answer.json()["code"] == "upstream-frozen", name
    assert changed_tables(before) == []
    catch_up()
    assert Listing.objects.get(pk=buyer.grant.listing_id).state == "suspended"
    for name, door in reads.items():
        assert door().status_code == 409, name
    orders = Order.objects.count()
    unfreeze_certificate(source.pk, by=world.actor("reviewer"))
    for name, door in reads.items():
        answer = door()
        assert answer.status_code < 300, f"{name} opens with the act itself"
        if answer.streaming:
            sent(answer)
    catch_up()
    assert Listing.objects.get(pk=buyer.grant.listing_id).state == "published"
    assert buyer.doors()["order as a program"]().status_code == 201
    assert Order.objects.count() == orders + 1
