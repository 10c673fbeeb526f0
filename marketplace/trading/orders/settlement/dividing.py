"""Divide what a buyer paid: to the seller, the centre's fee, a third party's share and the tax."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from django.conf import settings
from django.utils import timezone

from marketplace.accounts.setting.selectors import fee_rate_on
from marketplace.core import clock, to_cents
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order


@dataclass(frozen=True)
class Split:
    """The parts of an amount, which add up to it to the cent."""

    seller: Decimal
    fee: Decimal
    share: Decimal
    tax: Decimal

    @property
    def whole(self) -> Decimal:
        """Return what the parts add up to."""
        return self.seller + self.fee + self.share + self.tax


def in_parts(has: Split, amount: Decimal) -> Split:
    """Divide an amount in the proportion of parts, in cents; none gives more than it has."""
    whole = has.whole
    amount = min(amount, whole)
    if amount <= 0:
        return Split(*(Decimal(0),) * 4)
    # Rounded are the sums so far, so that the parts add up whatever they are.
    sums = accumulate((has.fee, has.share, has.tax, has.seller), initial=Decimal(0))
    ends = [to_cents(end * amount / whole) for end in sums]
    fee, share, tax, seller = (end - start for start, end in pairwise(ends))
    return Split(seller=seller, fee=fee, share=share, tax=tax)


def fee_of(price: Decimal, rate: Decimal) -> Decimal:
    """Return the centre's fee on a price, in cents, by a rate."""
    return to_cents(price * rate)


def fee_rate_of(order: Order) -> Decimal:
    """Return the centre's share of an order: that of the day when its contract was drawn up.

    Before there is a contract it is today's.
    """
    drawn_up = Contract.objects.filter(order=order).values_list("created_at", flat=True).first()
    return fee_rate_on(timezone.localdate(drawn_up) if drawn_up else clock.today())


def split_of(amount: Decimal, rate: Decimal) -> Split:
    """Divide an amount by the fee's rate and the centre's others; the seller gets what they leave.

    Where the rates together exceed the amount by rounding, the later part gives way.
    """
    fee = fee_of(amount, rate)
    share = min(to_cents(amount * Decimal(settings.CENTRE["SHARE_RATE"])), amount - fee)
    tax = min(
        to_cents(amount * Decimal(settings.CENTRE["TAX_WITHHELD_RATE"])), amount - fee - share
    )
    return Split(seller=amount - fee - share - tax, fee=fee, share=share, tax=tax)
