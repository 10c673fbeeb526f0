"""The admin as a tool: rows are found by their numbers, and lead down, up, and to the site."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import reverse

from marketplace.core.numbers import number_of
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from marketplace.web.admin import GROUPS, CentreAdminSite, ReadOnlyAdmin
from tests.conftest import PageClients
from tests.given import trading as given
from tests.given.world import World

READABLE = [model for model, own in admin.site._registry.items() if isinstance(own, ReadOnlyAdmin)]


def address(model: str, what: str, *args: object) -> str:
    """Return an address of the admin."""
    return reverse(f"admin:{model}_{what}", args=args)


@pytest.mark.parametrize(
    ("model", "prefix"),
    [("orders_order", "ORD"), ("orders_charge", "ORD"), ("orders_contract", "CON")],
)
def test_rows_are_found_by_what_people_call_them(
    model: str, prefix: str, world: World, page_of: PageClients
) -> None:
    """By their own number or that of what they belong to; another number finds none."""
    order = given.signed(world)
    given.signed(world, given.placed(world, order.listing))
    thing = order if prefix == "ORD" else Contract.objects.get(order=order)
    client = page_of("administrator")
    found = client.get(address(model, "changelist"), {"q": thing.number.lower().replace("-", " ")})
    assert found.context["cl"].result_count == 1
    other = number_of(prefix, world.person("stranger").pk)
    assert client.get(address(model, "changelist"), {"q": other}).context["cl"].result_count == 0


def test_an_id_and_a_word_that_nothing_has(world: World, page_of: PageClients) -> None:
    """A list without words of its own is searched by ids, and finds nothing by a word."""
    order = given.placed(world)
    client, rows = page_of("administrator"), address("orders_order", "changelist")
    assert client.get(rows, {"q": str(order.pk)}).context["cl"].result_count == 1
    for nothing in ("boardings", "ORD-UUUUU-UUUUU", "0" * 500, "%"):
        assert client.get(rows, {"q": nothing}).context["cl"].result_count == 0, nothing


def test_a_row_leads_down_up_and_to_the_site(world: World, page_of: PageClients) -> None:
    """An order to its charges, invoices and contract, each list of which opens; and to its page."""
    order = given.signed(world)
    client = page_of("administrator")
    page = client.get(address("orders_order", "change", order.pk))
    below = {one.url.split("?")[0]: one for one in page.context["below"]}
    for model in ("orders_charge", "orders_invoice", "orders_contract"):
        one = below[address(model, "changelist")]
        assert client.get(one.url).context["cl"].result_count == one.number
    html = page.content.decode()
    assert f'href="{reverse("order_detail", args=[order.pk])}"' in html
    charge = client.get(address("orders_charge", "change", order.charges.get().pk))
    assert f'href="{address("orders_order", "change", order.pk)}"' in charge.content.decode()


def test_history_is_the_ledger(world: World, page_of: PageClients) -> None:
    """Each entry with its proof, and who it was; of a row that is not there, nothing."""
    order = given.placed(world)
    client = page_of("administrator")
    page = client.get(address("orders_order", "history", order.pk)).content.decode()
    assert "Order placed" in page
    assert "/ledger/entries/" in page
    assert "Example Insurance" in page
    nobody = client.get(address("orders_order", "history", world.person("buyer").pk))
    assert nobody.status_code in (302, 404)
    charge = client.get(
        address("orders_charge", "history", given.signed(world, order).charges.get().pk)
    )
    assert "The ledger holds nothing of this row by itself" in charge.content.decode()


def test_the_front_page_is_laid_out_and_linked(world: World, page_of: PageClients) -> None:
    """Every table stands in one group, and administrators alone are led there."""
    client = page_of("administrator")
    page = client.get(reverse("admin:index"))
    groups = page.context["app_list"]
    labels = [str(group["name"]) for group in groups]
    assert labels[: len(GROUPS)] == [str(name) for name, _apps in GROUPS]
    shown = [model["object_name"] for group in groups for model in group["models"]]
    assert sorted(shown) == sorted(model.__name__ for model in READABLE)
    index = reverse("admin:index")
    assert f'href="{index}"' in client.get(reverse("desk")).content.decode()
    assert f'href="{index}"' not in page_of("reviewer").get(reverse("desk")).content.decode()


def test_every_row_page_opens(world: World, page_of: PageClients) -> None:
    """Of each table that a trade fills, row, history and search."""
    given.completed(world)
    client = page_of("administrator")
    opened = 0
    for model in READABLE:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.first()
        listed = client.get(address(name, "changelist"), {"q": "ORD-7K4Q9-M4PX2"})
        assert listed.status_code == 200, name
        if row is not None:
            assert client.get(address(name, "change", row.pk)).status_code == 200, name
            assert client.get(address(name, "history", row.pk)).status_code == 200, name
            opened += 1
    assert opened > 25
    assert Order.objects.exists()
    assert CentreAdminSite.timeline is not None
