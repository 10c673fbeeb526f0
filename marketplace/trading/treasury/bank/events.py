from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StatementImported(Fact):
    """A bank statement was read, and waits for a second person; the digest is of its bytes."""

    kind = "trading.statement_imported"
    label = _("Bank statement imported, to be confirmed")
    sha256: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class StatementConfirmed(Fact):
    """A second finance officer has compared a statement with the bank's own pages."""

    kind = "trading.statement_confirmed"
    label = _("Bank statement confirmed")
    sha256: str


@dataclass(frozen=True, kw_only=True)
class StatementRejected(Fact):
    """A finance officer says that a statement is not the bank's; nothing of it was booked."""

    kind = "trading.statement_rejected"
    label = _("Bank statement rejected")
    sha256: str


@dataclass(frozen=True, kw_only=True)
class StatementBooked(Fact):
    """What came in by a confirmed statement is booked."""

    kind = "trading.statement_booked"
    label = _("Bank statement booked")
    sha256: str
    allocated: int
    unallocated: int
    known: int


@dataclass(frozen=True, kw_only=True)
class BankMatchConfirmed(Fact):
    """A finance officer says that a line of the bank is this money that went out."""

    kind = "trading.bank_match_confirmed"
    label = _("Bank line confirmed as this outgoing money")
    line: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class BankMatchDeclined(Fact):
    """A finance officer says that a line of the bank is other money than this."""

    kind = "trading.bank_match_declined"
    label = _("Bank line declined as this outgoing money")
    line: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class BankMatchWithdrawn(Fact):
    """A finance officer took back what was said of a line; `said` is what it was."""

    kind = "trading.bank_match_withdrawn"
    label = _("What was said of a bank line taken back")
    line: str
    said: str
