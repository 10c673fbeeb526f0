"""What became of the money of an order, which adds up to the cent."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from marketplace.trading.books.models import AccountKind, Transfer, TransferKind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.sources import paid_to_sources

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Settled:
    """What came in for an order, and where it is.

    What was paid, with the bank charges that the centre bore, is what stands for the buyer, the
    seller, the centre and others, and what is held. `sources` is what of the seller's part those
    have whom the data came from.
    """

    paid: Decimal
    borne: Decimal
    refunded: Decimal
    credited: Decimal
    fee: Decimal
    share: Decimal
    tax: Decimal
    seller: Decimal
    held: Decimal
    sources: Decimal = NOTHING

    @property
    def adds_up(self) -> bool:
        """Return whether nothing is missing and nothing is too much."""
        went = self.refunded + self.credited + self.fee + self.share + self.tax
        return self.paid + self.borne == went + self.seller + self.held


def settled_of(order: Order) -> Settled | None:
    """Return what became of the money of an order; None before any came."""
    rows = (
        Transfer.objects.filter(belongs_to=order.pk)
        .order_by()
        .values_list("kind", "debit__kind", "credit__kind")
        .annotate(sum=Sum("amount"))
    )
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    stands: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for kind, debit, credit, amount in rows:
        if debit != AccountKind.PART or credit != AccountKind.BUYER:
            # What was paid in part, and went back before the rest had come, was never held.
            sums[kind] += amount
        stands[credit] += amount
        stands[debit] -= amount
    if not sums[TransferKind.HOLD]:
        return None
    return Settled(
        paid=sums[TransferKind.HOLD],
        borne=-stands[AccountKind.BORNE],
        refunded=sums[TransferKind.REFUND],
        credited=sums[TransferKind.CREDIT],
        fee=stands[AccountKind.FEE],
        share=stands[AccountKind.SHARE],
        tax=stands[AccountKind.TAX],
        seller=stands[AccountKind.SELLER],
        held=stands[AccountKind.HELD],
        sources=sum(paid_to_sources(order).values(), NOTHING),
    )
