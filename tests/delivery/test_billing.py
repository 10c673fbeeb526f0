"""What programs took in a month that is over reaches the bill, once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import NotAllowed
from marketplace.delivery.use.models import Use
from marketplace.delivery.use.selectors import running_month_of
from marketplace.delivery.use.services import bill_uses
from marketplace.ledger.models import Entry
from marketplace.trading.orders.settlement.models import Charge
from tests.conftest import ApiClients, PageClients
from tests.given import delivery as given
from tests.given import trading
from tests.given.months import next_month
from tests.given.world import World


def test_a_month_is_billed_once_it_is_over(world: World) -> None:
    """By the rows that were taken, at the agreed price of a row."""
    issued = given.keyed(world, grant=given.by_use(world))
    order = issued.key.grant.order
    assert given.rows_of(issued, limit=3).status_code == 200
    assert bill_uses(by=trading.SYSTEM) == []
    later = next_month()
    with clock.stopped_at(later):
        assert bill_uses(by=trading.SYSTEM) == [order.pk]
        bill_uses(by=trading.SYSTEM)
    charge = Charge.objects.get(order=order, kind="usage")
    assert charge.amount == Decimal("6.00")
    assert charge.period == f"{Use.objects.get().day:%Y-%m}"
    assert Entry.objects.filter(kind="trading.usage_billed").count() == 1
    with pytest.raises(NotAllowed):
        bill_uses(by=world.actor("officer"))


def test_what_this_month_costs_so_far(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """On the page and by program, as the bill will have it; nothing is invoiced of it."""
    grant = given.by_use(world)
    address = reverse("api_get_grant_running_month", args=[grant.pk])
    page = reverse("grant_detail", args=[grant.pk])
    nothing = api_of("buyer").get(address).json()
    assert (nothing["units"], nothing["amount"]) == (0, "0.00")
    issued = given.keyed(world, grant=grant)
    assert given.rows_of(issued, limit=3).status_code == 200
    running = api_of("buyer").get(address).json()
    period = f"{clock.today():%Y-%m}"
    assert running == {
        "period": period,
        "unit": "row",
        "units": 3,
        "amount": "6.00",
        "currency": "CNY",
        "uncounted": 0,
    }
    for person in ("buyer", "officer"):
        said = page_of(person).get(page).content.decode()
        assert f"So far in {period}: 6.00 CNY for 3 rows, not yet invoiced." in said
    assert not Charge.objects.filter(kind="usage").exists()
    later = next_month()
    with clock.stopped_at(later):
        bill_uses(by=trading.SYSTEM)
        running_later = running_month_of(grant)
    assert running_later is not None
    assert (running_later.units, running_later.amount) == (0, Decimal(0))
    charge = Charge.objects.get(kind="usage")
    assert (charge.period, str(charge.amount)) == (period, running["amount"])


def test_a_fixed_price_has_no_running_month(world: World, api_of: ApiClients) -> None:
    """Use that is not counted costs nothing more."""
    grant = given.for_programs(world)
    assert running_month_of(grant) is None
    address = reverse("api_get_grant_running_month", args=[grant.pk])
    assert api_of("buyer").get(address).status_code == 404
