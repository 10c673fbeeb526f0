"""Approvals that a colleague signs above their limit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField
from marketplace.core.frozen import STEP, freeze
from marketplace.core.records import Record
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.approval.states import OPEN, ApprovalState
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.policies import Side


class SigningApproval(Record):
    """One side's approval that a text is signed for it, asked for by one and given by another.

    It is of the text with `digest` alone: the contract's, or that of `amendment`. `text_id` is the
    id of that one. `sum` is what the text binds the side to in all, None where nothing bounds it.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="approvals")
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, related_name="approvals")
    text_id = models.UUIDField(_("text"))
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    side = models.CharField(_("side"), max_length=6, choices=Side)
    sum = MoneyField(_("sum"), null=True)
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(
        _("state"), max_length=8, choices=ApprovalState, default=ApprovalState.ASKED
    )
    asked_by_id = models.UUIDField(_("asked by"))
    decided_by_id = models.UUIDField(_("decided by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("approval to sign")
        verbose_name_plural = _("approvals to sign")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["text_id", "side"],
                condition=models.Q(state__in=OPEN),
                name="orders_one_open_approval",
            ),
            models.CheckConstraint(
                name="orders_approval_four_eyes",
                condition=models.Q(decided_by_id=None)
                | ~models.Q(decided_by_id=models.F("asked_by_id")),
                violation_error_message=_("Who asks for an approval does not give it."),
            ),
            models.CheckConstraint(
                name="orders_approval_decided_whole",
                condition=models.Q(state=ApprovalState.ASKED, decided_by_id=None, decided_at=None)
                | models.Q(decided_by_id__isnull=False, decided_at__isnull=False)
                | models.Q(state=ApprovalState.FALLEN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.digest[:16]}"

    @property
    def organization_id(self) -> object:
        """Return whose people ask and approve."""
        order = self.contract.order
        return order.buyer_id if self.side == Side.BUYER else order.listing.organization_id


freeze(SigningApproval, {STEP: ["state", "reason", "decided_by_id", "decided_at"]})
