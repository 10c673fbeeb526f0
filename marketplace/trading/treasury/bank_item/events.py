from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class BankItemProposed(
    Fact,
    kind="trading.bank_item_proposed",
    label=_("Line of the bank's own named, to be confirmed"),
):
    """A finance officer says that a line is a fee, interest or a correction of the bank."""

    item_kind: str
    amount: str
    currency: str


class BankItemBooked(
    Fact, kind="trading.bank_item_booked", label=_("Line of the bank's own booked")
):
    """A second finance officer saw the same; `value_date` is the bank's day."""

    item_kind: str
    amount: str
    currency: str
    value_date: str
    booked_on: str


class ItemReversalProposed(
    Fact,
    kind="trading.bank_item_reversal_proposed",
    label=_("Reversal of a line of the bank's own proposed"),
):
    """A finance officer says that a booked line is something else."""

    item_kind: str
    amount: str
    currency: str


class ItemReversed(
    Fact, kind="trading.bank_item_reversed", label=_("Line of the bank's own reversed")
):
    """A second finance officer saw the same: the booking is taken back, on an open day."""

    item_kind: str
    amount: str
    currency: str
    reversed_on: str


class ItemReversalRejected(
    Fact,
    kind="trading.bank_item_reversal_rejected",
    label=_("Reversal of a line of the bank's own rejected"),
):
    """A finance officer says that a line was booked rightly; it stays booked."""

    item_kind: str


class BankItemRejected(
    Fact, kind="trading.bank_item_rejected", label=_("Line of the bank's own rejected")
):
    """A finance officer says that a line is something else; nothing was booked."""

    item_kind: str
