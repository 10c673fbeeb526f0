"""What an operation reads of its query stands in its description, and nothing else is taken."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.urls import Resolver404, resolve, reverse

from marketplace.accounts.session.api import CheckSender
from marketplace.delivery.sharing import api as sharing
from marketplace.trading.listings.market.forms import MarketForm
from marketplace.web.api import ListView
from marketplace.web.openapi import OpenApiView
from marketplace.web.parameters import DeclaredView, names_of
from tests.conftest import ApiClients
from tests.given import described
from tests.given import trading as given
from tests.given.access import views_by_route
from tests.given.world import World

NO_OPERATIONS = {CheckSender, OpenApiView}
"""Whom the proxy asks, and the description itself."""
UNKNOWN = "xqzj"
SAMPLES = {"uuid": str(UUID(int=0)), "integer": "2026"}


def read_operations() -> Iterator[tuple[str, dict[str, Any], type[DeclaredView]]]:
    """Yield an address of each operation that reads, what is said of it, and its view."""
    for path, methods in described.description()["paths"].items():
        if "get" not in methods:
            continue
        operation = methods["get"]
        places = {
            one["name"]: SAMPLES.get(one["schema"].get("format", one["schema"]["type"]), "x")
            for one in operation.get("parameters", ())
            if one["in"] == "path"
        }
        address = path.format(**places)
        try:
            view = vars(resolve(address).func)["cls"]
        except Resolver404:
            view = vars(resolve(address.rstrip("/")).func)["cls"]
        yield address, operation, view


def asked_of(operation: dict[str, Any]) -> set[str]:
    """Return the parameters of the query that an operation declares."""
    return {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}


def test_each_view_of_the_api_declares_what_it_reads() -> None:
    """By one base, which lets nothing else reach the view."""
    views = [vars(view)["cls"] for view in views_by_route().values() if "cls" in vars(view)]
    assert {one for one in views if not issubclass(one, DeclaredView)} == NO_OPERATIONS


def test_the_description_names_every_parameter_that_is_read() -> None:
    """Filters, the fields of a form, and where a page begins and ends."""
    lists = 0
    for _address, operation, view in read_operations():
        assert asked_of(operation) == set(view.names()), operation["operationId"]
        if issubclass(view, ListView):
            lists += 1
            own = set(view.filters.base_filters) if view.filters else set()
            assert own | {"cursor", "page_size"} <= asked_of(operation)
    assert lists > 50
    market = described.operations()["GET", "/api/v1/market/"]
    assert set(MarketForm.base_fields) <= asked_of(market)
    (theme,) = (one for one in market["parameters"] if one["name"] == "theme")
    assert "transport" in str(theme["schema"]) or theme["schema"]["enum"]


def test_an_operation_refuses_what_it_does_not_read(api_of: ApiClients) -> None:
    """And names the nearest that there is; a wrong address is refused as wrong only after that."""
    client, refused, near = api_of("officer"), 0, 0
    for address, operation, view in read_operations():
        if not view.refuses_unknown:
            assert operation["operationId"].startswith("sharing_")
            continue
        answer = client.get(address, {UNKNOWN: "1"})
        if answer.status_code in (401, 403):
            # Opened by the key of a grant alone, or to another role; read below.
            continue
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (400, "unknown-parameter"), address
        assert UNKNOWN in problem["detail"]
        refused += 1
        for name in sorted(asked_of(operation), key=len)[-1:]:
            detail = client.get(address, {f"{name}x": "1"}).json()["detail"]
            assert f"Did you mean {name}?" in detail, detail
            near += 1
    assert refused > 150
    assert near > 60


def test_an_act_refuses_it_too(api_of: ApiClients, world: World) -> None:
    """An act reads its body."""
    order = given.placed(world)
    address = reverse("api_cancel_order", args=[order.pk])
    answer = api_of("buyer").post(f"{address}?reason=changed", {"reason": "Changed."})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown-parameter")
    assert "takes none" in answer.json()["detail"]
    order.refresh_from_db()
    assert order.state == "placed"


def test_a_protocol_declares_what_it_reads() -> None:
    """Its clients may send more, which is ignored; so its module is read for what it asks for."""
    views = [
        one
        for one in vars(sharing).values()
        if isinstance(one, type) and issubclass(one, DeclaredView)
    ]
    declared = {name for view in views for name in names_of(view.declared())}
    path = sharing.__file__
    assert path is not None
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    read = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "get"
        and re.search(r"asked|query_params", ast.unparse(call.func.value))
        and isinstance(call.args[0], ast.Constant)
    }
    assert {"startingVersion", "timestamp"} <= read <= declared


@pytest.mark.parametrize("size", ["x", "-1", "0", "", "1.5", "201", "9" * 5000])
def test_a_page_has_a_size_that_there_is(size: str, api_of: ApiClients) -> None:
    """From one row to two hundred; it is in no case taken for another."""
    for name in ("api_list_orders", "api_search_market", "api_list_ledger_entries"):
        answer = api_of("officer").get(reverse(name), {"page_size": size})
        assert answer.status_code == 422, name
        assert set(answer.json()["errors"]) == {"page_size"}
    answer = api_of("officer").get(reverse("api_list_orders"), {"page_size": "200"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "asked", [{"theme": "lost"}, {"price_from": "dear"}, {"order": "oldest"}, {"q": "x" * 101}]
)
def test_the_market_refuses_a_value_that_there_is_not(
    asked: dict[str, str], api_of: ApiClients
) -> None:
    """To a program; the page leaves it out."""
    answer = api_of("").get(reverse("api_search_market"), asked)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == set(asked)


def test_the_market_is_sorted_as_it_was_asked(world: World, api_of: ApiClients) -> None:
    """Over the edge of a page too, and back."""
    for title in ("Rain", "Buses", "Ferries"):
        given.published(world, title=title)
    asked = {"order": "title", "page_size": "1"}
    address, found, before = reverse("api_search_market"), [], []
    page = api_of("").get(address, asked).json()
    while True:
        found += [row["title"] for row in page["results"]]
        if page["next"] is None:
            break
        page = api_of("").get(page["next"]).json()
    while page["previous"] is not None:
        page = api_of("").get(page["previous"]).json()
        before += [row["title"] for row in page["results"]]
    assert found == ["Buses", "Ferries", "Rain"]
    assert before == ["Ferries", "Buses"]
