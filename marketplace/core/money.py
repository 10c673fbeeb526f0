"""Money: decimals of two places with a currency, rounded half up."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models

CENT = Decimal("0.01")


def to_cents(amount: Decimal) -> Decimal:
    """Round to two places, half away from zero, as invoices do."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


class MoneyField(models.DecimalField):  # type: ignore[type-arg]
    """An amount with two places, up to 9,999 billion."""

    def __init__(self, *args: object, **options: object) -> None:
        options.setdefault("max_digits", 18)
        options.setdefault("decimal_places", 2)
        super().__init__(*args, **options)  # type: ignore[arg-type]
