"""Idempotency-Key: requests sent again and cut off at random have each effect once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest

from marketplace.catalog.dataset.models import Dataset
from marketplace.ledger.models import Entry
from marketplace.trading.orders.order.models import Order
from tests.campaigns.client import LOST, Ask, Told
from tests.campaigns.clients import Clients
from tests.campaigns.serving import Site
from tests.catalog.doors import DESCRIBED
from tests.given import trading as given
from tests.given.world import World

pytestmark = [pytest.mark.postgres]
PROCESSES, MOST_SENDS, CUT = 8, 5, 0.2
KEYS = [pytest.param(40, id="short"), pytest.param(5000, marks=pytest.mark.campaign, id="long")]
SAMPLE = 10
"""Keys that are tried once more, with another body."""


def wanted(number: int, listing: UUID, site: Site) -> Ask:
    """Return the request of a key: every other one orders, the others register data."""
    key = f"key-{number}"
    if number % 2:
        return Ask(
            f"/api/v1/market/{listing}/place-order/",
            data={"purpose": "Pricing.", "request_key": key},
            token=site.tokens["buyer"],
            key=key,
        )
    data: dict[str, Any] = {**DESCRIBED, "title": f"Invented data {number}"}
    return Ask("/api/v1/datasets/register/", data=data, token=site.tokens["officer"], key=key)


def sends(requests: list[Ask], chance: Random) -> list[list[Ask]]:
    """Deal each request one to five times to the processes, a fifth of them cut off.

    The last of each is sent whole, after all the others: whoever means it tries until it is told.
    """
    dealt: list[list[Ask]] = [[] for _process in range(PROCESSES)]
    for request in requests:
        for _again in range(chance.randrange(MOST_SENDS)):
            cut = chance.choice(("middle", "end")) if chance.random() < 1.5 * CUT else ""
            dealt[chance.randrange(PROCESSES)].append(replace(request, cut=cut))
    for number, request in enumerate(requests):
        dealt[number % PROCESSES].append(request)
    return dealt


@pytest.mark.parametrize("keys", KEYS)
def test_effects_equal_keys(
    keys: int,
    serve: Callable[..., Site],
    clients: Callable[[Site, int], Clients],
    record_property: Callable[[str, object], None],
    chance: Random,
) -> None:
    """As many orders and datasets as keys, one fact each, and one answer a key."""
    listing, site = given.published(World()).pk, serve()
    datasets = Dataset.objects.count()
    requests = [wanted(number, listing, site) for number in range(keys)]
    dealt = sends(requests, chance)
    told = clients(site, PROCESSES).share(dealt)
    answers: dict[str, list[Told]] = {}
    for request, answer in zip(flat(dealt), flat(told), strict=True):
        if answer.status != LOST and not is_in_use(answer):
            answers.setdefault(request.key, []).append(answer)
    for request in requests:
        # Its last one met an earlier one under way: whoever means it sends it once more.
        if request.key not in answers:
            answers[request.key] = [site.ask(request)]
    record_property("keys", keys)
    record_property("requests", len(flat(dealt)))
    record_property("cut off", sum(bool(request.cut) for request in flat(dealt)))
    assert len(answers) == keys
    assert {answer.status for each in answers.values() for answer in each} == {201}
    assert {len({str(answer.body["id"]) for answer in each}) for each in answers.values()} == {1}
    assert Order.objects.count() == keys // 2
    assert Dataset.objects.count() - datasets == keys - keys // 2
    assert Entry.objects.filter(kind="trading.order_placed").count() == keys // 2
    registered = Entry.objects.filter(kind="catalog.dataset_registered").count()
    assert registered == Dataset.objects.count()
    for request in chance.sample(requests, SAMPLE):
        name = "title" if "title" in request.data else "purpose"
        other = {**request.data, name: "Another."}
        refused = site.ask(replace(request, data=other))
        assert (refused.status, refused.body["code"]) == (422, "idempotency-key-reused")
    assert Order.objects.count() == keys // 2


def is_in_use(answer: Told) -> bool:
    """Return whether the first request under the key was not answered yet."""
    return answer.status == 409 and answer.body["code"] == "idempotency-key-in-use"


def flat(lists: list[list[Any]]) -> list[Any]:
    """Return what is in the lists, one list after the other."""
    return [each for one in lists for each in one]
