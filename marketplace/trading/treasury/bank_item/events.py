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


class BankItemRejected(
    Fact, kind="trading.bank_item_rejected", label=_("Line of the bank's own rejected")
):
    """A finance officer says that a line is something else; nothing was booked."""

    item_kind: str
