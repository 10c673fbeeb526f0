"""Bank accounts of organizations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core import clock
from marketplace.core.frozen import BY_DIGEST, STEP, freeze
from marketplace.core.records import Record
from marketplace.ledger.binding import BoundRow, bind
from marketplace.trading.orders.settlement.references import reference_of
from marketplace.trading.treasury.bank_account.states import BankAccountState
from marketplace.trading.treasury.payment.models import Payment


class BankAccount(BoundRow, Record):
    """Where an organization wants its money to go.

    It is proved by a transfer that came from it with its reference (`payment`), which two finance
    officers of the centre saw at the bank. Money goes there from `in_force_from` on: some days
    later, or once a second owner confirmed it. The holder is the organization.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="bank_accounts")
    number = models.CharField(_("account number"), max_length=34)
    bank_code = models.CharField(_("bank code"), max_length=12)
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(
        _("state"), max_length=9, choices=BankAccountState, default=BankAccountState.STATED
    )
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="bank_accounts")
    stated_by_id = models.UUIDField(_("stated by"))
    vouched_by_id = models.UUIDField(_("seen by"), null=True)
    proved_by_id = models.UUIDField(_("proved by"), null=True)
    confirmed_by_id = models.UUIDField(_("confirmed by"), null=True)
    in_force_from = models.DateTimeField(_("in force from"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "number", "currency"],
                condition=~models.Q(state=BankAccountState.WITHDRAWN),
                name="treasury_bank_account_once",
            ),
            models.CheckConstraint(
                name="treasury_bank_account_in_force_once_proved",
                condition=models.Q(in_force_from=None)
                | models.Q(proved_by_id__isnull=False, payment__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.masked}"

    @property
    def masked(self) -> str:
        """Return the end of the number, by which its people know it."""
        return f"…{self.number[-4:]}"

    @property
    def reference(self) -> str:
        """Return what the organization writes on the transfer that proves it (ISO 11649)."""
        return reference_of(self.pk)

    @property
    def is_in_force(self) -> bool:
        """Return whether its time has come; a later one may have taken its place."""
        return (
            self.state == BankAccountState.PROVED
            and self.in_force_from is not None
            and self.in_force_from <= clock.now()
        )


bind(
    BankAccount,
    "bank_account",
    *("organization_id", "number", "bank_code", "currency", "state", "payment_id"),
    *("stated_by_id", "vouched_by_id", "proved_by_id", "confirmed_by_id", "in_force_from"),
)


freeze(
    BankAccount,
    {
        BY_DIGEST: [
            *("state", "payment_id", "vouched_by_id", "proved_by_id", "confirmed_by_id"),
            "in_force_from",
        ],
        STEP: ["reason"],
    },
)
