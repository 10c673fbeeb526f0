"""Witnesses: what they say of this log, and what this centre saw of others."""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
from marketplace.core import append_only


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    append_only.install(schema_editor, "ledger_cosignature", key=["id", "checkpoint_id,witness"])


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    append_only.remove(schema_editor, "ledger_cosignature")


class Migration(migrations.Migration):
    """Three tables; the way back drops them."""

    dependencies = [
        ("ledger", "0004_commitments"),
    ]

    operations = [
        migrations.CreateModel(
            name="WitnessedLog",
            fields=[
                (
                    "origin",
                    models.CharField(
                        max_length=255,
                        primary_key=True,
                        serialize=False,
                        verbose_name="name of the log",
                    ),
                ),
                ("verifier_key", models.CharField(max_length=400, verbose_name="verifier key")),
                ("size", models.BigIntegerField(verbose_name="tree size")),
                ("root_hash", models.CharField(max_length=64, verbose_name="root hash")),
                ("note", models.TextField(verbose_name="cosigned note")),
                (
                    "seen_at",
                    models.DateTimeField(
                        default=marketplace.core.clock.now, verbose_name="seen at"
                    ),
                ),
            ],
            options={
                "verbose_name": "witnessed log",
            },
        ),
        migrations.CreateModel(
            name="WitnessKey",
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
                    "public_key",
                    models.CharField(max_length=64, unique=True, verbose_name="public key"),
                ),
                ("wrapped_private_key", models.BinaryField()),
            ],
            options={
                "verbose_name": "witness key",
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("witness", models.CharField(max_length=255, verbose_name="witness")),
                ("line", models.TextField(verbose_name="signature line")),
                (
                    "received_at",
                    models.DateTimeField(
                        default=marketplace.core.clock.now, verbose_name="received at"
                    ),
                ),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cosignatures",
                        to="ledger.checkpoint",
                    ),
                ),
            ],
            options={
                "verbose_name": "cosignature",
                "ordering": ["checkpoint", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("checkpoint", "witness"), name="ledger_cosignature_once"
                    )
                ],
            },
        ),
        migrations.RunPython(install, remove),
    ]
