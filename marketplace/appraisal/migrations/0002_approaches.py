"""Give each valuation a range, and rows for the approaches behind it."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

import marketplace.core.clock
import marketplace.core.money

METHODS = [
    ("cost", "Cost approach"),
    ("income", "Income approach"),
    ("market", "Market approach"),
    ("reconcile", "Several approaches, reconciled"),
    ("options", "Real option"),
]


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_appraisals")]

    operations = [
        migrations.AlterField(
            model_name="appraisal",
            name="method",
            field=models.CharField(choices=METHODS, max_length=20, verbose_name="method"),
        ),
        migrations.AddField(
            model_name="appraisal",
            name="low",
            field=marketplace.core.money.MoneyField(
                decimal_places=2, default=0, max_digits=18, verbose_name="lowest value"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="appraisal",
            name="high",
            field=marketplace.core.money.MoneyField(
                decimal_places=2, default=0, max_digits=18, verbose_name="highest value"
            ),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Approach",
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
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "method",
                    models.CharField(choices=METHODS, max_length=20, verbose_name="method"),
                ),
                ("inputs", models.JSONField(verbose_name="inputs")),
                ("result", models.JSONField(verbose_name="result")),
                (
                    "library_version",
                    models.CharField(max_length=20, verbose_name="version of the library"),
                ),
                (
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="value"
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=6, max_digits=7, null=True, verbose_name="weight"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="reason for the weight"
                    ),
                ),
                (
                    "appraisal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approaches",
                        to="appraisal.appraisal",
                    ),
                ),
            ],
            options={
                "verbose_name": "approach",
                "verbose_name_plural": "approaches",
                "ordering": ["appraisal", "position"],
            },
        ),
    ]
