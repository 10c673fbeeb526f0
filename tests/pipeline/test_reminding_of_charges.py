"""What is overdue is called to mind once at each stage, to those whom it then concerns."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from marketplace.core import clock
from marketplace.core.errors import NotAllowed
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.trading.listings.plans import Free
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.delivery.services import mark_delivered
from marketplace.trading.orders.dispute.services import withdraw_dispute
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.services import (
    STAGES,
    bill_usage,
    remind_of_overdue_charges,
)
from marketplace.trading.orders.termination.services import terminate_contract
from tests.given import disputes, money
from tests.given import trading as given
from tests.given.threads import at_once
from tests.given.world import World
from tests.pipeline.test_telling_of_money import BUYERS, SELLERS, told
from tests.trading.listings.test_plans import METERED, YEARLY
from tests.trading.orders.test_billing import PARTS, pay

D = Decimal


def remind(charge: Charge, days: int) -> int:
    """Look so many days after the last day; answer how many charges were called to mind."""
    moment = clock.now() + timedelta(days=(charge.due_on - clock.today()).days + days)
    with clock.stopped_at(moment):
        return len(remind_of_overdue_charges(by=given.SYSTEM))


def test_three_stages(world: World) -> None:
    """The buyer first, then the seller too, at last the treasurer; each once, however often."""
    charge = money.charge_of(given.signed(world))
    assert remind(charge, 0) == 0
    everybody: set[str] = set()
    for days, more in zip(
        STAGES, (BUYERS, SELLERS, {"treasurer", "second_treasurer"}), strict=True
    ):
        Notice.objects.filter(kind="charge_overdue").delete()
        assert remind(charge, days) == 1
        everybody |= more
        assert told("charge_overdue") == everybody
        for later in (days, days + 1, days + 5):
            assert remind(charge, later) == 0
    stages = Entry.objects.filter(kind="trading.charge_overdue").order_by("pk")
    assert sorted(entry.payload["stage"] for entry in stages) == [1, 2, 3]
    notice = Notice.objects.filter(kind="charge_overdue")[0]
    assert notice.parameters["day"] == charge.due_on.isoformat()
    assert notice.parameters["amount"] == "12,000.00 CNY"


def test_what_was_missed_is_one_reminder(world: World) -> None:
    """After a long stop of the centre, the last stage alone."""
    charge = money.charge_of(given.signed(world))
    assert remind(charge, 100) == 1
    assert remind(charge, 101) == 0
    assert Entry.objects.get(kind="trading.charge_overdue").payload["stage"] == 3


def test_what_is_paid_is_not_called_to_mind(world: World) -> None:
    """Nor what is not due yet: of instalments the next alone, of a subscription its period."""
    for plan in (PARTS, YEARLY):
        listing = given.published(world, price=D("0.00"), plan=plan)
        order = given.signed(world, given.placed(world, listing))
        first, second = Charge.objects.filter(order=order).order_by("number")[:2]
        assert remind(first, 1) == 1
        pay(world, first, f"TX-{order.pk.hex[:8]}")
        assert remind(first, 40) == int(second.due_on < first.due_on + timedelta(days=40))
        Charge.objects.filter(order=order, state="open").update(state="void")


def test_a_bill_for_use(world: World) -> None:
    """It is owed when the contract is over, too."""
    listing = given.published(world, price=D("0.00"), plan=METERED)
    order = given.signed(world, given.placed(world, listing))
    pay(world, money.charge_of(order), "TX-BASE")
    terminate_contract(order.pk, reason="We stop.", by=world.actor("buyer"))
    charge = bill_usage(order.pk, period="2026-03", units=20_000, by=given.SYSTEM)
    assert charge is not None
    assert remind(charge, 1) == 1
    assert told("charge_overdue") == BUYERS


def test_not_while_a_dispute_stands(world: World) -> None:
    """Money and access stand still, and so do the reminders; they go on afterwards."""
    listing = given.published(world, price=D("0.00"), plan=PARTS)
    order = given.signed(world, given.placed(world, listing))
    first, second, _third = Charge.objects.filter(order=order).order_by("number")
    pay(world, first, "TX-FIRST")
    mark_delivered(order.pk, by=given.SYSTEM)
    dispute = disputes.opened(world, Order.objects.get(pk=order.pk))
    assert remind(second, 9) == 0
    withdraw_dispute(dispute.pk, by=world.actor("buyer"))
    assert remind(second, 9) == 1


def test_the_contract_says_it(world: World) -> None:
    """Where something is paid."""
    paid = given.contracted(world)
    assert "While a payment is overdue the data does not open" in paid.text
    free = given.published(world, price=D("0.00"), plan=Free())
    order = given.accepted(world, given.placed(world, free))
    assert "overdue" not in Contract.objects.get(order=order).text


def test_only_the_software_looks(world: World) -> None:
    """Whoever else asks is refused."""
    with pytest.raises(NotAllowed):
        remind_of_overdue_charges(by=world.actor("treasurer"))


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_several_loops_remind_once() -> None:
    """However many look at the same moment."""
    world = World()
    charge = money.charge_of(given.signed(world))
    # Each thread has a clock of its own.
    reminded = at_once(6, lambda _number: remind(charge, 1))
    assert sorted(map(str, reminded)) == ["0", "0", "0", "0", "0", "1"]
    assert Entry.objects.filter(kind="trading.charge_overdue").count() == 1
