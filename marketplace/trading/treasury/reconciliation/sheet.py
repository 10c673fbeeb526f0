"""A currency at the bank beside the same in the books: rows, balances and differences."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.models import Disbursement

NOTHING = Decimal(0)


class Finding(TextChoices):
    """How a line of the bank and the books stand to each other."""

    HELD = "held", gettext_lazy("Held: it may be told twice")
    NOT_BOOKED = "not_booked", gettext_lazy("On the statement, not in the books")
    NOT_AT_BANK = "not_at_bank", gettext_lazy("In the books, not on the statement")
    REVERSED = "reversed", gettext_lazy("Reversed: in the books no more")
    AMOUNT_DIFFERS = "amount_differs", gettext_lazy("The amounts differ")
    UNALLOCATED = "unallocated", gettext_lazy("In the books, waits to be allocated")
    OTHER_DAY = "other_day", gettext_lazy("Agrees, but in the books on another day")
    LIKELY = "likely", gettext_lazy("Likely: the same amount, without our reference")
    CONFIRMED = "confirmed", gettext_lazy("Agrees, confirmed by a finance officer")
    BANK_OWN = "bank_own", gettext_lazy("Agrees: the bank's own, booked by two")
    MATCHED = "matched", gettext_lazy("Agrees")


TONES = {
    Finding.HELD: "bad",
    Finding.NOT_BOOKED: "bad",
    Finding.NOT_AT_BANK: "attention",
    Finding.REVERSED: "bad",
    Finding.AMOUNT_DIFFERS: "bad",
    Finding.UNALLOCATED: "waiting",
    Finding.OTHER_DAY: "waiting",
    Finding.LIKELY: "waiting",
    Finding.CONFIRMED: "good",
    Finding.BANK_OWN: "good",
    Finding.MATCHED: "good",
}
WITHOUT_HOME = (Finding.NOT_BOOKED, Finding.AMOUNT_DIFFERS, Finding.UNALLOCATED)
"""How a line of the bank stands that may be the bank's own."""
DIFFERENCES = (
    *(Finding.HELD, Finding.NOT_BOOKED, Finding.NOT_AT_BANK),
    *(Finding.REVERSED, Finding.AMOUNT_DIFFERS),
)


@dataclass(frozen=True)
class Row:
    """A line of the bank beside what the books have of it; either may be missing.

    Of what is on an earlier day, `earlier` says by how much the bank had more then: this row
    settles that difference. `item` is what somebody says that a line of the bank's own is. A line
    that is held has no amount here: it is in no sum.
    """

    on: date
    reference: str
    currency: str
    at_bank: Decimal | None
    in_books: Decimal | None
    finding: Finding
    payment: Payment | None = None
    disbursement: Disbursement | None = None
    line: BankLine | None = None
    match: BankMatch | None = None
    item: BankItem | None = None
    held: HeldLine | None = None
    earlier: Decimal = NOTHING

    @property
    def tone(self) -> str:
        return TONES[self.finding]

    @property
    def difference(self) -> Decimal:
        """Return by how much the bank has more than the books, since or after this row."""
        return (self.at_bank or NOTHING) - (self.in_books or NOTHING) + self.earlier

    @property
    def amount(self) -> Decimal:
        """Return what the bank has, or else the books; of a held line, what the bank tells."""
        if self.finding == Finding.HELD and self.line is not None:
            told: Decimal = self.line.amount
            return told
        amount = self.at_bank if self.at_bank is not None else self.in_books
        return amount or NOTHING

    @property
    def is_open(self) -> bool:
        """Return whether a line of the bank has no place in the books, or not all of it."""
        return self.line is not None and self.finding in WITHOUT_HOME

    @property
    def told(self) -> Decimal:
        """Return what the books say of the payment or outgoing money itself, below zero if out."""
        booked: Decimal = NOTHING
        if self.payment is not None:
            booked = self.payment.amount
        elif self.disbursement is not None:
            booked = -self.disbursement.amount
        return booked


@dataclass(frozen=True)
class Line:
    """What stood or moved, at the bank and in the books; None where the bank does not tell."""

    at_bank: Decimal | None
    in_books: Decimal

    @property
    def difference(self) -> Decimal | None:
        """Return by how much the bank has more than the books."""
        return None if self.at_bank is None else self.at_bank - self.in_books


@dataclass(frozen=True)
class Sheet:
    """One currency: balances before and after, what moved between, and each row."""

    currency: str
    before: Line
    moved: Line
    after: Line
    rows: tuple[Row, ...]

    @property
    def named(self) -> Decimal:
        """Return the sum of the differences that rows name."""
        return sum((row.difference for row in self.rows), NOTHING)

    @property
    def unnamed(self) -> Decimal | None:
        """Return what of the difference in the end no row names, such as what lay before."""
        after = self.after.difference
        return None if after is None else after - self.named

    @property
    def came_in(self) -> Decimal:
        """Return the sum of what came in by the bank's lines."""
        return sum((row.at_bank for row in self.rows if row.at_bank and row.at_bank > 0), NOTHING)

    @property
    def went_out(self) -> Decimal:
        """Return the sum of what went out by the bank's lines, below zero."""
        return sum((row.at_bank for row in self.rows if row.at_bank and row.at_bank < 0), NOTHING)

    @property
    def agrees(self) -> bool:
        """Return whether every row agrees, and so do the balances where the bank tells its own."""
        open_rows = any(row.finding in DIFFERENCES for row in self.rows)
        return not open_rows and self.after.difference in (None, NOTHING)

    @property
    def likely(self) -> int:
        """Return how many lines somebody still compares with the bank's own papers."""
        return sum(row.finding == Finding.LIKELY for row in self.rows)

    @property
    def held(self) -> int:
        """Return how many lines are in no sum, since they may be told twice."""
        return sum(row.finding == Finding.HELD for row in self.rows)

    @property
    def counts(self) -> list[tuple[Finding, int, Decimal]]:
        """Return how many rows stand how, with the sum of what the bank or else the books have."""
        found: dict[Finding, list[Decimal]] = defaultdict(list)
        for row in self.rows:
            found[row.finding].append(row.amount)
        return [
            (finding, len(found[finding]), sum(found[finding], NOTHING))
            for finding in Finding
            if finding in found
        ]


@dataclass(frozen=True)
class Reconciliation:
    """The bank and the books from a first to a last day, by currency."""

    first_on: date
    last_on: date
    sheets: tuple[Sheet, ...]
