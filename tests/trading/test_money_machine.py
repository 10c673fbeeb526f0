"""Money under random histories: people pay, accept, refund, dispute and pay out in any order.

After each step nothing is lost: what is held, paid out, refunded, and still stands on an account
equals what came in, and no account that must not be negative is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.batch.funds import funds_of
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.services import take_batch
from marketplace.annotation.closing.services import close_labelling
from marketplace.annotation.pay.services import fund_labelling
from marketplace.core import clock
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    open_dispute,
    propose_settlement,
    withdraw_dispute,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.promise.models import MissedRevision
from marketplace.trading.orders.promise.services import keep_promises
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.services import set_off_credit
from marketplace.trading.orders.settlement.sources import income_of, paid_to_sources, sources_of
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.services import (
    approve_disbursement,
    propose_payout,
    propose_refund,
    propose_return,
    reject_disbursement,
)
from tests.given import annotation, income_shares, money, promises
from tests.given import trading as given
from tests.given.taken_sales import disagreements
from tests.trading.histories import Histories, run

AMOUNTS = st.sampled_from(
    ["0.01", "0.25", "99.99", "3000.00", "11995.00", "11999.99", "12000.00", "12000.01"]
)
LABELLING_MONEY = (TransferKind.SET_ASIDE, TransferKind.WAGE, TransferKind.UNSPENT)
MOST_ORDERS = 4
HISTORIES = 580


class Books(Histories):
    """A few orders of one listing, and everybody who may move their money.

    `wages` counts the most labels that were paid in a history.
    """

    wages: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        # The seller has sold before: what it earned pays for labels, and its bank is known.
        self.labelling = annotation.published(self.world)
        self.listing = Order.objects.get().listing
        income_shares.agreed(self.world, self.listing)
        income_shares.reckoned_and_agreed(self.world, self.listing)
        money.bank_account(self.world, "buyer")
        annotation.begin(self.world, self.labelling, "annotator")
        self.orders: list[Order] = []
        self.days = 0

    def _charges(self, data: st.DataObject) -> list[Charge]:
        order = data.draw(st.sampled_from(self.orders))
        return list(Charge.objects.filter(order=order).order_by("number")[:3])

    @precondition(lambda self: len(self.orders) < MOST_ORDERS)
    @rule()
    def sign(self) -> None:
        """A buyer orders, and both sign."""
        placed = given.placed(self.world, self.listing)
        self.orders.append(given.signed(self.world, placed))

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), amount=st.one_of(st.none(), AMOUNTS), is_named=st.booleans())
    def money_comes_in(self, data: st.DataObject, amount: str | None, is_named: bool) -> None:
        """The right sum or another, with the reference or without."""
        charge = data.draw(st.sampled_from(self._charges(data)))
        text = charge.reference if is_named else "Thank you"
        wanted = data.draw(st.sampled_from([charge.amount, charge.due or charge.amount]))
        line = money.line(f"TX-{uuid4().hex[:12]}", amount or wanted, text)
        self._try(lambda: money.book(self.world, money.statement(line)))

    @precondition(lambda self: self.orders and Payment.objects.exists())
    @rule(data=st.data(), is_returned=st.booleans())
    def allocate_or_return(self, data: st.DataObject, is_returned: bool) -> None:
        """Any payment, be it waiting or not."""
        pk = data.draw(st.sampled_from(list(Payment.objects.order_by("created_at", "pk")))).pk
        if is_returned:
            self._try(
                lambda: propose_return(
                    pk, reason="R.", request_key=uuid4().hex, by=self._by("treasurer")
                )
            )
            return
        charge = data.draw(st.sampled_from(self._charges(data)))
        self._try(lambda: allocate_payment(pk, charges=[charge.pk], by=self._by("treasurer")))

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def set_off(self, data: st.DataObject) -> None:
        """The buyer lets its credit pay, be there one or not."""
        charge = data.draw(st.sampled_from(self._charges(data)))
        self._try(lambda: set_off_credit(charge.pk, by=self._by("buyer")))

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), act=st.sampled_from(["deliver", "accept", "refund", "dispute"]))
    def go_on(self, data: st.DataObject, act: str) -> None:
        """The order goes on, or somebody tries it out of turn."""
        pk = data.draw(st.sampled_from(self.orders)).pk
        amount = Decimal(data.draw(AMOUNTS))
        acts: dict[str, Callable[[], Any]] = {
            "deliver": lambda: mark_delivered(pk, by=given.SYSTEM),
            "accept": lambda: accept_delivery(pk, by=self._by("buyer")),
            "refund": lambda: propose_refund(
                pk,
                amount=amount,
                reason="R.",
                request_key=uuid4().hex,
                by=self._by("treasurer"),
            ),
            "dispute": lambda: open_dispute(pk, text="Half is empty.", by=self._by("buyer")),
        }
        self._try(acts[act])

    @precondition(lambda self: Dispute.objects.exists())
    @rule(data=st.data(), act=st.sampled_from(["withdraw", "settle", "settle"]), amount=AMOUNTS)
    def end_a_dispute(self, data: st.DataObject, act: str, amount: str) -> None:
        """Both sides agree to a sum, or it is taken back."""
        pk = data.draw(st.sampled_from(list(Dispute.objects.order_by("created_at", "pk")))).pk
        if act == "withdraw":
            self._try(lambda: withdraw_dispute(pk, by=self._by("buyer")))
            return
        self._try(
            lambda: propose_settlement(
                pk, refund=Decimal(amount), reason="R.", by=self._by("reviewer")
            )
        )
        buyer, seller = self._by("buyer"), self._by("officer")
        self._try(lambda: answer_settlement(pk, is_agreed=True, by=buyer))
        self._try(lambda: answer_settlement(pk, is_agreed=True, by=seller))

    @precondition(lambda self: Account.objects.exists())
    @rule(data=st.data(), amount=AMOUNTS)
    def pay_out(self, data: st.DataObject, amount: str) -> None:
        """Of any account, any sum."""
        pk = data.draw(st.sampled_from(list(Account.objects.order_by("created_at", "pk")))).pk
        self._try(
            lambda: propose_payout(
                pk,
                amount=Decimal(amount),
                reason="R.",
                request_key=uuid4().hex,
                by=self._by("treasurer"),
            )
        )

    @precondition(lambda self: Disbursement.objects.exists())
    @rule(data=st.data(), is_approved=st.sampled_from([True, True, False]))
    def decide(self, data: st.DataObject, is_approved: bool) -> None:
        """A second person decides on any proposal, be it decided before or not."""
        rows = list(Disbursement.objects.order_by("created_at", "pk"))
        pk, by = data.draw(st.sampled_from(rows)).pk, self._by("reviewer")
        if is_approved:
            self._try(lambda: approve_disbursement(pk, by=by))
        else:
            self._try(lambda: reject_disbursement(pk, reason="No.", by=by))

    @rule(act=st.sampled_from(["label", "label", "label", "fund", "close"]), amount=AMOUNTS)
    def have_labelled(self, act: str, amount: str) -> None:
        """A batch is taken and labelled; or the owner sets money aside, or ends the project."""
        pk, annotator = self.labelling.pk, self._by("annotator")
        acts: dict[str, Callable[[], Any]] = {
            "label": lambda: annotation.handed_in(
                self.world, take_batch(pk, by=annotator), by="annotator"
            ),
            "fund": lambda: fund_labelling(
                pk, amount=Decimal(amount), request_key=uuid4().hex, by=self._by("finance")
            ),
            "close": lambda: close_labelling(pk, by=self._by("officer")),
        }
        self._try(acts[act])

    @precondition(lambda self: Batch.objects.filter(is_qualification=False).exists())
    @rule(data=st.data(), is_right=st.booleans())
    def inspect_labels(self, data: st.DataObject, is_right: bool) -> None:
        """Any batch, be it handed in or not: right, or wrong in all that is looked at."""
        rows = Batch.objects.filter(is_qualification=False).order_by("created_at", "pk")
        batch = data.draw(st.sampled_from(list(rows)))
        wrong = [] if is_right else batch.sample
        self._try(lambda: inspect_batch(batch.pk, wrong=wrong, by=self._by("officer")))

    @precondition(lambda self: len(self.orders) < MOST_ORDERS)
    @rule()
    def subscribe(self) -> None:
        """A buyer pays the first month of what is promised each day."""
        with clock.stopped_at(clock.now() + timedelta(days=self.days)):
            self.orders.append(promises.promised(self.world))

    @precondition(lambda self: self.orders)
    @rule(days=st.sampled_from([1, 3, 40]))
    def miss(self, days: int) -> None:
        """Days go by in which nothing comes, and the loop turns twice."""
        self.days += days
        with clock.stopped_at(clock.now() + timedelta(days=self.days)):
            self._try(lambda: keep_promises(by=given.SYSTEM))
            before = Transfer.objects.count()
            self._try(lambda: keep_promises(by=given.SYSTEM))
            assert Transfer.objects.count() == before

    @invariant()
    def credits_are_what_contracts_give(self) -> None:
        """Each once, off a bill or onto the account, and no more of a period than its contract."""
        given_back: dict[Any, Decimal] = {}
        paid_out = {row.cause: row.amount for row in Transfer.objects.filter(kind="credit")}
        rows = MissedRevision.objects.filter(state__in=("credited", "set_off"))
        for row in rows.select_related("charge__order").prefetch_related("set_offs__charge"):
            placed = [one for one in row.set_offs.all() if one.charge.state != "void"]
            given = paid_out.pop(f"missed:{row.pk}:credit", Decimal(0))
            if any(one.charge.state == "void" for one in row.set_offs.all()) and not given:
                # The loop gives it back at its next turn.
                continue
            assert given + sum(one.amount for one in placed) == row.amount
            is_open = any(one.charge.state == "open" for one in placed)
            assert is_open <= (row.state == "set_off")
            given_back[row.charge] = given_back.get(row.charge, Decimal(0)) + row.amount
        assert not paid_out, "what went onto an account is credited"
        for charge, amount in given_back.items():
            assert charge.state in ("paid", "settled")
            assert amount <= charge.amount * charge.order.agreed_terms.credit_most / 100

    @invariant()
    def bills_are_paid_to_the_cent(self) -> None:
        """What is held for a bill is what is due of it, and credits are all that was taken off."""
        held = {row.cause: row.amount for row in Transfer.objects.filter(kind=TransferKind.HOLD)}
        parts = {row.held_for: row.balance for row in Account.objects.filter(kind="part")}
        for charge in Charge.objects.prefetch_related("set_offs", "allocations"):
            assert charge.set_off == sum(one.amount for one in charge.set_offs.all())
            assert charge.paid == sum(one.amount for one in charge.allocations.all())
            came = sum(held.get(f"charge:{charge.pk}:{step}", 0) for step in ("hold", "parts"))
            if charge.state in ("paid", "settled"):
                assert came == charge.paid == charge.due - charge.borne
            else:
                assert came == charge.borne == 0
            assert parts.get(charge.pk, 0) == (charge.paid if charge.state == "open" else 0)
            assert charge.borne <= min(Decimal(20), charge.due / 1000)

    @invariant()
    def the_centre_bears_no_more_than_banks_kept(self) -> None:
        """Once an amount, and only of what was told."""
        rows = Transfer.objects.filter(kind=TransferKind.BORNE, debit__kind=AccountKind.BORNE)
        borne = {row.cause: row.amount for row in rows}
        told = {f"charge:{row.pk}:borne": row.borne for row in Charge.objects.all()}
        assert all(told[cause] == amount for cause, amount in borne.items())

    @invariant()
    def sources_have_their_parts(self) -> None:
        """Of what the seller has of each order at the moment, rounded down; refunds took theirs."""
        for order in self.orders:
            income, paid = income_of(order), paid_to_sources(order)
            for one in sources_of(order):
                assert paid.get(one.organization_id, Decimal(0)) == one.part_of(income)

    @invariant()
    def labels_are_paid_to_the_cent(self) -> None:
        """Each accepted label once, at the price of its project, and the rest is where it was."""
        moved: dict[str, Decimal] = {}
        for row in Transfer.objects.filter(kind__in=LABELLING_MONEY):
            moved[row.kind] = moved.get(row.kind, Decimal(0)) + row.amount
        accepted = Task.objects.filter(batch__state="accepted", answer__isnull=False).count()
        Books.wages = max(Books.wages, accepted)
        wages = moved.get(TransferKind.WAGE, Decimal(0))
        assert wages == self.labelling.price * accepted
        held = Account.objects.get(kind=AccountKind.HELD, held_for=self.labelling.pk).balance
        assert held == moved[TransferKind.SET_ASIDE] - wages - moved.get(
            TransferKind.UNSPENT, Decimal(0)
        )
        self.labelling.refresh_from_db()
        funds = funds_of(self.labelling)
        assert funds.paid == wages
        assert funds.free >= 0, "what batches under way may cost is there"

    @invariant()
    def what_is_held_fits_the_orders(self) -> None:
        """Nothing is held of an order that is over or was never paid."""
        held = Account.objects.filter(kind=AccountKind.HELD)
        for account in held.exclude(held_for=self.labelling.pk):
            assert account.held_for is not None
            order = Order.objects.get(pk=account.held_for)
            if order.state in ("signed", "completed", "refunded"):
                assert account.balance == 0

    @invariant()
    def sales_agree_with_orders(self) -> None:
        """What listings know of their sales is what the orders say."""
        assert disagreements() == []


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_random_histories_lose_no_cent(db: None) -> None:
    """A few of them each time."""
    run(Books, examples=3, steps=25)


@pytest.mark.campaign
def test_fifty_thousand_steps_lose_no_cent(
    db: None, record_property: Callable[[str, object], None]
) -> None:
    """And many when asked: histories of 100 steps, but where one ends early (92 on the average)."""
    steps = run(Books, examples=HISTORIES, steps=100, shrinks=True)
    record_property("steps", steps)
    assert steps >= 50_000
    record_property("labels paid in one history", Books.wages)
    assert Books.wages
