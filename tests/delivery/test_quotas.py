"""A quota of rows: agreed in the terms, counted down, used up, begun anew, made larger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.errors import Invalid
from marketplace.delivery.use.models import Use
from marketplace.trading.listings.mode.sharing import SHARING
from marketplace.trading.listings.plans import Menu, Plan, Tier
from marketplace.trading.listings.terms.clauses.base import OfferedAs
from marketplace.trading.listings.terms.clauses.quota import QuotaClause
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.usage_policy import agreement_policy
from marketplace.trading.orders.negotiation.services import counter_order
from marketplace.trading.orders.order.models import Order
from tests.delivery.test_sharing import ask
from tests.given import amendments, trading
from tests.given import delivery as given
from tests.given.world import World

CHINA = ZoneInfo("Asia/Shanghai")


def taken(answer: Any) -> int:
    """Return how many rows an answer has."""
    assert answer.status_code == 200, answer.content
    return len(answer.json()["rows"])


def test_it_is_used_up_and_made_larger(world: World, page_of: Any) -> None:
    """The last rows are given, then none; an amendment opens it again, at once."""
    grant = given.for_programs(world, quota_rows=5)
    issued = given.keyed(world, grant=grant)
    assert taken(given.rows_of(issued, limit=3)) == 3
    page = page_of("buyer").get(reverse("grant_detail", args=[grant.pk])).content.decode()
    assert "2 of 5 rows are left" in page
    assert taken(given.rows_of(issued, limit=4)) == 2
    refused = given.rows_of(issued, limit=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "quota-used")
    assert "by amending the contract" in refused.json()["detail"]
    assert Use.objects.count() == 2
    order = Order.objects.get(pk=grant.order_id)
    amendments.in_force(world, amendments.proposed(world, order, quota_rows=6))
    assert taken(given.rows_of(issued, limit=9)) == 1


def test_a_quota_of_a_month_begins_anew(world: World) -> None:
    """By the calendar of the centre, not that of UTC; the refusal names the day."""
    grant = given.for_programs(world, quota_rows=4, quota_window="month")
    now = clock.now().astimezone(CHINA)
    month = datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=CHINA)
    with clock.stopped_at(month.replace(day=2)):
        # A key that nobody uses for a month is refused.
        issued = given.keyed(world, grant=grant)
        assert taken(given.rows_of(issued, limit=9)) == 4
    issued = given.keyed(world, grant=grant)
    anew = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=CHINA)
    with clock.stopped_at(datetime.fromtimestamp(anew.timestamp() - 60, CHINA)):
        fresh = given.keyed(world, grant=grant)
        refused = given.rows_of(fresh, limit=1)
        assert refused.json()["code"] == "quota-used"
        assert f"1 {anew:%B} {anew.year}" in refused.json()["detail"] or (
            f"{anew:%B} 1, {anew.year}" in refused.json()["detail"]
        )
    with clock.stopped_at(datetime.fromtimestamp(anew.timestamp() + 60, CHINA)):
        assert taken(given.rows_of(fresh, limit=9)) == 4


def test_a_table_is_taken_whole_or_not(world: World, page_of: Any) -> None:
    """Delta Sharing counts each query as every row; what no longer fits says what is left."""
    probe = given.for_programs(world, "sharing")
    rows = probe.version.rows
    order = Order.objects.get(pk=probe.order_id)
    issued = given.keyed(world, grant=probe)
    assert ask(issued, "sharing_table_query", method="post", data={}).status_code == 200
    amendments.in_force(world, amendments.proposed(world, order, quota_rows=rows + 1))
    # The same table again within a day counts once.
    assert ask(issued, "sharing_table_query", method="post", data={}).status_code == 200
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        refused = ask(issued, "sharing_table_query", method="post", data={})
    assert (refused.status_code, refused.json()["code"]) == (409, "quota-used")
    assert f"would take {rows} rows, and 1 of the quota are left" in refused.json()["detail"]
    assert Use.objects.count() == 2


def test_it_stands_wherever_the_terms_are_read(
    world: World, page_of: Any, api_of: Any, client: Client
) -> None:
    """On the market, in the contract, in the policy, on the grant's page and in its API."""
    grant = given.for_programs(world, quota_rows=1200, quota_window="month")
    words = "At most 1,200 rows in each calendar month; what is taken again counts again"
    market = client.get(reverse("listing_public", args=[grant.listing_id])).content.decode()
    assert words in market
    contract = Contract.objects.get(order_id=grant.order_id)
    assert f"Quota of rows for the recipient's programs: {words}." in contract.text
    use = agreement_policy(grant.order)["permission"][0]
    assert {
        "leftOperand": "terms:rowsTakenEachMonth",
        "operator": "lteq",
        "rightOperand": {"@value": "1200", "@type": "xsd:integer"},
    } in use["constraint"]
    page = page_of("buyer").get(reverse("grant_detail", args=[grant.pk])).content.decode()
    assert "1,200 of 1,200 rows are left" in page
    assert "It begins anew on" in page
    told = api_of("buyer").get(reverse("api_get_grant", args=[grant.pk])).json()
    assert (told["quota_rows"], told["quota_window"]) == (1200, "month")


def test_without_one_nothing_is_said_of_it(world: World, api_of: Any, page_of: Any) -> None:
    """Any number of rows may be taken."""
    grant = given.for_programs(world)
    assert "Quota of rows" not in Contract.objects.get(order_id=grant.order_id).text
    assert (
        "Quota of rows"
        not in page_of("buyer").get(reverse("grant_detail", args=[grant.pk])).content.decode()
    )
    assert (
        api_of("buyer").get(reverse("api_get_grant", args=[grant.pk])).json()["quota_rows"] is None
    )


@pytest.mark.parametrize("mode", ["file", "sandbox", "report"])
def test_only_what_is_counted_has_one(world: World, mode: str) -> None:
    """A file is had as often as wanted; the form says so by the field, on every way in."""
    terms = replace(trading.OFFER.terms, quota_rows=10)
    with pytest.raises(Invalid) as refused:
        trading.drafted(world, delivery_mode=mode, terms=terms)
    assert "Leave the quota empty" in refused.value.fields["quota_rows"][0]
    if mode == "file":
        order = trading.placed(world)
        with pytest.raises(Invalid) as refused:
            counter_order(
                order.pk,
                offer="",
                plan=order.agreed_plan,
                terms=replace(order.agreed_terms, quota_rows=10),
                by=world.actor("officer"),
            )
        assert list(refused.value.fields) == ["quota_rows"]


def unfit(terms: Terms, plan: Plan, rows: int) -> dict[str, list[str]]:
    """Return what a quota cannot be for a table of so many rows that is shared."""
    version = DatasetVersion(rows=rows)
    return QuotaClause.unfit(terms, OfferedAs(version=version, plan=plan, mode=SHARING))


def test_a_quota_that_no_table_fits_into() -> None:
    """Of a whole table, or of the largest of several sizes."""
    terms = replace(trading.OFFER.terms, quota_rows=99)
    plan = trading.OFFER.price_plan
    sizes = Menu(
        tiers=(
            Tier(code="s", label="S", rows=50, amount=plan.price),
            Tier(code="m", label="M", rows=100, amount=2 * plan.price),
        )
    )
    for chosen, rows in ((plan, 100), (sizes, 5000)):
        found = unfit(terms, chosen, rows)
        assert "100 rows at least" in found["quota_rows"][0]
        enough = replace(terms, quota_rows=100)
        assert not unfit(enough, chosen, rows)
    once = sizes.chosen("s")
    assert once is not None
    assert not unfit(terms, once, 5000)


@pytest.mark.parametrize("wrong", [{"quota_rows": -1}, {"quota_rows": 10**13}])
def test_a_number_that_is_none(wrong: dict[str, Any]) -> None:
    """Terms say it by the field."""
    assert list(replace(trading.OFFER.terms, **wrong).problems()) == ["quota_rows"]


def test_a_window_that_is_none() -> None:
    """Terms say it by the field."""
    assert list(replace(trading.OFFER.terms, quota_window="week").problems()) == ["quota_window"]
