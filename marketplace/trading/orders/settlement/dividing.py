"""Divide what a buyer paid: to the seller, the centre's fee, a third party's share and the tax."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from marketplace.core.money import to_cents


@dataclass(frozen=True)
class Split:
    """The parts of an amount, which add up to it to the cent."""

    seller: Decimal
    fee: Decimal
    share: Decimal
    tax: Decimal


def fee_of(price: Decimal) -> Decimal:
    """Return the centre's fee on a price, in cents, by the centre's rate."""
    return to_cents(price * Decimal(settings.CENTRE["FEE_RATE"]))


def split_of(amount: Decimal) -> Split:
    """Divide an amount by the centre's rates; the seller gets what the others leave.

    Where the rates together exceed the amount by rounding, the later part gives way.
    """
    fee = fee_of(amount)
    share = min(to_cents(amount * Decimal(settings.CENTRE["SHARE_RATE"])), amount - fee)
    tax = min(
        to_cents(amount * Decimal(settings.CENTRE["TAX_WITHHELD_RATE"])), amount - fee - share
    )
    return Split(seller=amount - fee - share - tax, fee=fee, share=share, tax=tax)
