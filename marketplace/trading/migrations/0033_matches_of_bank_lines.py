"""What finance officers say of outgoing bank lines; one word counts for a line and for money."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models

import marketplace.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("trading", "0032_references_of_bank_lines"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankMatch",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("confirmed", "Confirmed: the same money"),
                            ("declined", "Declined: other money"),
                            ("withdrawn", "Taken back"),
                        ],
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("said_by_id", models.UUIDField(verbose_name="said by")),
                ("said_at", models.DateTimeField(verbose_name="said at")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "disbursement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="trading.disbursement",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="trading.bankline",
                    ),
                ),
            ],
            options={
                "verbose_name": "match of a bank line",
                "verbose_name_plural": "matches of bank lines",
                "ordering": ["-said_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "disbursement"), name="trading_bank_match_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "confirmed")),
                        fields=("line",),
                        name="trading_bank_line_confirmed_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "confirmed")),
                        fields=("disbursement",),
                        name="trading_outgoing_confirmed_once",
                    ),
                ],
            },
        ),
    ]
