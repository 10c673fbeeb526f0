from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from marketplace.appraisal.known_cost.models import KnownCost


@dataclass(frozen=True)
class KnownDirect:
    """The direct costs of data that the books know, in one currency, and where they come from."""

    amount: Decimal
    currency: str
    sources: tuple[str, ...]

    @property
    def source(self) -> str:
        return "; ".join(self.sources)


def known_direct(dataset_id: UUID, currency: str) -> KnownDirect | None:
    """Return what was paid for data in a currency; None where the books know nothing."""
    found = list(KnownCost.objects.filter(dataset_id=dataset_id, currency=currency))
    if not found:
        return None
    total = sum((one.amount for one in found), Decimal(0))
    return KnownDirect(total, currency, tuple(one.source for one in found))
