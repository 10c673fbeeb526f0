"""Released money leaves by a payout while an act draws it back: nothing is spent twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connections, transaction
from django.db.models import Sum

from marketplace.core.errors import Refusal
from marketplace.ledger.binding import state_faults
from marketplace.preparation.recall.services import recall_report
from marketplace.preparation.report.choices import RecallCause
from marketplace.trading.books.account.models import OVERDRAWN
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.recall.services import recall_order
from marketplace.trading.orders.settlement.drawing import payable_of
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.services import approve_disbursement
from tests.given import disputes, leaving, money
from tests.given import trading as given
from tests.given.world import World
from tests.trading.treasury.test_payouts_at_once import waiting

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]

Draws = Callable[[], object]


def of_dispute(world: World) -> tuple[Order, Draws]:
    """Return an accepted order, and the dispute about it, which holds all that was released."""
    order = given.completed(world)
    return order, lambda: disputes.opened(world, order)


def of_recall(world: World) -> tuple[Order, Draws]:
    """Return an accepted order of data that was recalled, and the act that undoes it."""
    order = given.completed(world)
    assert order.listing.risk_report_id is not None
    recall_report(order.listing.risk_report_id, cause=RecallCause.REIDENTIFIED, by=given.SYSTEM)
    return order, lambda: recall_order(order.pk, by=given.SYSTEM)


def of_leaving(world: World) -> tuple[Order, Draws]:
    """Return a subscription that promises less than it did, and its buyer who leaves."""
    order = leaving.subscribed(world)
    leaving.weaken(world, order)
    by = world.actor("buyer")
    return order, lambda: terminate_contract(order.pk, reason="Less than we bought.", by=by)


def answer_of(act: Draws) -> object:
    """Return what an act gives on a connection of its own, or the refusal."""
    try:
        return act()
    except Refusal as refusal:
        return refusal
    finally:
        connections.close_all()


@pytest.mark.parametrize("is_payout_first", [True, False])
@pytest.mark.parametrize("kind", [AccountKind.SELLER, AccountKind.FEE])
@pytest.mark.parametrize("case", [of_dispute, of_recall, of_leaving])
def test_a_payout_beside_an_act_that_draws_back(
    case: Callable[[World], tuple[Order, Draws]], kind: AccountKind, is_payout_first: bool
) -> None:
    """Both wait for one account; whichever has it first, each finds what the other left."""
    world = World()
    order, draws = case(world)
    account = Account.objects.get(kind=kind)
    sent = money.proposed_payout(world, account, amount=payable_of(account))
    by = world.actor("reviewer")

    def payout() -> Disbursement:
        return approve_disbursement(sent.pk, by=by)

    acts: list[Draws] = [payout, draws] if is_payout_first else [draws, payout]
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Account.objects.select_for_update().get(pk=account.pk)
            answers = []
            for count, act in enumerate(acts, start=1):
                answers.append(pool.submit(answer_of, act))
                while waiting() < count:
                    assert not any(answer.done() for answer in answers)
        results = [answer.result(timeout=60) for answer in answers]
    refused = [result.code for result in results if isinstance(result, Refusal)]
    # What was paid out before cannot be held again: the act takes what is left, and goes on.
    assert refused == ([] if is_payout_first else ["balance-too-low"])
    sent.refresh_from_db()
    assert sent.state == ("approved" if is_payout_first else "proposed")
    for one in Account.objects.all():
        went, came = (
            rows.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
            for rows in (one.debits, one.credits)
        )
        assert one.balance == came - went
        assert one.balance >= 0 or one.kind in OVERDRAWN
    drawn = Transfer.objects.filter(kind=TransferKind.FREEZE, belongs_to=order.pk)
    assert drawn.filter(debit=account).exists() is not is_payout_first
    assert list(state_faults()) == []
