"""A dataset with the policy by which it is prepared for sale."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.models import Dataset
from marketplace.core.records import Record


class Treatment(models.TextChoices):
    """What the policy of a product makes of the rows."""

    MASKED = "masked", _("Desensitized rows")
    SYNTHETIC = "synthetic", _("Synthetic rows")
    MODEL = "model", _("Trained model")


class Product(Record):
    """A dataset with its policy: every version that is prepared so is a revision of it.

    A model has what its training was declared to be in place of a policy.

    `policy_sha256` is the SHA-256 of what was decided for each column and for the release, in
    canonical JSON, without the values of the data that levels list (see `product.policy`).
    `key_columns` tell each row from every other, so that a changed row is told as an update.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="products", verbose_name=_("seller")
    )
    dataset = models.ForeignKey(
        Dataset, models.PROTECT, related_name="products", verbose_name=_("dataset")
    )
    policy_sha256 = models.CharField(_("digest of the policy"), max_length=64)
    key_columns = models.JSONField(_("key columns"), default=list)
    treatment = models.CharField(_("treatment"), max_length=9, choices=Treatment)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "policy_sha256"],
                name="listings_one_product_of_policy",
                violation_error_message=_("The dataset is a product by this policy already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} · {self.policy_sha256[:12]}"

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns, as subjects of the ledger."""
        return (f"dataset:{self.dataset_id}", f"organization:{self.organization_id}")
