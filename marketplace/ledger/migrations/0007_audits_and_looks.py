"""Audits of the log that ended, the one under way, and looks at other logs."""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
from marketplace.core import append_only

TABLES = {"ledger_audit": ["id", "entry_id"], "ledger_witnesscheck": ["id"]}


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    for table, key in TABLES.items():
        append_only.install(schema_editor, table, key=key)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    for table in TABLES:
        append_only.remove(schema_editor, table)


class Migration(migrations.Migration):
    """Three tables; the way back drops them."""

    dependencies = [
        ("ledger", "0006_key_handover"),
    ]

    operations = [
        migrations.CreateModel(
            name="RunningAudit",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                (
                    "began_at",
                    models.DateTimeField(
                        default=marketplace.core.clock.now, verbose_name="began at"
                    ),
                ),
                ("checked", models.BigIntegerField(default=0, verbose_name="checked entries")),
                ("heads", models.PositiveIntegerField(default=0, verbose_name="signed heads")),
                ("faults", models.PositiveIntegerField(default=0, verbose_name="faults")),
                (
                    "milliseconds",
                    models.PositiveBigIntegerField(default=0, verbose_name="milliseconds"),
                ),
            ],
            options={
                "verbose_name": "audit under way",
            },
        ),
        migrations.CreateModel(
            name="WitnessCheck",
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
                ("origin", models.CharField(max_length=255, verbose_name="name of the log")),
                ("tree_size", models.BigIntegerField(null=True, verbose_name="tree size")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("cosigned", "goes on; cosigned"),
                            ("fork", "fork"),
                            ("shrunk", "shows less than before"),
                            ("other-key", "signed by another key"),
                            ("refused", "could not be read or checked"),
                        ],
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at another log",
                "verbose_name_plural": "looks at other logs",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Audit",
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
                    "door",
                    models.CharField(
                        choices=[("command", "command"), ("task", "the centre by itself")],
                        max_length=10,
                        verbose_name="asked by",
                    ),
                ),
                ("tree_size", models.BigIntegerField(verbose_name="sealed entries")),
                ("root_hash", models.CharField(max_length=64, verbose_name="root hash")),
                ("heads", models.PositiveIntegerField(verbose_name="signed heads")),
                ("faults", models.PositiveIntegerField(verbose_name="faults")),
                ("milliseconds", models.PositiveBigIntegerField(verbose_name="milliseconds")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit",
                        to="ledger.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit of the ledger",
                "verbose_name_plural": "audits of the ledger",
                "ordering": ["-entry_id"],
            },
        ),
        migrations.RunPython(install, remove),
    ]
