"""A random year of money beside a bank that keeps its own account of it.

The bank takes fees, gives interest and corrects itself; its statements come late, twice, without
numbers or balances, or with days left out; what was booked as the wrong kind is reversed; buyers
pay, take back, dispute, terminate and leave; data is recalled; days are closed meanwhile.

After each step each closed day is what it was, each line of the bank counts once or is held, and
two people acted wherever the table says so. Once all is named, the bank and the books differ by
0.00, and each balance can be paid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.models import F, QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from marketplace.core import clock
from marketplace.ledger.binding import state_faults
from marketplace.trading.books.account.models import BANK_OWN
from marketplace.trading.books.models import Account, AccountKind, Transfer
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    open_dispute,
    propose_settlement,
    withdraw_dispute,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.recall.services import recall_order
from marketplace.trading.orders.settlement.drawing import CENTRE_BORE, CENTRE_HAS, payable_of
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.services import (
    confirm_reversal,
    propose_reversal,
    reject_reversal,
)
from marketplace.trading.treasury.bank_item.states import ItemState
from marketplace.trading.treasury.bank_match.services import confirm_match, decline_match
from marketplace.trading.treasury.closing.computing import closed_day_faults
from marketplace.trading.treasury.closing.models import ClosingProposal, DayClosing
from marketplace.trading.treasury.closing.services import confirm_closing, propose_closing
from marketplace.trading.treasury.held_line.choices import Says
from marketplace.trading.treasury.held_line.days import lines_of_days
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.held_line.selectors import counted_lines, lines_to_compare
from marketplace.trading.treasury.held_line.services import confirm_held_line, propose_held_line
from marketplace.trading.treasury.held_line.states import OPEN
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.services import confirm_statement, import_statement
from marketplace.trading.treasury.payment.states import PaymentState
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind
from marketplace.trading.treasury.payout.rules import PAYABLE
from marketplace.trading.treasury.payout.services import (
    approve_disbursement,
    propose_payout,
    propose_refund,
    propose_return,
)
from marketplace.trading.treasury.reconciliation.comparing import reconciled
from marketplace.trading.treasury.reconciliation.services import (
    confirm_bank_item,
    propose_bank_item,
)
from marketplace.trading.treasury.reconciliation.sheet import DIFFERENCES, Finding, Line, Row, Sheet
from tests.given import leaving, money, recalls
from tests.given import trading as given
from tests.trading.histories import Histories, run

AMOUNTS = st.sampled_from(
    ["0.01", "15.00", "3000.00", "11995.00", "12000.00", "12000.00", "12000.00", "12500.00"]
)
OWN = st.sampled_from(
    [
        (ItemKind.FEE, "-15.00"),
        (ItemKind.FEE, "-0.01"),
        (ItemKind.FEE, "15.00"),
        (ItemKind.INTEREST, "3.21"),
        (ItemKind.INTEREST, "-1.10"),
        (ItemKind.CORRECTION, "100.00"),
        (ItemKind.CORRECTION, "-100.00"),
        (ItemKind.CORRECTION, "-3000.00"),
    ]
)
HEADER = "transaction_id,booked_on,amount,currency,text,balance,page"
MOST_ORDERS = 3
YEARS = 120


@dataclass(frozen=True)
class AtBank:
    """A line as the bank has it, with its place among all and what it truly is."""

    place: int
    reference: str
    day: date
    amount: Decimal
    text: str
    balance: Decimal
    kind: ItemKind | None = None
    sent: UUID | None = None

    def told(self, *, page: int, tells_balances: bool) -> str:
        """Write it as a statement tells it."""
        balance = self.balance if tells_balances else ""
        told = (self.reference, self.day, self.amount, "CNY", self.text, balance, page)
        return ",".join(map(str, told))


class Year(Histories):
    """A few orders, the centre's bank, and everybody who may move money; days go by.

    `closings`, `items`, `held`, `reversed` and `left` count what histories reached.
    """

    closings: ClassVar[int] = 0
    items: ClassVar[int] = 0
    held: ClassVar[int] = 0
    reversed: ClassVar[int] = 0
    left: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.listing = given.published(self.world)
        for keeper in money.NUMBERS:
            money.bank_account(self.world, keeper)
        self.subscription = leaving.subscribed(self.world)
        self.moment = clock.now() + timedelta(days=1)
        self.begin = self.day
        self.balance = -Account.objects.get(kind=AccountKind.OUTSIDE).balance
        self.lines: list[AtBank] = []
        self.told: set[AtBank] = set()
        self.truth: dict[UUID, AtBank] = {}
        self.pages = 0
        self.orders: list[Order] = [self.subscription]
        self.is_weakened = False
        self.is_recalled = False
        self.closed: dict[date, Decimal] = {}

    @property
    def day(self) -> date:
        """Return what day it is."""
        with clock.stopped_at(self.moment):
            return clock.today()

    @contextmanager
    def _today(self) -> Iterator[None]:
        self.moment += timedelta(minutes=1)
        with clock.stopped_at(self.moment):
            yield

    def _moves(
        self,
        amount: Decimal,
        text: str = "",
        *,
        reference: str | None = None,
        kind: ItemKind | None = None,
        sent: UUID | None = None,
    ) -> None:
        """Let money move at the bank, whose statement tells so one day."""
        self.balance += amount
        place = len(self.lines)
        reference = f"TX-{place:08d}" if reference is None else reference
        self.lines.append(
            AtBank(place, reference, self.day, amount, text, self.balance, kind, sent)
        )

    @rule(days=st.sampled_from([1, 1, 2, 9, 30]))
    def days_go_by(self, days: int) -> None:
        """Nothing happens."""
        self.moment += timedelta(days=days)

    @precondition(lambda self: len(self.orders) <= MOST_ORDERS and not self.is_recalled)
    @rule()
    def sign(self) -> None:
        """A buyer orders, and both sign."""
        with self._today():
            order = given.signed(self.world, given.placed(self.world, self.listing))
            self.orders.append(order)

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), amount=AMOUNTS, is_named=st.sampled_from([True, True, False]))
    def a_buyer_pays(self, data: st.DataObject, amount: str, is_named: bool) -> None:
        """The bank has it; the centre learns of it with a statement."""
        charge = data.draw(st.sampled_from(list(self._charges())))
        self._moves(Decimal(amount), charge.reference if is_named else "Thank you")

    @rule(own=OWN, numbered=st.sampled_from([False, False, True]), times=st.sampled_from([1, 1, 2]))
    def the_bank_itself(self, own: tuple[ItemKind, str], numbered: bool, times: int) -> None:
        """It takes a fee, pays interest, errs or corrects itself, with a number or without."""
        kind, amount = own[0], Decimal(own[1])
        for _time in range(times):
            reference = "" if amount < 0 and not numbered else None
            self._moves(amount, "Bank", reference=reference, kind=kind)

    @precondition(lambda self: len(self.lines) > len(self.told))
    @rule(
        left_out=st.integers(0, 3),
        again=st.integers(0, 4),
        is_last=st.booleans(),
        tells_balances=st.booleans(),
    )
    def a_statement_comes(
        self, left_out: int, again: int, is_last: bool, tells_balances: bool
    ) -> None:
        """With lines left out at its end or beginning, or with some that were told before."""
        waiting = [line for line in self.lines if line not in self.told]
        kept = max(len(waiting) - left_out, 1)
        told = waiting[:kept] if is_last else waiting[-kept:]
        before = [line for line in self.lines if line in self.told][-again:] if again else []
        with self._today():
            lines = sorted([*before, *told], key=lambda line: line.place)
            self._tell(lines, tells_balances=tells_balances)

    def _tell(self, lines: list[AtBank], *, tells_balances: bool = True) -> None:
        self.pages += 1
        told = [line.told(page=self.pages, tells_balances=tells_balances) for line in lines]
        content = "\n".join([HEADER, *told, ""]).encode()
        first, second = self._by("treasurer"), self._by("second_treasurer")
        statement = import_statement(content=content, by=first)
        assert self._try(lambda: confirm_statement(statement.pk, by=first)) is None
        confirm_statement(statement.pk, by=second)
        kept = statement.lines.order_by("number").values_list("pk", flat=True)
        self.truth |= dict(zip(kept, lines, strict=True))
        self.told |= set(lines)

    @rule()
    def lines_are_named(self) -> None:
        """Whatever the statements tell so far gets its place."""
        with self._today():
            self._give_places()

    @precondition(lambda self: BankItem.objects.filter(state=ItemState.BOOKED).exists())
    @rule(data=st.data(), is_rejected=st.sampled_from([False, False, True]))
    def reverse_an_item(self, data: st.DataObject, is_rejected: bool) -> None:
        """What was booked is said to be something else; its line is named again later."""
        rows = BankItem.objects.filter(state=ItemState.BOOKED).order_by("created_at", "pk")
        pk = data.draw(st.sampled_from(list(rows))).pk
        first, second = self._by("treasurer"), self._by("second_treasurer")
        with self._today():
            propose_reversal(pk, reason="R.", by=first)
            assert self._try(lambda: confirm_reversal(pk, by=first)) is None
            if is_rejected:
                reject_reversal(pk, reason="R.", by=second)
                return
            confirm_reversal(pk, by=second)
        type(self).reversed += 1

    @precondition(lambda self: self.orders and Payment.objects.exists())
    @rule(data=st.data(), is_returned=st.booleans())
    def allocate_or_return(self, data: st.DataObject, is_returned: bool) -> None:
        """Any payment of somebody's, be it waiting or not."""
        own = {line.reference for line in self.lines if line.kind}
        rows = Payment.objects.filter(received_on__gte=self.begin).exclude(reference__in=own)
        if not rows:
            return
        payment = data.draw(st.sampled_from(list(rows.order_by("reference"))))
        pk, by = payment.pk, self._by("treasurer")
        with self._today():
            if is_returned:
                key = uuid4().hex
                self._try(lambda: propose_return(pk, reason="R.", request_key=key, by=by))
                return
            charge = data.draw(st.sampled_from(list(self._charges())))
            self._try(lambda: allocate_payment(pk, charges=[charge.pk], by=by))

    @precondition(lambda self: self.orders)
    @rule(
        data=st.data(),
        act=st.sampled_from(["deliver", "accept", "refund", "dispute", "terminate"]),
        amount=AMOUNTS,
    )
    def go_on(self, data: st.DataObject, act: str, amount: str) -> None:
        """The order goes on, or somebody tries it out of turn."""
        pk = data.draw(st.sampled_from(self.orders)).pk
        buyer, treasurer = self._by("buyer"), self._by("treasurer")
        acts: dict[str, Callable[[], Any]] = {
            "deliver": lambda: mark_delivered(pk, by=given.SYSTEM),
            "accept": lambda: accept_delivery(pk, by=buyer),
            "refund": lambda: propose_refund(
                pk, amount=Decimal(amount), reason="R.", request_key=uuid4().hex, by=treasurer
            ),
            "dispute": lambda: open_dispute(pk, text="Half is empty.", by=buyer),
            "terminate": lambda: terminate_contract(pk, reason="Given up.", by=buyer),
        }
        with self._today():
            self._try(acts[act])

    @precondition(lambda self: not self.is_weakened)
    @rule(is_so=st.booleans())
    def a_buyer_leaves(self, is_so: bool) -> None:
        """What was subscribed keeps to fewer rules, and its buyer gets back what is left."""
        if not is_so:
            return
        pk, by = self.subscription.pk, self._by("buyer")
        with self._today():
            leaving.weaken(self.world, self.subscription)
            self.is_weakened = True
            left = self._try(lambda: terminate_contract(pk, reason="Less.", by=by))
        type(self).left += left is not None

    @precondition(lambda self: Dispute.objects.exists())
    @rule(data=st.data(), is_withdrawn=st.booleans(), amount=AMOUNTS)
    def end_a_dispute(self, data: st.DataObject, is_withdrawn: bool, amount: str) -> None:
        """Both sides agree to a sum, or it is taken back."""
        pk = data.draw(st.sampled_from(list(Dispute.objects.order_by("created_at", "pk")))).pk
        buyer, seller, reviewer = map(self._by, ("buyer", "officer", "reviewer"))
        with self._today():
            if is_withdrawn:
                self._try(lambda: withdraw_dispute(pk, by=buyer))
                return
            back = Decimal(amount)
            self._try(lambda: propose_settlement(pk, refund=back, reason="R.", by=reviewer))
            self._try(lambda: answer_settlement(pk, is_agreed=True, by=buyer))
            self._try(lambda: answer_settlement(pk, is_agreed=True, by=seller))

    @precondition(lambda self: len(self.orders) > 2 and not self.is_recalled)
    @rule(is_so=st.sampled_from([True, False, False]))
    def data_is_recalled(self, is_so: bool) -> None:
        """A person can be found in it, and each order is undone."""
        if not is_so:
            return
        with self._today():
            recalls.proven(self.world, self.listing)
            self.is_recalled = True
            for order in self.orders[1:]:
                self._try(partial(recall_order, order.pk, by=given.SYSTEM))

    @precondition(lambda self: Account.objects.filter(kind__in=PAYABLE).exists())
    @rule(data=st.data(), part=st.sampled_from([1, 1, 2]))
    def pay_out(self, data: st.DataObject, part: int) -> None:
        """Of any account, all of it or a half; a second person decides later."""
        rows = Account.objects.filter(kind__in=PAYABLE).order_by("kind", "organization__name")
        account = data.draw(st.sampled_from(list(rows)))
        amount = (payable_of(account) / part).quantize(Decimal("0.01"))
        with self._today():
            self._try(lambda: self._proposed(account, amount))

    def _proposed(self, account: Account, amount: Decimal) -> Disbursement:
        key, by = uuid4().hex, self._by("treasurer")
        return propose_payout(account.pk, amount=amount, reason="R.", request_key=key, by=by)

    @precondition(lambda self: Disbursement.objects.filter(state="proposed").exists())
    @rule(data=st.data(), is_named=st.booleans(), bears_a_number=st.booleans())
    def let_out(self, data: st.DataObject, is_named: bool, bears_a_number: bool) -> None:
        """A second person lets money out, and the bank carries it out, with our word or without."""
        rows = Disbursement.objects.filter(state="proposed").order_by("created_at", "pk")
        pk = data.draw(st.sampled_from(list(rows))).pk
        with self._today():
            assert self._try(lambda: approve_disbursement(pk, by=self._by("treasurer"))) is None
            sent = self._try(lambda: approve_disbursement(pk, by=self._by("reviewer")))
        if sent is not None and sent.kind != DisbursementKind.REFUND:
            text, number = sent.reference if is_named else "Payout", None if bears_a_number else ""
            self._moves(-sent.amount, text, reference=number, sent=sent.pk)

    @rule(days=st.sampled_from([0, 1, 3]))
    def close(self, days: int) -> None:
        """Two close yesterday, and all that is open before it."""
        self.moment += timedelta(days=days)
        day = self.day - timedelta(days=1)
        if day in self.closed or day < self.begin:
            return
        with self._today():
            proposal = propose_closing(day=day, by=self._by("treasurer"))
            first = self._by("treasurer")
            assert self._try(lambda: confirm_closing(proposal.pk, by=first)) is None
            confirm_closing(proposal.pk, by=self._by("second_treasurer"))
        self.closed[day] = self._in_books(day)
        type(self).closings += 1

    def _charges(self) -> list[Charge]:
        return list(
            Charge.objects.filter(order__in=self.orders).order_by("order__created_at", "number")
        )

    def _sheet(self, last: date, first: date | None = None) -> Sheet:
        first = first or last
        sheets = reconciled(lines_of_days(first, last), first, last).sheets
        nothing = Line(None, Decimal(0))
        return sheets[0] if sheets else Sheet("CNY", nothing, nothing, nothing, ())

    def _in_books(self, day: date) -> Decimal:
        """Add up what the books have at the bank at the end of a day."""
        rows = Transfer.objects.filter(booked_on__lte=day).select_related("debit", "credit")
        kinds = [(row.debit.kind, row.credit.kind, row.amount) for row in rows]
        came = [amount for debit, _credit, amount in kinds if debit == AccountKind.OUTSIDE]
        went = [amount for _debit, credit, amount in kinds if credit == AccountKind.OUTSIDE]
        return sum(came, Decimal(0)) - sum(went, Decimal(0))

    def _give_places(self) -> None:
        """Name each line that has no place: a payout, or what it is of the bank's own."""
        self._decide_held()
        first, second = self._by("treasurer"), self._by("second_treasurer")
        for _turn in range(2 * len(self.lines) + 1):
            row = next(filter(self._is_open, self._sheet(self.day, self.begin).rows), None)
            if row is None or row.line is None:
                return
            line = self.truth[row.line.pk]
            if row.finding == Finding.LIKELY:
                assert row.disbursement is not None
                is_it = line.sent == row.disbursement.pk
                say = confirm_match if is_it else decline_match
                say(row.line.pk, disbursement=row.disbursement.pk, by=first)
                continue
            assert line.kind is not None, f"{line} has no place in the books"
            item = propose_bank_item(row.line.pk, kind=line.kind, by=first)
            assert self._try(partial(confirm_bank_item, item.pk, by=first)) is None
            confirm_bank_item(item.pk, by=second)
            type(self).items += 1
        raise AssertionError("a line gets no place however often it is named")

    def _decide_held(self) -> None:
        """Say of each held line whether it is one that counts already, as its bank knows."""
        first, second = self._by("treasurer"), self._by("second_treasurer")
        for held in lines_to_compare(first):
            counted = {self.truth[pk] for pk in self._ours(counted_lines())}
            is_same = self.truth[held.line_id] in counted
            says = Says.SAME if is_same else Says.ANOTHER
            propose_held_line(held.pk, says=says, by=first)
            assert self._try(partial(confirm_held_line, held.pk, by=first)) is None
            confirm_held_line(held.pk, by=second)
            type(self).held += 1

    def _is_open(self, row: Row) -> bool:
        """Return whether somebody has to say what a row is; a buyer's money waits by itself."""
        own = {line.reference for line in self.lines if line.kind and line.reference}
        waits = row.finding == Finding.UNALLOCATED and row.reference in own
        return row.line is not None and (
            waits or row.finding in (Finding.LIKELY, Finding.NOT_BOOKED, Finding.AMOUNT_DIFFERS)
        )

    @invariant()
    def closed_days_are_what_they_were(self) -> None:
        """By their digests, and by what the books show of them."""
        assert list(closed_day_faults()) == []
        assert DayClosing.objects.count() == len(self.closed)
        for day in sorted(self.closed)[-2:]:
            assert self._in_books(day) == self.closed[day]
            sheet = self._sheet(day)
            assert not sheet.rows or sheet.after.in_books == self.closed[day]

    @invariant()
    def two_acted(self) -> None:
        """Nobody decided what they had begun."""
        for rows, begun, decided in (
            (BankItem.objects.all(), "proposed_by_id", "confirmed_by_id"),
            (BankItem.objects.all(), "reversal_by_id", "reversed_by_id"),
            (BankStatement.objects.all(), "imported_by_id", "confirmed_by_id"),
            (HeldLine.objects.all(), "proposed_by_id", "confirmed_by_id"),
            (ClosingProposal.objects.all(), "proposed_by_id", "confirmed_by_id"),
            (Disbursement.objects.all(), "proposed_by_id", "decided_by_id"),
        ):
            assert not rows.filter(**{begun: F(decided)}).exists(), rows.model
        booked = BankItem.objects.exclude(booked_on=None)
        assert not booked.filter(confirmed_by_id=None).exists()
        assert not booked.exclude(reversed_on=None).filter(reversed_by_id=None).exists()

    @invariant()
    def a_line_counts_once_or_is_held(self) -> None:
        """No line of the bank counts twice, and each that was told counts or is held."""
        counted = [self.truth[pk] for pk in self._ours(counted_lines())]
        assert len(counted) == len(set(counted))
        held = HeldLine.objects.filter(state__in=OPEN).values_list("line_id", flat=True)
        assert self.told == {*counted, *(self.truth[pk] for pk in held)}

    def _ours(self, lines: QuerySet[BankLine]) -> list[UUID]:
        """Return the lines of this year's bank: others proved bank accounts before."""
        return [pk for pk in lines.values_list("pk", flat=True) if pk in self.truth]

    @rule()
    def states_follow_from_the_ledger(self) -> None:
        """What orders, charges and payments say of themselves is what the acts led to."""
        assert list(state_faults()) == []

    @rule()
    def all_is_told_and_named(self) -> None:
        """The bank has told everything: each line has its place, and not a cent differs."""
        waiting = [line for line in self.lines if line not in self.told]
        with self._today():
            if waiting:
                self._tell(waiting)
            self._give_places()
        with self._today():
            self._cover()
            sheet = self._sheet(self.day, self.begin)
        assert -Account.objects.get(kind=AccountKind.OUTSIDE).balance == self.balance
        assert sheet.after.in_books == (self.balance if self.lines else 0)
        assert sheet.named == 0
        assert sheet.after.difference in (0, None)
        assert not [row for row in sheet.rows if row.finding in (*DIFFERENCES, Finding.LIKELY)]
        counted = [self.truth[pk] for pk in self._ours(counted_lines())]
        assert sorted(line.place for line in counted) == list(range(len(self.lines)))
        self._pay_everybody()

    def _cover(self) -> None:
        """The centre pays in what the bank took beyond the centre's own money."""
        own = Account.objects.filter(kind__in=(*CENTRE_HAS, *CENTRE_BORE))
        lacks = sum((self._counted(account) for account in own), Decimal(0))
        if lacks < 0:
            self._moves(-lacks, "Cover", kind=ItemKind.FEE)
            self._tell([self.lines[-1]])
            self._give_places()

    def _counted(self, account: Account) -> Decimal:
        is_correction = account.kind == AccountKind.CORRECTION
        return min(account.balance, Decimal(0)) if is_correction else account.balance

    def _pay_everybody(self) -> None:
        """Each balance that may leave can be paid, all of them together; then it is taken back."""
        with self._today(), transaction.atomic():
            waiting = Payment.objects.filter(state=PaymentState.UNALLOCATED)
            rows = Account.objects.filter(kind__in=PAYABLE, balance_cents__gt=0)
            for account in rows.order_by("created_at"):
                amount = payable_of(account)
                if amount > 0:
                    sent = self._proposed(account, amount)
                    approve_disbursement(sent.pk, by=self._by("reviewer"))
            outside = Account.objects.get(kind=AccountKind.OUTSIDE)
            held = sum(
                account.balance
                for account in Account.objects.exclude(
                    kind__in=(AccountKind.OUTSIDE, AccountKind.BORNE, *BANK_OWN)
                )
            )
            assert -outside.balance >= 0, "the bank has what everybody may have"
            assert held >= sum(payment.amount for payment in waiting)
            transaction.set_rollback(True)


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_a_random_year_of_money_agrees_with_its_bank(db: None) -> None:
    """A few histories each time."""
    run(Year, examples=4, steps=30)


@pytest.mark.campaign
def test_many_random_years_of_money_agree_with_their_banks(
    db: None, record_property: Callable[[str, object], None]
) -> None:
    """And many when asked, of 100 steps."""
    steps = run(Year, examples=YEARS, steps=100, shrinks=True)
    record_property("steps", steps)
    assert steps >= 50 * YEARS
    assert Year.closings > YEARS // 2
    assert Year.items > YEARS // 4
    assert min(Year.held, Year.reversed, Year.left) > 0
