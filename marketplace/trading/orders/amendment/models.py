"""Amendments of contracts, and the signatures on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import append_only
from marketplace.core.frozen import BY_DIGEST, freeze
from marketplace.core.records import Record
from marketplace.core.terms import HasTerms
from marketplace.ledger.binding import BoundRow, bind
from marketplace.trading.orders.amendment.states import AmendmentState
from marketplace.trading.orders.contract.models import Contract, SignatureRecord
from marketplace.trading.orders.order.policies import Side


class Amendment(HasTerms, BoundRow, Record):
    """What one side wants changed in a signed contract. It holds once both sides have signed it.

    `number` is the place that it has, or would have, among the amendments in force. `terms` are
    all terms as they would be; `agreed` is what the text ends by naming, with the digest of the
    contract and of what was agreed last. `document` is what both sides get.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("number"))
    side = models.CharField(_("side"), max_length=6, choices=Side)
    person_id = models.UUIDField(_("person"))
    terms = models.JSONField(_("terms"))
    message = models.CharField(_("message"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("text"))
    agreed = models.JSONField(_("what was agreed"))
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    answer_due_on = models.DateField(_("to be signed by"))
    state = models.CharField(
        _("state"), max_length=9, choices=AmendmentState, default=AmendmentState.PROPOSED
    )
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    document = models.JSONField(_("document of both sides"), null=True)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=models.Q(state=AmendmentState.PROPOSED),
                name="orders_one_amendment_waiting",
            ),
            models.UniqueConstraint(
                fields=["contract", "number"],
                condition=models.Q(state=AmendmentState.IN_FORCE),
                name="orders_amendment_number_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "answer_due_on"])]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:16]}"

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns, as subjects of the ledger."""
        order = self.contract.order
        return (f"contract:{self.contract_id}", f"order:{order.pk}", *order.concerns)


class AmendmentSignature(SignatureRecord):
    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="signatures")

    class Meta:
        verbose_name = _("signature on an amendment")
        verbose_name_plural = _("signatures on amendments")
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "side"], name="orders_amendment_signed_by_side_once"
            ),
            models.UniqueConstraint(
                fields=["amendment", "person_id"],
                name="orders_amendment_signed_by_person_once",
                violation_error_message=_("Nobody signs for both sides."),
            ),
        ]


append_only.register(
    "orders_amendmentsignature",
    key=["id", "amendment_id,side", "amendment_id,person_id"],
)


freeze(
    Amendment,
    {
        BY_DIGEST: ["state", "reason", "ended_at", "document", "answer_due_on", "provisional"],
    },
)
bind(Amendment, "amendment")
