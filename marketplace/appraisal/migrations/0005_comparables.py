"""Keep past trades to compare with."""

import uuid

from django.db import migrations, models

import marketplace.core.clock
import marketplace.core.money


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0004_ranges_and_weights"),
    ]

    operations = [
        migrations.CreateModel(
            name="Comparable",
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
                    "trade_digest",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="digest of the trade"
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("credit", "Credit services"),
                            ("health", "Health care"),
                            ("employment", "Social security and employment"),
                            ("public_safety", "Public safety"),
                            ("housing", "Urban construction and housing"),
                            ("transport", "Transport"),
                            ("education", "Education and culture"),
                            ("science", "Science and innovation"),
                            ("energy", "Resources and energy"),
                            ("environment", "Environment"),
                            ("industry", "Industry and agriculture"),
                            ("commerce", "Commerce and distribution"),
                            ("finance", "Taxation and finance"),
                            ("workplace_safety", "Workplace safety"),
                            ("market_supervision", "Market supervision"),
                            ("social_assistance", "Social assistance"),
                            ("legal_services", "Legal services"),
                            ("daily_life", "Daily life services"),
                            ("weather", "Weather"),
                            ("geospatial", "Geography and space"),
                            ("institutions", "Institutions and associations"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="theme",
                    ),
                ),
                (
                    "asset_kind",
                    models.CharField(
                        choices=[
                            ("government", "Government data"),
                            ("public_service", "Public-service data"),
                            ("market", "Market data"),
                        ],
                        max_length=16,
                        verbose_name="asset kind",
                    ),
                ),
                ("rows", models.BigIntegerField(verbose_name="rows")),
                ("column_count", models.PositiveIntegerField(verbose_name="columns")),
                (
                    "completeness",
                    models.DecimalField(
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="share of filled cells",
                    ),
                ),
                ("is_exclusive", models.BooleanField(verbose_name="exclusive")),
                (
                    "price",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="price"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("settled_on", models.DateField(verbose_name="settled on")),
            ],
            options={
                "verbose_name": "past trade",
                "verbose_name_plural": "past trades",
                "ordering": ["-settled_on", "pk"],
                "indexes": [
                    models.Index(
                        fields=["theme", "-settled_on"], name="appraisal_c_theme_e4a449_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price__gt", 0)),
                        name="appraisal_comparable_price_positive",
                    )
                ],
            },
        ),
    ]
