"""Who bears the centre's fee, for each way in which an order ends: acts, guides and page follow."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.settlement.crediting import CreditReason


class Ending(TextChoices):
    """How an order ends; those with money that goes back are called as their credit notes."""

    ACCEPTED = "accepted", _("Delivery accepted, or the term of acceptance over in silence")
    UNPAID = "unpaid", _("Declined, cancelled, not answered in time, or not paid")
    TERMINATED = CreditReason.TERMINATED.value, CreditReason.TERMINATED.label
    LEFT = CreditReason.LEFT.value, CreditReason.LEFT.label
    EXPIRED = "expired", _("Licence over")
    REMEDY = CreditReason.REMEDY.value, CreditReason.REMEDY.label
    REFUND = CreditReason.REFUND.value, CreditReason.REFUND.label
    DISPUTE = CreditReason.DISPUTE.value, CreditReason.DISPUTE.label
    NOT_PASSED = CreditReason.NOT_PASSED.value, CreditReason.NOT_PASSED.label
    RECALLED = CreditReason.RECALLED.value, CreditReason.RECALLED.label


class Bearer(TextChoices):
    """Who bears the fee. Who bears it on what goes back is the centre in each case: it has none."""

    NOBODY = "nobody", _("nobody: no fee is taken")
    SELLER = "seller", _("the seller, on what is released to it")
    RETURNED = "returned", _("the seller, on what stays; on what goes back the centre returns it")
    STAYS = "stays", _("the seller: nothing goes back, and the fee stays")


@dataclass(frozen=True)
class Bearing:
    """Who bears the fee of an order that ends before, and after, what was paid was released."""

    before: Bearer | None
    after: Bearer | None

    def of(self, *, is_released: bool) -> Bearer:
        """Return who bears it.

        Raises:
            ValueError: an order does not end so then, which is a fault of the program.
        """
        found = self.after if is_released else self.before
        if found is None:
            raise ValueError("No order ends in this way at this point.")
        return found


FEES: dict[Ending, Bearing] = {
    Ending.ACCEPTED: Bearing(Bearer.SELLER, Bearer.SELLER),
    Ending.UNPAID: Bearing(Bearer.NOBODY, None),
    Ending.TERMINATED: Bearing(Bearer.NOBODY, Bearer.STAYS),
    Ending.LEFT: Bearing(None, Bearer.RETURNED),
    Ending.EXPIRED: Bearing(None, Bearer.STAYS),
    Ending.REMEDY: Bearing(Bearer.SELLER, None),
    Ending.REFUND: Bearing(Bearer.SELLER, Bearer.RETURNED),
    Ending.DISPUTE: Bearing(Bearer.SELLER, Bearer.RETURNED),
    Ending.NOT_PASSED: Bearing(Bearer.NOBODY, None),
    Ending.RECALLED: Bearing(Bearer.NOBODY, Bearer.RETURNED),
}
"""The fee is a part of what the seller keeps, and of nothing else."""


def fee_rows() -> list[tuple[str, str, str]]:
    """Return the table in words: how it ends, who bears the fee before and after the release."""
    return [
        (str(ending.label), _in_words(row.before), _in_words(row.after))
        for ending, row in FEES.items()
    ]


def _in_words(bearer: Bearer | None) -> str:
    return str(bearer.label) if bearer else "—"
