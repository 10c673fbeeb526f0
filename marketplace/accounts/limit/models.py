"""The limits that owners set for the people of their organization."""

from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.four_eyes import Kept, statements_of
from marketplace.core import MoneyField, append_only, triggers
from marketplace.core.records import Record

APART = ("person_id", "set_by_id")
"""The columns of one row that are two people's."""


class SigningLimit(Record):
    """The most that a person may sign for alone, as an owner set it; the last one holds.

    Amounts are in the centre's currency. Rows are never changed: a signature names the limit that
    held when it was made.
    """

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="signing_limits")
    number = models.PositiveIntegerField(_("number"))
    amount = MoneyField(_("limit"))
    set_by_id = models.UUIDField(_("set by"))

    class Meta:
        verbose_name = _("signing limit")
        verbose_name_plural = _("signing limits")
        ordering = ["person", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "number"], name="accounts_signing_limit_once"
            ),
            models.CheckConstraint(
                name="accounts_signing_limit_not_negative", condition=models.Q(amount__gte=0)
            ),
            models.CheckConstraint(
                name="accounts_signing_limit_not_own",
                condition=~models.Q(person=models.F("set_by_id")),
                violation_error_message=_("Nobody sets their own limit."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.amount}"


append_only.register("accounts_signinglimit", key=["id", "person_id,number"])
triggers.declare(partial(statements_of, Kept("accounts_signinglimit", *APART)))
