"""What a region's data came to: who reads which figures, and that they are right."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.organization.services import apply_organization
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.catalog.dataset.services import register_dataset
from marketplace.core import clock
from marketplace.core.actor import NOBODY
from marketplace.core.errors import NotAllowed
from marketplace.core.months import months_after
from marketplace.desk.selectors.regions import (
    NAMES,
    RegionQuery,
    Regions,
    figures_of_regions,
    regions_open_to,
)
from marketplace.trading.listings.plans import Subscription
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from tests.conftest import ApiClients, PageClients
from tests.given import income_shares, money
from tests.given.catalog import description, draft_dataset
from tests.given.disputes import settled
from tests.given.trading import SYSTEM, completed, paid, placed, published
from tests.given.world import PASSWORD, World, code, let_in

pytestmark = pytest.mark.django_db

PAGE = "/regions/"
DOWNLOAD = "/regions/download/"
API = "/api/v1/regions/"


def this_month() -> date:
    """Return the first day of this month."""
    return clock.today().replace(day=1)


def read(world: World, person: str, **asked: Any) -> Regions:
    """Read the figures of this month as a person."""
    by = world.actor(person)
    span = {"first": this_month(), "last": this_month()}
    return figures_of_regions(RegionQuery(**(span | asked)), regions=regions_open_to(by), by=by)


def third_provider(world: World) -> None:
    """Let one more organization in, which registers a dataset in the same region and theme."""
    applied = apply_organization(
        name="Newcomer Statistics",
        kind=OrganizationKind.COMPANY,
        uscc=code("newcomer"),
        contact="3 Office Street",
        person_name="Nina Newcomer",
        email="newcomer@example.org",
        password=PASSWORD,
        roles=frozenset({Role.OFFICER.value}),
        by=NOBODY,
    )
    let_in(applied)
    draft_dataset(world, by="newcomer")


def test_settled_trade_is_counted_once_and_its_money_divided(world: World) -> None:
    order = completed(world)
    total = read(world, "auditor").total
    assert (total.assets, total.certified, total.valued, total.traded) == (1, 1, 1, 1)
    assert total.income == order.price == Decimal("12000.00")
    assert total.to_providers == Decimal("11760.00")
    assert total.share == Decimal("0.98")
    assert total.value > 0
    assert read(world, "officer").total == total, "the seller's own figures are exact"
    assert read(world, "stranger").total.is_nothing


def test_income_is_what_was_paid(world: World) -> None:
    """What went back in a dispute does not count, nor the periods of a subscription to come."""
    settled(world, refund="4000.00")
    total = read(world, "officer").total
    assert (total.traded, total.income) == (1, Decimal("8000.00"))
    assert total.to_providers == Decimal("7840.00")


def test_what_went_to_sources_is_told_of_what_was_released(world: World) -> None:
    """And less of it after a part went back."""
    listing = published(world)
    income_shares.agreed(world, listing)
    order = accept_delivery(
        mark_delivered(paid(world, placed(world, listing)).pk, by=SYSTEM).pk,
        by=world.actor("buyer"),
    )
    assert read(world, "officer").total.to_sources == Decimal("3528.00")
    money.approved(world, money.proposed_refund(world, order, amount="1000.00"))
    assert read(world, "officer").total.to_sources == Decimal("3234.00")


def test_income_of_a_subscription_is_its_periods_so_far(world: World) -> None:
    """Twelve months are agreed, and one is paid."""
    plan = Subscription(amount=Decimal("100.00"), period_months=1, periods=12)
    listing = published(world, price=Decimal("0.00"), plan=plan)
    order = mark_delivered(paid(world, placed(world, listing)).pk, by=SYSTEM)
    accept_delivery(order.pk, by=world.actor("buyer"))
    assert order.price == Decimal("1200.00")
    assert read(world, "officer").total.income == Decimal("100.00")


def test_sums_by_theme_region_and_month_agree(world: World) -> None:
    completed(world)
    draft_dataset(world, theme="weather", region="Upper Minjiang")
    draft_dataset(world, by="stranger", theme="weather", region="Lower Minjiang")
    found = read(world, "administrator", first=months_after(this_month(), -2))
    assert found.total.assets == 3
    for groups in (found.by_theme(), found.by_region(), found.by_month()):
        assert sum(figures.assets for figures in groups.values()) == 3
        assert sum(figures.income for figures in groups.values()) == found.total.income
    assert [figures.assets for figures in found.by_month().values()] == [0, 0, 3]
    assert set(found.by_region()) >= {"Upper Minjiang", "Lower Minjiang"}
    weather = read(world, "administrator", theme="weather", region="Upper Minjiang")
    assert (weather.total.assets, weather.total.income) == (1, Decimal(0))


def test_whole_region_leaves_out_what_fewer_than_three_share_in(world: World) -> None:
    draft_dataset(world)
    draft_dataset(world, by="stranger")
    few = read(world, "officer", whole=True)
    assert (few.total.assets, few.is_withheld) == (0, True)
    third_provider(world)
    assert read(world, "officer", whole=True).total.assets == 3
    draft_dataset(world, by="stranger", theme="weather")
    both = read(world, "officer", whole=True)
    assert (both.total.assets, both.is_withheld) == (3, True), "no total contains what is left out"
    assert read(world, "auditor", whole=True).total.assets == 4, "who sees every row reads all"


def test_whole_region_is_only_where_one_has_data(world: World) -> None:
    draft_dataset(world, region="Upper Minjiang")
    draft_dataset(world, by="stranger")
    third_provider(world)
    draft_dataset(world, by="colleague", region="Upper Minjiang")
    assert regions_open_to(world.actor("officer")) == ["Upper Minjiang"]
    elsewhere = read(world, "officer", whole=True, region="Minjiang")
    assert elsewhere.cells == ()
    assert not elsewhere.is_withheld


@pytest.mark.parametrize("person", ["buyer", "finance", "treasurer"])
def test_others_are_told_who_reads_them(
    world: World, page_of: PageClients, api_of: ApiClients, person: str
) -> None:
    with pytest.raises(NotAllowed, match="data officers"):
        regions_open_to(world.actor(person))
    assert page_of(person).get(PAGE).status_code == 403
    assert page_of(person).get(DOWNLOAD).status_code == 403
    assert api_of(person).get(API).status_code == 403


def test_page_file_and_program_say_the_same(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    completed(world)
    page = page_of("auditor").get(PAGE)
    text = page.content.decode()
    assert "12,000.00 CNY" in text
    assert "98.0 % of the income" in text
    assert text.count('<svg role="img"') == 4
    told = api_of("auditor").get(API).json()
    assert told["total"]["income"] == "12000.00"
    assert told["total"]["share"] == "0.980000"
    assert told["currency"] == "CNY"
    file = page_of("auditor").get(DOWNLOAD)
    assert file["Content-Disposition"].startswith("attachment")
    [row] = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
    [cell] = told["cells"]
    assert (row["region"], row["theme"], row["month"]) == (
        cell["region"],
        cell["theme"],
        cell["month"],
    )
    assert {name: Decimal(row[name]) for name in NAMES} == {
        name: Decimal(cell["figures"][name]) for name in NAMES
    }
    assert "Example Insurance" not in text + file.content.decode() + str(told), "no buyer is named"


def test_what_cannot_be_drawn_is_told_at_its_field(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    for asked, field, says in (
        ({"first": "2026-05", "last": "2026-04"}, "last", "before the first"),
        ({"first": "1999-01"}, "first", "at most 60 months"),
        ({"first": "May"}, "first", "2026-01"),
        ({"region": "Atlantis"}, "region", "Atlantis"),
    ):
        page = page_of("auditor").get(PAGE, asked)
        assert page.status_code == 422
        assert field in page.context["form"].errors
        assert says in page.content.decode()
        refused = api_of("auditor").get(API, asked)
        assert refused.status_code == 422
        assert page_of("auditor").get(DOWNLOAD, asked).status_code == 302
    assert page_of("auditor").get(PAGE, {"first": "2025-01", "last": "2025-03"}).status_code == 200


def test_empty_page_says_what_to_do(page_of: PageClients, world: World) -> None:
    shown = page_of("officer").get(PAGE).content.decode()
    assert "register data of your own" in shown
    assert reverse("dataset_register") in shown
    assert "Choose other months" in page_of("auditor").get(PAGE).content.decode()
    whole = page_of("officer").get(PAGE, {"scope": "whole"}).content.decode()
    assert "three providers or more" in whole


def test_spreadsheet_takes_no_region_for_a_formula(world: World, page_of: PageClients) -> None:
    register_dataset(description=description(region="=1+1"), by=world.actor("officer"))
    file = page_of("officer").get(reverse("region_download")).content.decode("utf-8-sig")
    assert "'=1+1," in file


def test_queries_do_not_grow_with_the_trades(
    world: World, page_of: PageClients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = page_of("auditor")
    completed(world)
    for theme in ("weather", "transport", "energy"):
        with django_assert_num_queries(9):
            assert client.get(PAGE).status_code == 200
        draft_dataset(world, theme=theme, region=f"Region of {theme}")
