"""What was set aside for labels, and what was paid for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.annotation.batch.models import Batch
from marketplace.annotation.project.models import LabellingProject
from marketplace.core import MoneyField, append_only
from marketplace.core.records import Record


class Funding(Record):
    """An amount of what the owner earned by sales that was set aside for a project."""

    project = models.ForeignKey(LabellingProject, models.PROTECT, related_name="fundings")
    amount = MoneyField(_("amount"))
    request_key = models.CharField(_("request key"), max_length=64)
    funded_by_id = models.UUIDField(_("set aside by"))

    class Meta:
        verbose_name = _("money for labels")
        verbose_name_plural = _("money for labels")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "request_key"], name="annotation_funding_request_once"
            ),
            models.CheckConstraint(
                name="annotation_funding_positive", condition=models.Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.amount}"


append_only.register("annotation_funding", key=["id", "project_id,request_key"])


class LabelPay(Record):
    """What an organization was paid for an accepted batch: so many items at the project's price."""

    batch = models.OneToOneField(Batch, models.PROTECT, related_name="pay")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="label_pays")
    items = models.PositiveSmallIntegerField(_("items accepted"))
    price = MoneyField(_("price of an item"))
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)

    class Meta:
        verbose_name = _("pay for labels")
        verbose_name_plural = _("pay for labels")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.batch} {self.amount}"


append_only.register("annotation_labelpay", key=["id", "batch_id"])
