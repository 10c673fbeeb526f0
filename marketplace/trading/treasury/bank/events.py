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
