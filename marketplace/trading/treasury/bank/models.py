"""Bank statements as they were imported, line by line, to be compared with the books."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField, append_only
from marketplace.core.frozen import STEP, freeze
from marketplace.core.records import Record
from marketplace.trading.treasury.bank.states import StatementState


class BankStatement(Record):
    """A statement of the centre's bank; `sha256` is the digest of its bytes.

    It is no more than the word of who imported it until a second finance officer confirms it.
    """

    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    lines_count = models.PositiveIntegerField(_("lines"))
    imported_by_id = models.UUIDField(_("imported by"))
    confirmed_by_id = models.UUIDField(_("confirmed by"), null=True)
    state = models.CharField(
        _("state"), max_length=9, choices=StatementState, default=StatementState.IMPORTED
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-last_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                name="treasury_statement_days_in_order",
                condition=models.Q(first_on__lte=models.F("last_on")),
            ),
            models.UniqueConstraint(
                fields=["sha256"],
                condition=~models.Q(state=StatementState.REJECTED),
                name="treasury_statement_once",
            ),
            models.CheckConstraint(
                name="treasury_statement_confirmed_by_somebody",
                condition=models.Q(
                    state__in=[StatementState.IMPORTED, StatementState.REJECTED],
                    confirmed_by_id=None,
                )
                | models.Q(
                    state__in=[StatementState.CONFIRMED, StatementState.BOOKED],
                    confirmed_by_id__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on} – {self.last_on}"


class BankLine(Record):
    """A line of a statement: an amount below zero went out.

    `balance` is what stood on the bank account after it, where the bank tells so.
    `claimed_reference` is the one of ours in its text, null before lines kept it. Names and texts
    of payers are not kept; nor is a reference of the bank that could be a name.
    """

    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField(_("line of the file"))
    reference = models.CharField(_("bank reference"), max_length=64, blank=True)
    booked_on = models.DateField(_("booked on"))
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    balance = MoneyField(_("balance after it"), null=True)
    # Null, since a default would rebuild the table on SQLite and drop its triggers.
    claimed_reference = models.CharField(_("payment reference given"), max_length=25, null=True)

    class Meta:
        verbose_name = _("line of a bank statement")
        verbose_name_plural = _("lines of bank statements")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="treasury_bank_line_once"),
            models.CheckConstraint(name="treasury_bank_line_moves", condition=~models.Q(amount=0)),
        ]
        indexes = [
            models.Index(fields=["booked_on"]),
            models.Index(fields=["reference"]),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount} {self.currency}"


class RepeatedLine(Record):
    """A line that an earlier statement told already, as the bank's number or balances prove.

    `first` counts, and this one does not.
    """

    line = models.OneToOneField(BankLine, models.PROTECT, related_name="repeated")
    first = models.ForeignKey(BankLine, models.PROTECT, related_name="told_again")

    class Meta:
        verbose_name = _("line told again")
        verbose_name_plural = _("lines told again")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="treasury_repeated_line_of_another",
                condition=~models.Q(line=models.F("first")),
            )
        ]

    def __str__(self) -> str:
        return str(self.line)


append_only.register("treasury_bankline", key=["id", "statement_id,number"])
append_only.register("treasury_repeatedline", key=["id", "line_id"])
freeze(BankStatement, {STEP: ["state", "confirmed_by_id", "reason"]})
