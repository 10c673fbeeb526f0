import uuid

import django.db.models.deletion
from django.db import migrations, models

import marketplace.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_upload_form"),
    ]

    operations = [
        migrations.CreateModel(
            name="DatabaseSource",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("postgresql", "PostgreSQL"), ("mysql", "MySQL or MariaDB")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("host", models.CharField(max_length=253, verbose_name="host")),
                ("port", models.PositiveIntegerField(verbose_name="port")),
                ("database", models.CharField(max_length=128, verbose_name="database")),
                ("user", models.CharField(max_length=128, verbose_name="user")),
                ("wrapped_password", models.BinaryField()),
                (
                    "tls",
                    models.CharField(
                        choices=[
                            ("verify", "Encrypted, and the server's certificate is verified"),
                            ("encrypt", "Encrypted, whoever the server is"),
                            ("off", "Not encrypted"),
                        ],
                        max_length=8,
                        verbose_name="protection",
                    ),
                ),
                (
                    "authorities",
                    models.TextField(
                        blank=True, max_length=20000, verbose_name="certificate authority"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("in_use", "In use"), ("closed", "Closed")],
                        default="in_use",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("checked_at", models.DateTimeField(null=True, verbose_name="checked at")),
                ("check_error", models.CharField(blank=True, max_length=40, verbose_name="error")),
                (
                    "check_parameters",
                    models.JSONField(default=dict, verbose_name="figures of the error"),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="catalog.dataset",
                    ),
                ),
            ],
            options={
                "verbose_name": "database source",
                "verbose_name_plural": "database sources",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Drawing",
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
                ("schema", models.CharField(max_length=128, verbose_name="schema")),
                ("table", models.CharField(max_length=128, verbose_name="table")),
                ("columns", models.JSONField(verbose_name="columns")),
                (
                    "row_limit",
                    models.PositiveBigIntegerField(null=True, verbose_name="at most so many rows"),
                ),
                ("requested_by_id", models.UUIDField(null=True, verbose_name="requested by")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting for a worker"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("rows", models.PositiveBigIntegerField(default=0, verbose_name="rows")),
                (
                    "blanked",
                    models.PositiveBigIntegerField(default=0, verbose_name="values left empty"),
                ),
                ("attempt", models.PositiveIntegerField(default=0, verbose_name="attempt")),
                ("queued_at", models.DateTimeField(verbose_name="queued at")),
                ("lease_until", models.DateTimeField(null=True, verbose_name="lease until")),
                ("started_at", models.DateTimeField(null=True, verbose_name="started at")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                ("error_code", models.CharField(blank=True, max_length=40, verbose_name="error")),
                (
                    "error_parameters",
                    models.JSONField(default=dict, verbose_name="figures of the error"),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawings",
                        to="catalog.databasesource",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn_by",
                        to="catalog.datasetversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "drawing",
                "verbose_name_plural": "drawings",
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="databasesource",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_use")),
                fields=("dataset", "name"),
                name="catalog_source_name",
            ),
        ),
        migrations.AddIndex(
            model_name="drawing",
            index=models.Index(
                fields=["state", "lease_until"], name="catalog_dra_state_a72a11_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="drawing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=("source",),
                name="catalog_one_active_drawing",
            ),
        ),
    ]
