"""What lists are narrowed by, on pages and in the API alike."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.trading.orders.dispute.filters import DisputeFilters
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.order.filters import OrderFilters
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.web import lists
from tests.accounts import doors
from tests.architecture.test_house import sources
from tests.conftest import ApiClients, PageClients
from tests.given import (
    accounting,
    annotation,
    appraisal,
    ceilings,
    delivery,
    demands,
    disputes,
    income_shares,
    inquiries,
    learning,
    measuring,
    money,
    persons,
    preparation,
    recalls,
    rights,
)
from tests.given import trading as given
from tests.given.by_owner import altered
from tests.given.catalog import draft_dataset
from tests.given.notices import not_delivered
from tests.given.pipeline import put_aside
from tests.given.world import World

NEAR_MIDNIGHT = datetime(2026, 8, 3, 16, 30, tzinfo=UTC)
"""Half past midnight of 4 August, where the centre is."""


def text(answer: Any) -> str:
    """Return what a page says, its spaces made one."""
    return " ".join(answer.content.decode().split())


def found(world: World, person: str = "buyer", **asked: str) -> set[Order]:
    rows = orders_visible_to(world.actor(person))
    return set(OrderFilters(asked, queryset=rows).qs)


def options(html: str, name: str) -> dict[str, str]:
    """Return the choices of a field with their words."""
    field = re.search(rf'<select name="{name}".*?</select>', html, re.DOTALL)
    assert field is not None
    return dict(re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', field[0]))


def test_orders_are_found_by_words_and_by_number(world: World) -> None:
    buses = given.placed(world)
    rain = given.placed(world, given.published(world, title="Rain by hour"))
    assert found(world, q="rain") == {rain}
    assert found(world, q="RAIN hour") == {rain}
    assert found(world, q="rain boardings") == set()
    assert found(world, q=buses.number) == {buses}
    assert found(world, q=rain.number.lower().replace("-", "")) == {rain}
    assert found(world) == {buses, rain}


def test_days_are_those_of_the_centre(world: World) -> None:
    """In UTC it is still the day before."""
    order = given.placed(world)
    altered(Order.objects.filter(pk=order.pk), created_at=NEAR_MIDNIGHT)
    assert found(world, since="2026-08-04") == {order}
    assert found(world, until="2026-08-03") == set()
    assert found(world, since="2026-08-04", until="2026-08-04") == {order}


def test_choices_say_how_many_rows_have_them(world: World, page_of: PageClients) -> None:
    """Of those that the other fields leave, and of what the reader may see alone."""
    given.placed(world)
    given.signed(world, given.placed(world, given.published(world, title="Rain by hour")))
    address = reverse("order_list")
    whole = options(page_of("buyer").get(address).content.decode(), "state")
    assert whole == {
        "": "All",
        "placed": "Waiting for the seller (1)",
        "signed": "Signed, waiting for the payment (1)",
    }
    rain = options(page_of("buyer").get(address, {"q": "rain"}).content.decode(), "state")
    assert rain == {"": "All", "signed": "Signed, waiting for the payment (1)"}
    chosen = page_of("buyer").get(address, {"state": "signed"}).content.decode()
    assert options(chosen, "state") == whole
    assert "Rain by hour" in chosen
    assert "1 row" in text(page_of("buyer").get(address, {"state": "signed"}))
    other = page_of("stranger").get(address).content.decode()
    assert "(1)" not in other
    assert "There is no order yet." in other


def test_a_list_that_is_narrowed_to_nothing_is_not_called_empty(
    world: World, page_of: PageClients
) -> None:
    """There are orders; none fits."""
    given.placed(world)
    page = text(page_of("buyer").get(reverse("order_list"), {"q": "snow"}))
    assert "Nothing fits. Use fewer words, or show everything." in page
    assert "There is no order yet." not in page


def test_a_wrong_value_is_told_and_narrows_nothing(world: World, page_of: PageClients) -> None:
    """A page says what is wrong beside the field; what is unknown in its address is not read."""
    order = given.placed(world)
    page = page_of("buyer").get(
        reverse("order_list"), {"since": "soon", "state": "lost", "colour": "red"}
    )
    assert page.status_code == 200
    assert "Enter a valid date." in text(page)
    assert "lost is not one of the available choices" in text(page)
    assert order.number in text(page)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"state": "lost"}, "state"),
        ({"since": "soon"}, "since"),
        ({"since": "9999-99-99"}, "since"),
        ({"q": "x" * 101}, "q"),
    ],
)
def test_a_program_is_refused_a_wrong_value(
    asked: dict[str, str], says: str, world: World, api_of: ApiClients
) -> None:
    answer = api_of("buyer").get(reverse("api_list_orders"), asked)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {says}


@pytest.mark.parametrize("name", ["api_list_orders", "api_list_accounts", "api_search_market"])
def test_a_program_is_refused_what_nobody_reads(
    name: str, world: World, api_of: ApiClients
) -> None:
    """A misspelt filter must not answer everything as if it were all that fits."""
    answer = api_of("buyer").get(reverse(name), {"stat": "signed"})
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"].endswith("unknown-parameter")
    assert "stat" in problem["detail"]
    assert "page_size" in problem["detail"]


def test_page_and_program_are_given_the_same(
    world: World, api_of: ApiClients, page_of: PageClients
) -> None:
    given.placed(world)
    rain = given.placed(world, given.published(world, title="Rain by hour"))
    asked = {"q": "rain", "state": "placed", "since": "2020-01-01"}
    (row,) = api_of("buyer").get(reverse("api_list_orders"), asked).json()["results"]
    assert row["id"] == str(rain.pk)
    assert row["number"] == rain.number
    assert "1 row" in text(page_of("buyer").get(reverse("order_list"), asked))


def rows_of(answer: Any) -> list[list[str]]:
    file = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(file, newline="")))


def test_a_list_is_taken_home_as_a_spreadsheet(world: World, page_of: PageClients) -> None:
    """Narrowed as it is shown, amounts as numbers, states in words, and nothing to be run."""
    given.placed(world)
    order = given.placed(world, given.published(world, title="=Rain by hour"))
    answer = page_of("buyer").get(reverse("order_list"), {"q": "rain", "as": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    heads, row = rows_of(answer)
    assert heads[:2] == ["Number", "Data"]
    assert row[:2] == [order.number, "'=Rain by hour"]
    assert "Waiting for the seller" in row
    assert f"{order.price:f}" in row


LISTS: dict[str, tuple[str, Callable[[World], Any]]] = {
    "account_list": ("treasurer", given.paid),
    "appraisal_list": ("officer", appraisal.in_force),
    "bank_account_list": ("finance", money.bank_account),
    "batch_list": ("treasurer", money.batch),
    "ceiling_list": ("officer", ceilings.in_force),
    "certificate_list": ("officer", rights.certified),
    "change_list": ("administrator", doors.change),
    "charge_list": ("buyer", given.signed),
    "claim_list": ("officer", rights.published_claim),
    "contract_list": ("buyer", given.signed),
    "dataset_list": ("officer", draft_dataset),
    "demand_list": ("buyer", demands.posted),
    "disbursement_list": ("treasurer", money.proposed_refund),
    "dispute_list": ("buyer", disputes.opened),
    "failed_email_list": ("administrator", lambda world: not_delivered(world, "officer")),
    "grant_list": ("buyer", delivery.granted),
    "income_share_list": ("officer", income_shares.agreed),
    "inquiry_list": ("officer", inquiries.answered),
    "invoice_list": ("buyer", given.signed),
    "listing_list": ("officer", given.published),
    "measurement_list": ("buyer", measuring.waiting),
    "model_list": ("officer", learning.model),
    "order_list": ("buyer", given.placed),
    "organization_list": ("administrator", lambda _world: None),
    "payment_list": ("treasurer", money.unallocated),
    "person_request_list": ("officer", persons.received),
    "pipeline": ("administrator", lambda _world: put_aside()),
    "public_notice_list": ("", rights.published_claim),
    "label_pay_list": ("officer", annotation.accepted),
    "labelling_list": ("officer", annotation.drafted),
    "labelling_work_list": ("annotator", annotation.published),
    "recognition_list": ("finance", accounting.booked),
    "reidentification_list": ("reviewer", recalls.reported),
    "run_list": ("officer", preparation.queued_profile),
    "training_run_list": ("officer", learning.declared),
    "overdue_deletion_list": ("reviewer", lambda _world: None),
}
"""Who has something to take home of which list, and by what state."""


@pytest.mark.parametrize("route", LISTS)
def test_every_list_is_taken_home(route: str, world: World, page_of: PageClients) -> None:
    """As a file of texts and numbers: what a page draws of a cell stands in none."""
    person, builder = LISTS[route]
    builder(world)
    answer = page_of(person).get(reverse(route), {"as": "csv"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    heads, *rows = rows_of(answer)
    assert rows or route == "overdue_deletion_list"
    assert all(len(row) == len(heads) for row in rows)
    assert not [cell for row in rows for cell in row if re.search(r"</?[a-z]+|&[a-z]+;", cell)]


@pytest.mark.house
def test_no_list_is_left_out() -> None:
    """Each page that draws a list is one of those above."""
    drawn = sum(
        len(re.findall(r"\b(?:list_page|list_of)\(", path.read_text()))
        for path in sources("marketplace")
        if path.name in ("urls.py", "views.py")
    )
    assert drawn == len(LISTS)


def test_a_spreadsheet_has_so_many_rows(
    world: World, page_of: PageClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the page says that it has not all."""
    monkeypatch.setattr(lists, "MOST_EXPORTED", 1)
    given.placed(world)
    given.placed(world, given.published(world, title="Rain by hour"))
    client = page_of("buyer")
    assert len(rows_of(client.get(reverse("order_list"), {"as": "csv"}))) == 2
    assert "the spreadsheet has the first 1" in text(client.get(reverse("order_list")))


def test_counting_takes_a_query_a_choice(world: World, page_of: PageClients) -> None:
    given.placed(world)
    client = page_of("buyer")
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("order_list"))
    counting = [one for one in queries.captured_queries if "GROUP BY" in one["sql"]]
    assert len(counting) == 2


def test_disputes_are_found_by_the_number_of_their_order(world: World) -> None:
    dispute = disputes.opened(world)
    rows = Dispute.objects.all()
    assert set(DisputeFilters({"q": dispute.order.number}, queryset=rows).qs) == {dispute}
    assert not DisputeFilters({"q": "ORD-00000-00000"}, queryset=rows).qs


@pytest.mark.house
def test_no_list_is_without_filters() -> None:
    """A page of rows is drawn by `list_page`; the desk of money alone shows beginnings of lists."""
    drawing = {
        str(path.relative_to(path.cwd()))
        for path in sources("marketplace")
        if re.search(r"(?<!def )\barranged\(", path.read_text())
    }
    assert drawing == {"marketplace/web/lists.py", "marketplace/trading/treasury/desk/views.py"}
