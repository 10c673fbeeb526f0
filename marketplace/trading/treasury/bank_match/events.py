from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class BankMatchConfirmed(
    Fact, kind="trading.bank_match_confirmed", label=_("Bank line confirmed as this outgoing money")
):
    """A finance officer says that a line of the bank is this money that went out."""

    line: str
    amount: str
    currency: str


class BankMatchDeclined(
    Fact, kind="trading.bank_match_declined", label=_("Bank line declined as this outgoing money")
):
    """A finance officer says that a line of the bank is other money than this."""

    line: str
    amount: str
    currency: str


class BankMatchWithdrawn(
    Fact, kind="trading.bank_match_withdrawn", label=_("What was said of a bank line taken back")
):
    """A finance officer took back what was said of a line; `said` is what it was."""

    line: str
    said: str
