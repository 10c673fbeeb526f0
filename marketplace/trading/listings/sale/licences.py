"""How long what is sold is licensed, each step in the transaction of the act that decides it."""

from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from marketplace.core.months import months_after
from marketplace.trading.listings.sale.models import TakenSale


def licence_end(begins: datetime, months: int) -> datetime:
    """Return the same time of day so many months later."""
    day = localtime(begins).date()
    return begins + (months_after(day, months) - day)


def begin_licence(order_id: UUID, *, begins: datetime, months: int) -> None:
    """Note when a licence began, and so when it ends: others may then be sold what it ruled out."""
    TakenSale.objects.filter(order_id=order_id).update(
        licensed_from=begins, licensed_until=licence_end(begins, months)
    )


def change_licence(order_id: UUID, *, months: int) -> None:
    """Note that a licence lasts so many months from its beginning, where it has begun."""
    sale = TakenSale.objects.filter(order_id=order_id, licensed_from__isnull=False).first()
    if sale is not None and sale.licensed_from is not None:
        sale.licensed_until = licence_end(sale.licensed_from, months)
        sale.save(update_fields=["licensed_until"])
