"""Let a listing be renewed, and a newer one take its place."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import marketplace.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_withdrawn_invitations"),
        ("appraisal", "0007_ceiling_accounts_only_grow"),
        ("catalog", "0007_grades_of_columns"),
        ("preparation", "0004_copies"),
        ("rights", "0009_reminders_of_dues"),
        ("trading", "0025_statistics_of_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListingRenewal",
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
                ("on_sale_from", models.DateField(null=True, verbose_name="on sale from")),
                ("on_sale_until", models.DateField(null=True, verbose_name="on sale until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a second officer"),
                            ("approved", "Approved"),
                            ("returned", "Returned"),
                            ("dropped", "Dropped with its listing"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("submitted_by_id", models.UUIDField(verbose_name="submitted by")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                ("old_sheet", models.JSONField(null=True, verbose_name="sheet before")),
                (
                    "old_sheet_digest",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="digest of the sheet before"
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
            ],
            options={
                "verbose_name": "renewal of a listing",
                "verbose_name_plural": "renewals of listings",
                "ordering": ["-created_at"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="listing",
            name="trading_one_listing_of_version",
        ),
        migrations.AddField(
            model_name="listing",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="trading.listing",
                verbose_name="replaces",
            ),
        ),
        migrations.AlterField(
            model_name="listing",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Waiting for a second officer"),
                    ("returned", "Returned for correction"),
                    ("published", "On the market"),
                    ("suspended", "Trading suspended"),
                    ("withdrawn", "Withdrawn from the market"),
                    ("superseded", "Replaced by a newer listing"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("published", "suspended"))),
                fields=("version", "organization"),
                name="trading_one_listing_of_version",
                violation_error_message="There is a listing of this version already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "submitted", "returned"))),
                fields=("version", "organization"),
                name="trading_one_draft_of_version",
                violation_error_message="There is a draft of this version already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("published", "suspended", "withdrawn", "superseded"))
                ),
                fields=("replaces",),
                name="trading_listing_replaced_once",
                violation_error_message="Another listing has replaced it already.",
            ),
        ),
        migrations.AddField(
            model_name="listingrenewal",
            name="appraisal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="appraisal.appraisal",
            ),
        ),
        migrations.AddField(
            model_name="listingrenewal",
            name="certificate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="rights.certificate",
            ),
        ),
        migrations.AddField(
            model_name="listingrenewal",
            name="listing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="renewals",
                to="trading.listing",
            ),
        ),
        migrations.AddField(
            model_name="listingrenewal",
            name="old_certificate",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="rights.certificate",
            ),
        ),
        migrations.AddField(
            model_name="listingrenewal",
            name="risk_report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="preparation.riskreport",
            ),
        ),
        migrations.AddConstraint(
            model_name="listingrenewal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("listing",),
                name="trading_one_waiting_renewal",
                violation_error_message="A renewal of this listing waits already.",
            ),
        ),
    ]
