"""A year of trades made by acts, month after month with the clock injected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from marketplace.core import clock
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.promise.services import keep_promises
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.services import set_off_credit
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.models import Disbursement
from tests.given import money, promises
from tests.given import trading as given
from tests.given.world import World

DAYS = 30
"""How long a month of this year is."""


@dataclass
class Year:
    """What happens in it, each month with its own way of paying."""

    world: World
    listing: Listing

    def live(self) -> None:
        """Let the year pass: trades, payouts at the end of each month, and its closing."""
        begin = clock.now() + timedelta(days=1)
        months: tuple[Callable[[], None], ...] = (
            self.whole,
            self.in_two_parts,
            self.short,
            self.beyond,
            self.two_at_once,
            self.bank_itself,
            self.undone,
            self.undone_half_paid,
            self.partly_refunded,
            self.sent_back,
            self.subscribed,
            self.missed,
        )
        for number, month in enumerate(months):
            with clock.stopped_at(begin + timedelta(days=DAYS * number)):
                month()
            with clock.stopped_at(begin + timedelta(days=DAYS * number + 20)):
                self.send_out()
            with clock.stopped_at(begin + timedelta(days=DAYS * number + 22)):
                money.closed(self.world, (clock.today() - timedelta(days=1)).isoformat())

    def signed(self) -> Charge:
        """Have an order signed, and return what its buyer owes."""
        order = given.signed(self.world, given.placed(self.world, self.listing))
        return money.charge_of(order)

    def told(self, amount: object, text: str) -> Payment:
        """Let the bank tell of money that came in today."""
        reference = f"TX-{uuid4().hex[:12]}"
        told = money.line(reference, amount, text, on=clock.today().isoformat())
        money.book(self.world, money.statement(told))
        return Payment.objects.get(reference=reference)

    def pays(self, charge: Charge, amount: object) -> None:
        """Let the buyer pay an amount by its reference."""
        self.told(amount, charge.reference)

    def accepted(self, charge: Charge) -> None:
        """Deliver what was paid, and have it accepted."""
        mark_delivered(charge.order_id, by=given.SYSTEM)
        accept_delivery(charge.order_id, by=self.world.actor("buyer"))

    def whole(self) -> None:
        """The usual way."""
        charge = self.signed()
        self.pays(charge, "12000.00")
        self.accepted(charge)

    def in_two_parts(self) -> None:
        """Two payments of one invoice."""
        charge = self.signed()
        self.pays(charge, "4000.01")
        self.pays(charge, "7999.99")
        self.accepted(charge)

    def short(self) -> None:
        """A bank keeps something of two payments; one of the orders is undone."""
        kept, undone = self.signed(), self.signed()
        self.pays(kept, "11990.00")
        self.pays(undone, "11988.00")
        self.accepted(kept)
        self.terminated(undone)

    def beyond(self) -> None:
        """What was paid too much pays a part of the next order."""
        first, second = self.signed(), self.signed()
        self.pays(first, "12345.67")
        self.accepted(first)
        set_off_credit(second.pk, by=self.world.actor("buyer"))
        second.refresh_from_db()
        self.pays(second, second.still_open)
        self.accepted(second)

    def two_at_once(self) -> None:
        """One payment without a reference pays two invoices, and a little is left."""
        first, second = self.signed(), self.signed()
        money.allocate(self.world, self.told("24000.10", "Thank you"), first, second)
        self.accepted(first)

    def undone(self) -> None:
        """Paid and terminated before acceptance."""
        charge = self.signed()
        self.pays(charge, "12000.00")
        self.terminated(charge)

    def undone_half_paid(self) -> None:
        """Terminated before the rest had come."""
        charge = self.signed()
        self.pays(charge, "500.00")
        self.terminated(charge)

    def terminated(self, charge: Charge) -> None:
        """Let the buyer end the contract."""
        terminate_contract(charge.order_id, reason="No need.", by=self.world.actor("buyer"))

    def partly_refunded(self) -> None:
        """A part goes back, the rest is accepted."""
        charge = self.signed()
        self.pays(charge, "12000.00")
        order = Order.objects.get(pk=charge.order_id)
        money.approved(self.world, money.proposed_refund(self.world, order, amount="1234.56"))
        self.accepted(charge)

    def sent_back(self) -> None:
        """What was meant for nobody here."""
        payment = self.told("77.00", "For another")
        self.at_bank(money.approved(self.world, money.proposed_return(self.world, payment)))

    def subscribed(self) -> None:
        """The first month of a subscription, recorded by hand before the bank tells of it."""
        self.promised = promises.promised(self.world)
        paid = Payment.objects.get(charge__order=self.promised)
        day = clock.today().isoformat()
        told = money.line(paid.reference, paid.amount, paid.claimed_reference, on=day)
        money.book(self.world, money.statement(told))

    def missed(self) -> None:
        """What was missed is taken off the bills, of which the next is paid."""
        for _turn in range(2):
            keep_promises(by=given.SYSTEM)
        bill = Charge.objects.filter(order=self.promised, state="open").order_by("number")[0]
        if bill.still_open:
            self.pays(bill, bill.still_open)

    def bank_itself(self) -> None:
        """Let the bank take its fee and give interest, each booked by two."""
        day = clock.today().isoformat()
        for reference, amount, kind in (
            ("", "-5.00", "bank_fee"),
            ("INT-0001", "1.23", "interest"),
        ):
            money.book(self.world, money.statement(money.line(reference, amount, "Bank", on=day)))
            line = BankLine.objects.get(amount=Decimal(amount), booked_on=day)
            money.booked_item(self.world, line, kind)

    def send_out(self) -> None:
        """Pay out what sellers and buyers have, and half of the fees."""
        rows = Account.objects.filter(
            kind__in=[AccountKind.SELLER, AccountKind.BUYER, AccountKind.FEE], balance_cents__gt=100
        )
        for account in rows.order_by("created_at"):
            part = 2 if account.kind == AccountKind.FEE else 1
            amount = (account.balance / part).quantize(Decimal("0.01"))
            sent = money.proposed_payout(self.world, account, amount=amount)
            self.at_bank(money.approved(self.world, sent))

    def at_bank(self, sent: Disbursement) -> None:
        """Let the bank's statement tell that money left."""
        reference = f"OUT-{uuid4().hex[:12]}"
        day = clock.today().isoformat()
        gone = money.line(reference, -sent.amount, sent.reference, on=day)
        money.book(self.world, money.statement(gone))


def a_year(world: World) -> None:
    """Let a year of trades pass."""
    Year(world, given.published(world)).live()
