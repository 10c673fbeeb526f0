"""A recall at once with orders that are placed, accepted and paid: nothing slips through."""

from __future__ import annotations

from uuid import uuid4

import pytest

from marketplace.core.errors import Refusal
from marketplace.ledger.models import Entry
from marketplace.preparation.report.models import RiskReport
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.recall.models import Recall
from marketplace.trading.orders.recall.services import (
    begin_recall,
    decide_reidentification,
    recall_order,
)
from tests.given import recalls
from tests.given import trading as given
from tests.given.threads import at_once
from tests.given.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def test_a_recall_at_once_with_orders() -> None:
    """What came before is undone, what comes after refused; the verdict is recalled once."""
    world = World()
    waiting = given.placed(world)
    doubt = recalls.examined(world, recalls.reported(world, waiting.listing))
    officer, buyer = world.actor("officer"), world.actor("buyer")
    second = world.actor("second_reviewer")

    def act(number: int) -> object:
        if number < 2:
            return decide_reidentification(doubt.pk, is_confirmed=True, by=second)
        if number == 2:
            return accept_order(waiting.pk, by=officer)
        key = str(uuid4())
        return place_order(waiting.listing_id, purpose=given.PURPOSE, request_key=key, by=buyer)

    answers = at_once(6, act)
    codes = {answer.code for answer in answers[2:] if isinstance(answer, Refusal)}
    assert codes <= {"risk-withdrawn"}
    assert len([one for one in answers[:2] if isinstance(one, Refusal)]) == 1
    assert Entry.objects.filter(kind="preparation.risk_report_recalled").count() == 1
    report = RiskReport.objects.get(pk=doubt.risk_report_id)
    begun = begin_recall(report.pk, by=given.SYSTEM)
    assert set(begun) == set(Order.objects.values_list("pk", flat=True))
    # Each order by two at once: undone one time.
    undone = at_once(
        2 * len(begun), lambda number: recall_order(begun[number // 2], by=given.SYSTEM)
    )
    assert not [one for one in undone if isinstance(one, Refusal)]
    assert Recall.objects.count() == len(begun)
    assert set(Order.objects.values_list("state", flat=True)) <= {"declined", "cancelled"}
    assert Entry.objects.filter(kind="trading.order_recalled").count() == len(begun)
