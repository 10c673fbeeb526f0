"""One privacy budget a dataset; what is spent of it is never changed."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
import marketplace.preparation.models.budgets
from marketplace.core import append_only

TABLE = "preparation_budgetcharge"


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    append_only.install(schema_editor, TABLE, key=["id", "cause"])


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    append_only.remove(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0007_grades_of_columns"),
        ("preparation", "0006_one_verdict"),
    ]

    operations = [
        migrations.CreateModel(
            name="DatasetBudget",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "promised",
                    marketplace.preparation.models.budgets.EpsilonField(
                        decimal_places=3, default=0, max_digits=9, verbose_name="ε promised"
                    ),
                ),
                (
                    "dataset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="privacy_budget",
                        to="catalog.dataset",
                    ),
                ),
            ],
            options={
                "verbose_name": "privacy budget",
                "verbose_name_plural": "privacy budgets",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="BudgetCharge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("answer", "Answers of sandboxes"),
                            ("synthetic", "Synthetic copies"),
                        ],
                        max_length=9,
                        verbose_name="spent on",
                    ),
                ),
                ("cause", models.CharField(max_length=80, unique=True, verbose_name="spent for")),
                (
                    "epsilon",
                    marketplace.preparation.models.budgets.EpsilonField(
                        decimal_places=3, max_digits=9, verbose_name="ε"
                    ),
                ),
                (
                    "delta",
                    models.DecimalField(
                        decimal_places=15, default=0, max_digits=16, verbose_name="δ"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.datasetversion",
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="preparation.datasetbudget",
                    ),
                ),
            ],
            options={
                "verbose_name": "charge of a privacy budget",
                "verbose_name_plural": "charges of privacy budgets",
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="datasetbudget",
            constraint=models.CheckConstraint(
                condition=models.Q(("promised__gte", 0)), name="preparation_promised_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(("delta__gte", 0), ("epsilon__gt", 0)),
                name="preparation_charge_costs",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
