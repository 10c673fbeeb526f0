"""What a buyer paid is divided to the cent, whatever the rates are."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from marketplace.trading.orders.settlement.dividing import split_of

RATES = st.decimals("0", "1", places=4)


@given(st.decimals("0.01", "99999999.99", places=2), RATES, RATES, RATES)
def test_the_parts_add_up_whatever_the_rates(
    amount: Decimal, fee: Decimal, share: Decimal, tax: Decimal
) -> None:
    """Nothing is left over, nothing is lent, and the fee comes before what others get."""
    rates = {"SHARE_RATE": str(share), "TAX_WITHHELD_RATE": str(tax)}
    with override_settings(CENTRE=settings.CENTRE | rates):
        split = split_of(amount, fee)
    assert split.seller + split.fee + split.share + split.tax == amount
    assert min(split.seller, split.fee, split.share, split.tax) >= 0
    assert abs(split.fee - amount * fee) <= Decimal("0.005")
