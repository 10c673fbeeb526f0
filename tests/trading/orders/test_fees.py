"""Who bears the centre's fee, played for each way in which an order ends, until nothing stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given as drawn
from hypothesis import strategies as st

from marketplace.core import clock
from marketplace.rights.registration.services import withdraw_claim
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.plans import Due, Instalments
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.dispute.services import answer_settlement
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.recall.models import Recall
from marketplace.trading.orders.recall.services import recall_order
from marketplace.trading.orders.right_sale.services import end_right_sale
from marketplace.trading.orders.settlement.dividing import Split, in_parts
from marketplace.trading.orders.settlement.drawing import payable_of
from marketplace.trading.orders.settlement.fees import FEES, Bearer, Ending, fee_rows
from marketplace.trading.orders.settlement.models import Charge, Invoice, InvoiceKind
from marketplace.trading.orders.settlement.settled import settled_of
from marketplace.trading.orders.settlement.unused import unused_part
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.rules import PAYABLE
from tests.conftest import ApiClients
from tests.given import disputes, leaving, money, recalls, remedies, sold_rights
from tests.given import trading as given
from tests.given.docs import DOCS
from tests.given.world import World

D = Decimal
RATES = {"FEE_RATE": "0.02", "SHARE_RATE": "0.01", "TAX_WITHHELD_RATE": "0.01"}
TWICE = Instalments(parts=(Due(0, D("6000.00")), Due(3, D("6000.00"))))


def later_payment(world: World) -> Order:
    """Pay the second instalment of what was accepted."""
    listing = given.published(world, price=D("0.00"), plan=TWICE)
    order = given.paid(world, given.placed(world, listing))
    mark_delivered(order.pk, by=given.SYSTEM)
    accept_delivery(order.pk, by=world.actor("buyer"))
    charge = Charge.objects.get(order=order, number=2)
    money.book(world, money.statement(money.line("TX-2", charge.amount, charge.reference)))
    return order


def terminated(world: World, order: Order) -> Order:
    return terminate_contract(order.pk, reason="Not needed.", by=world.actor("buyer"))


def refunded(world: World, order: Order) -> Order:
    """Give a part back that two people agreed on, and let the rest be accepted."""
    money.approved(world, money.proposed_refund(world, order, amount="2000.01"))
    if order.completed_at is None:
        accept_delivery(order.pk, by=world.actor("buyer"))
    return order


def disputed(world: World, order: Order) -> Order:
    """Let both sides agree to a part."""
    dispute = disputes.proposed(world, disputes.opened(world, order), refund="4000.01")
    for person in ("buyer", "officer"):
        answer_settlement(dispute.pk, is_agreed=True, by=world.actor(person))
    return order


def right_kept(world: World) -> Order:
    order = sold_rights.paid(world)
    withdraw_claim(sold_rights.joined(world, order).pk, by=world.actor("buyer"))
    return end_right_sale(order.pk, by=given.SYSTEM)


def recalled_later(world: World) -> Order:
    """Take the verdict back on what was used for a fifth of its licence."""
    order = given.completed(world)
    recalls.proven(world, order.listing)
    with clock.stopped_at(clock.now() + timedelta(days=73)):
        recall_order(order.pk, by=given.SYSTEM)
    return order


def left(world: World) -> Order:
    """Leave a subscription a third of its month after the rules of quality promise less."""
    order = leaving.subscribed(world)
    leaving.weaken(world, order)
    with clock.stopped_at(clock.now() + timedelta(days=10)):
        return terminated(world, order)


WAYS: dict[tuple[Ending, bool], Callable[[World], Order]] = {
    (Ending.ACCEPTED, False): given.completed,
    (Ending.ACCEPTED, True): later_payment,
    (Ending.UNPAID, False): given.declined,
    (Ending.TERMINATED, False): lambda world: terminated(world, given.paid(world)),
    (Ending.TERMINATED, True): lambda world: terminated(world, given.completed(world)),
    (Ending.LEFT, True): left,
    (Ending.EXPIRED, True): given.completed,
    (Ending.REMEDY, False): lambda world: remedies.accepted(world).order,
    (Ending.REFUND, False): lambda world: refunded(world, given.delivered(world)),
    (Ending.REFUND, True): lambda world: refunded(world, given.completed(world)),
    (Ending.DISPUTE, False): lambda world: disputed(world, given.delivered(world)),
    (Ending.DISPUTE, True): lambda world: disputed(world, given.completed(world)),
    (Ending.NOT_PASSED, False): right_kept,
    (Ending.RECALLED, False): recalls.recalled,
    (Ending.RECALLED, True): recalled_later,
}
"""How an order ends, and whether what was paid had been released: what the table speaks of."""


def pay_everything_out(world: World) -> None:
    """Pay out what each account holds, and return what nobody claims."""
    for account in Account.objects.filter(kind__in=PAYABLE, balance_cents__gt=0):
        payout = money.proposed_payout(world, account, amount=payable_of(account))
        money.approved(world, payout)
    for payment in Payment.objects.filter(state="unallocated"):
        money.approved(world, money.proposed_return(world, payment))


def test_each_row_of_the_table_is_played() -> None:
    told = {
        (ending, is_released)
        for ending, row in FEES.items()
        for is_released, bearer in ((False, row.before), (True, row.after))
        if bearer is not None
    }
    assert set(WAYS) == told


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
def test_the_fee_is_borne_as_the_table_says_and_nothing_stays(
    world: World, settings: Any, way: tuple[Ending, bool]
) -> None:
    """To the cent, with a third party's share and a tax; then every account is paid out to 0.00."""
    settings.CENTRE = {**settings.CENTRE, **RATES}
    order = WAYS[way](world)
    found, bearer = settled_of(order), FEES[way[0]].of(is_released=way[1])
    fee, kept = (found.fee, found.paid - found.refunded) if found else (D(0), D(0))
    assert found is None or found.adds_up
    if bearer == Bearer.NOBODY:
        assert (fee, kept) == (D(0), D(0))
    elif bearer == Bearer.STAYS:
        assert (fee, kept) == (D("240.00"), D("12000.00"))
    else:
        assert abs(fee - kept / 50) <= D("0.01")
        assert 0 < fee <= 240
        assert found is not None
        assert found.held == 0
        assert bearer == Bearer.SELLER or found.refunded > 0
    rows = Invoice.objects.filter(order=order)
    assert fee == sum(one.amount for one in rows if one.kind == InvoiceKind.FEE) - sum(
        one.amount for one in rows if one.kind == InvoiceKind.FEE_CREDIT
    )
    pay_everything_out(world)
    assert {str(row.balance) for row in Account.objects.all()} <= {"0.00"}


def test_a_recall_owes_no_more_than_can_be_paid(world: World, api_of: ApiClients) -> None:
    """What the seller has no more is paid out of what it earns later, the fee's part with it."""
    order = given.completed(world)
    account = Account.objects.get(kind=AccountKind.SELLER)
    money.approved(world, money.proposed_payout(world, account, amount=account.balance))
    recalls.proven(world, order.listing)
    recall = recall_order(order.pk, by=given.SYSTEM)
    assert recall is not None
    assert (recall.refund, recall.owed) == (0, unused_part(order, on=clock.today()))
    address = reverse("api_propose_refund", args=[order.pk])
    body = {"amount": str(recall.owed), "reason": "The recall.", "request_key": "owed"}
    early = api_of("treasurer").post(address, body, format="json")
    assert (early.status_code, early.json()["code"]) == (422, "amount-too-high")
    other = given.paid(world, given.placed(world, given.published(world)))
    mark_delivered(other.pk, by=given.SYSTEM)
    accept_delivery(other.pk, by=world.actor("buyer"))
    more = api_of("treasurer").post(address, {**body, "amount": "12000.01"}, format="json")
    assert more.json()["code"] == "amount-too-high"
    assert api_of("treasurer").post(address, body, format="json").status_code == 201
    money.approved(world, order.disbursements.get())
    kept = Recall.objects.get(order=order)
    assert (kept.refund, kept.owed) == (recall.owed, 0)
    found = settled_of(order)
    assert found is not None
    assert (found.refunded, found.fee, found.seller) == (D("12000.00"), D(0), D(0))
    after = api_of("treasurer").post(address, {**body, "request_key": "2"}, format="json")
    assert after.status_code == 409
    pay_everything_out(world)
    assert {str(row.balance) for row in Account.objects.all()} == {"0.00"}


def test_what_banks_kept_does_not_go_to_the_buyer(world: World) -> None:
    """Two sides that trade with each other take out no more than they paid in."""
    charge = money.partly_paid(world, "11990.00")
    order = mark_delivered(charge.order_id, by=given.SYSTEM)
    order = accept_delivery(order.pk, by=world.actor("buyer"))
    dispute = disputes.proposed(world, disputes.opened(world, order), refund="11990.00")
    for person in ("buyer", "officer"):
        answer_settlement(dispute.pk, is_agreed=True, by=world.actor(person))
    order.refresh_from_db()
    assert order.state == "refunded"
    standing = {row.kind: row.balance for row in Account.objects.exclude(kind="outside")}
    assert {kind: left for kind, left in standing.items() if left} == {"buyer": D("11990.00")}


CENTS = st.integers(0, 10**9).map(lambda cents: D(cents).scaleb(-2))


@drawn(st.builds(Split, CENTS, CENTS, CENTS, CENTS), CENTS)
def test_parts_add_up_and_give_no_more_than_they_have(has: Split, amount: Decimal) -> None:
    parts = in_parts(has, amount)
    assert parts.whole == min(amount, has.whole)
    for name in ("seller", "fee", "share", "tax"):
        assert 0 <= getattr(parts, name) <= getattr(has, name)
    assert in_parts(has, has.whole) == has


@pytest.mark.parametrize(("language", "folder"), [("en", ""), ("zh-hans", "zh")])
def test_the_guide_has_the_table(language: str, folder: str) -> None:
    """Row by row, in the words of the centre."""
    guide = (DOCS / "how-to" / folder / "sell-data.md").read_text(encoding="utf-8")
    with translation.override(language):
        missing = [row for row in fee_rows() if f"| {' | '.join(row)} |" not in guide]
    assert missing == []
