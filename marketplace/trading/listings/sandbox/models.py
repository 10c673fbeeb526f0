"""What a seller declares of a sandbox before anybody asks."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.records import Record
from marketplace.preparation.budget.models import EpsilonField
from marketplace.trading.listings.listing.models import Listing


class BudgetPeriod(models.TextChoices):
    LICENCE = "licence", _("The whole licence")
    MONTH = "month", _("Each month anew")


class Sandbox(Record):
    """The declaration that answers rest on, and how much ε they may spend.

    `declaration` is that of `desensitize.privacy.sandbox`. `epsilon` is what one buyer may spend in
    a `period`, `epsilon_question` what one question may, `epsilon_all` what all buyers of the same
    dataset together may, for ever. It changes with its listing's draft alone.
    """

    listing = models.OneToOneField(Listing, models.PROTECT, related_name="sandbox")
    declaration = models.JSONField(_("declaration"))
    epsilon = EpsilonField(_("budget of a buyer"))
    epsilon_question = EpsilonField(_("most for one question"))
    epsilon_all = EpsilonField(_("budget of all buyers together"))
    period = models.CharField(
        _("budget period"), max_length=8, choices=BudgetPeriod, default=BudgetPeriod.LICENCE
    )

    class Meta:
        verbose_name = _("sandbox")
        verbose_name_plural = _("sandboxes")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="listings_sandbox_budgets_in_order",
                condition=models.Q(epsilon_question__gt=0)
                & models.Q(epsilon__gte=models.F("epsilon_question"))
                & models.Q(epsilon_all__gte=models.F("epsilon")),
                violation_error_message=_(
                    "One question may spend no more than a buyer, and a buyer no more than all."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"ε {self.epsilon}"


def promised(epsilon: Decimal, period: str, months: int) -> Decimal:
    """Return the ε that a buyer may spend while a licence of so many months lasts.

    A budget by the month begins anew with each calendar month, and a licence that begins within one
    reaches into one more.
    """
    return epsilon if period == BudgetPeriod.LICENCE else epsilon * (months + 1)
