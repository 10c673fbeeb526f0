"""What a dataset may spend of privacy, and what it spent it on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import append_only
from marketplace.core.records import Record

# The privacy budget of a dataset, and what was spent of it.


class EpsilonField(models.DecimalField):  # type: ignore[type-arg]
    """An amount of ε to a thousandth."""

    def __init__(self, *given: object, **options: object) -> None:
        options.setdefault("max_digits", 9)
        options.setdefault("decimal_places", 3)
        super().__init__(*given, **options)  # type: ignore[arg-type]


class BudgetUse(models.TextChoices):
    ANSWER = "answer", _("Answers of sandboxes")
    SYNTHETIC = "synthetic", _("Synthetic copies")
    MODEL = "model", _("Models")
    MEASURING = "measuring", _("Measurements before a purchase")


class DatasetBudget(Record):
    """The one budget of all versions, copies, models and sandboxes of a dataset; locked to spend.

    `promised` is what contracts promise to buyers and they have not spent yet: it is not free.
    """

    dataset = models.OneToOneField(Dataset, models.PROTECT, related_name="privacy_budget")
    promised = EpsilonField(_("ε promised"), default=0)

    class Meta:
        verbose_name = _("privacy budget")
        verbose_name_plural = _("privacy budgets")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="preparation_promised_not_negative", condition=models.Q(promised__gte=0)
            )
        ]

    def __str__(self) -> str:
        return str(self.dataset_id)


class BudgetCharge(Record):
    """An amount that was spent for good, for `cause`, written `kind:id`. Rows are never changed."""

    budget = models.ForeignKey(DatasetBudget, models.PROTECT, related_name="charges")
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="+")
    use = models.CharField(_("spent on"), max_length=9, choices=BudgetUse)
    cause = models.CharField(_("spent for"), max_length=80, unique=True)
    epsilon = EpsilonField(_("ε"))
    delta = models.DecimalField(_("δ"), max_digits=16, decimal_places=15, default=0)

    class Meta:
        verbose_name = _("charge of a privacy budget")
        verbose_name_plural = _("charges of privacy budgets")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="preparation_charge_costs",
                condition=models.Q(epsilon__gt=0, delta__gte=0),
            )
        ]

    def __str__(self) -> str:
        return f"ε {self.epsilon}"


append_only.register("preparation_budgetcharge", key=["id", "cause"])
