"""What programs took in a month that is over reaches the bill, once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from marketplace.core import clock
from marketplace.core.errors import NotAllowed
from marketplace.delivery.models import Use
from marketplace.delivery.services.billing import bill_uses
from marketplace.ledger.models import Entry
from marketplace.trading.models import Charge
from marketplace.trading.plans import Band, Metered, Unit
from tests.given import delivery as given
from tests.given import trading
from tests.given.world import World


def test_a_month_is_billed_once_it_is_over(world: World) -> None:
    """By the rows that were taken, at the agreed price of a row."""
    bands = (Band(0, Decimal("2.00")),)
    plan = Metered(unit=Unit.ROW.value, bands=bands, cap=Decimal("100.00"))
    listing = trading.published(world, plan=plan, delivery_mode="api")
    order = trading.signed(world, trading.placed(world, listing))
    issued = given.keyed(world, grant=given.granted(world, order))
    assert given.rows_of(issued, limit=3).status_code == 200
    assert bill_uses(by=trading.SYSTEM) == []
    later = (clock.now().replace(day=1) + timedelta(days=40)).replace(day=2)
    with clock.stopped_at(later):
        assert bill_uses(by=trading.SYSTEM) == [order.pk]
        bill_uses(by=trading.SYSTEM)
    charge = Charge.objects.get(order=order, kind="usage")
    assert charge.amount == Decimal("6.00")
    assert charge.period == f"{Use.objects.get().day:%Y-%m}"
    assert Entry.objects.filter(kind="trading.usage_billed").count() == 1
    with pytest.raises(NotAllowed):
        bill_uses(by=world.actor("officer"))
