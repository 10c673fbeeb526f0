from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class StatementImported(
    Fact, kind="trading.statement_imported", label=_("Bank statement imported, to be confirmed")
):
    """A bank statement was read, and waits for a second person; the digest is of its bytes."""

    sha256: str
    rows: int


class StatementConfirmed(
    Fact, kind="trading.statement_confirmed", label=_("Bank statement confirmed")
):
    """A second finance officer has compared a statement with the bank's own pages."""

    sha256: str


class StatementRejected(
    Fact, kind="trading.statement_rejected", label=_("Bank statement rejected")
):
    """A finance officer says that a statement is not the bank's; nothing of it was booked."""

    sha256: str


class StatementBooked(Fact, kind="trading.statement_booked", label=_("Bank statement booked")):
    """What came in by a confirmed statement is booked."""

    sha256: str
    allocated: int
    unallocated: int
    known: int


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
