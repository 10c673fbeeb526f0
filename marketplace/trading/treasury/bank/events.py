"""What happens to bank statements and their lines."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StatementImported(Fact):
    """A bank statement was read; the digest is that of its bytes."""

    kind = "trading.statement_imported"
    label = _("Bank statement imported")
    sha256: str
    rows: int
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
