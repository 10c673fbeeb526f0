"""Sell a listing at most so often, on its days, and to its audience."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import marketplace.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_withdrawn_invitations"),
        ("trading", "0021_searched_columns"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListingInvitation",
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
            ],
            options={
                "verbose_name": "invitation to a listing",
                "verbose_name_plural": "invitations to listings",
            },
        ),
        migrations.AddField(
            model_name="listing",
            name="on_sale_from",
            field=models.DateField(null=True, verbose_name="on sale from"),
        ),
        migrations.AddField(
            model_name="listing",
            name="on_sale_until",
            field=models.DateField(null=True, verbose_name="on sale until"),
        ),
        migrations.AddField(
            model_name="listing",
            name="quota",
            field=models.PositiveIntegerField(null=True, verbose_name="number of sales"),
        ),
        migrations.AddField(
            model_name="listing",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("public", "Everybody"),
                    ("kinds", "Organizations of certain kinds"),
                    ("invited", "Invited organizations alone"),
                ],
                default="public",
                max_length=7,
                verbose_name="visible to",
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="visible_kinds",
            field=models.CharField(
                blank=True, max_length=100, verbose_name="kinds of organizations"
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="quota",
            field=models.PositiveIntegerField(null=True, verbose_name="number of sales"),
        ),
        migrations.AddField(
            model_name="order",
            name="sale_number",
            field=models.PositiveIntegerField(null=True, verbose_name="number of the sale"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("sale_number__isnull", False),
                    models.Q(
                        (
                            "state__in",
                            ("declined", "expired", "cancelled", "refunded", "terminated"),
                        ),
                        _negated=True,
                    ),
                ),
                fields=("listing", "sale_number"),
                name="trading_sale_of_listing_once",
                violation_error_message="This sale of the listing is taken already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quota__isnull", True), ("sale_number__isnull", True)),
                    models.Q(
                        ("quota__isnull", False),
                        ("sale_number__gte", 1),
                        ("sale_number__isnull", False),
                        ("sale_number__lte", models.F("quota")),
                    ),
                    _connector="OR",
                ),
                name="trading_sale_within_quota",
                violation_error_message="There are not so many sales of the listing.",
            ),
        ),
        migrations.AddField(
            model_name="listinginvitation",
            name="listing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="trading.listing",
            ),
        ),
        migrations.AddField(
            model_name="listinginvitation",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organization",
            ),
        ),
        migrations.AddConstraint(
            model_name="listinginvitation",
            constraint=models.UniqueConstraint(
                fields=("listing", "organization"), name="trading_invited_to_listing_once"
            ),
        ),
    ]
