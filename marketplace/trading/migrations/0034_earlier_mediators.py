"""Who mediated a dispute until another officer took it over."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

import marketplace.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("trading", "0033_matches_of_bank_lines"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierMediator",
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
                ("person_id", models.UUIDField(verbose_name="mediated by")),
                ("taken_over_by_id", models.UUIDField(verbose_name="taken over by")),
                ("reason", models.CharField(max_length=2000, verbose_name="reasons")),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier_mediators",
                        to="trading.dispute",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier mediator",
                "verbose_name_plural": "earlier mediators",
                "ordering": ["created_at"],
            },
        ),
    ]
