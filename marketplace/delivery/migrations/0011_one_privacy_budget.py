"""Charge the budget of the dataset with what each version's sandboxes have answered."""

from decimal import Decimal

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Sum

DELTA = Decimal("1e-9")
UNDONE = ("declined", "expired", "cancelled", "refunded", "terminated")


def charge(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write a charge for each answer, and what is promised to buyers."""
    budgets = apps.get_model("preparation", "DatasetBudget").objects
    charges = apps.get_model("preparation", "BudgetCharge").objects
    for release in apps.get_model("delivery", "Release").objects.select_related("version"):
        cause = f"release:{release.pk}"
        if charges.filter(cause=cause).exists():
            continue
        budget, _ = budgets.get_or_create(dataset_id=release.version.dataset_id)
        charges.create(
            budget=budget,
            version=release.version,
            use="answer",
            cause=cause,
            epsilon=release.epsilon,
            delta=DELTA if release.is_thresholded else 0,
            created_at=release.created_at,
        )
    reserved = apps.get_model("trading", "ReservedBudget").objects.filter(ended_at=None)
    owed = reserved.exclude(order__state__in=UNDONE).values("version__dataset_id")
    for row in owed.annotate(left=Sum(F("epsilon") - F("spent"))).order_by():
        budget, _ = budgets.get_or_create(dataset_id=row["version__dataset_id"])
        budget.promised = max(Decimal(0), row["left"])
        budget.save(update_fields=["promised"])


def divide(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add up the answers of each version again."""
    budgets = apps.get_model("delivery", "VersionBudget").objects
    for release in apps.get_model("delivery", "Release").objects.all():
        budget, _ = budgets.get_or_create(version_id=release.version_id)
        budget.spent += release.epsilon
        budget.thresholded += release.is_thresholded
        budget.save(update_fields=["spent", "thresholded"])


class Migration(migrations.Migration):
    """Budgets of versions are no more."""

    dependencies = [
        ("delivery", "0010_keys_know_the_second_factor"),
        ("preparation", "0007_privacy_budgets"),
        ("trading", "0036_provisional_terms"),
    ]

    operations = [
        migrations.RunPython(charge, divide),
        migrations.DeleteModel(name="VersionBudget"),
    ]
