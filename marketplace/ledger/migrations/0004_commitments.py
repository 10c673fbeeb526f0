"""Salted commitments, codes under a key outside the database, signed notes of heads."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
from marketplace.core import append_only
from marketplace.ledger.authentication import mac_of
from marketplace.ledger.lines import digest_of, line_of

ENTRY_KEY = ["id", "reference"]


def authenticate(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give a code to each entry that waits to be sealed and is as it was recorded.

    Those that are sealed need none: their leaves guard them.
    """
    entries = apps.get_model("ledger", "Entry").objects.filter(seal__isnull=True)
    waiting = [entry for entry in entries if entry.digest == digest_of(line_of(entry)).hex()]
    if not waiting:
        return
    append_only.remove(schema_editor, "ledger_entry")
    for entry in waiting:
        entry.mac = mac_of(line_of(entry))
        entry.save(update_fields=["mac"])
    append_only.install(schema_editor, "ledger_entry", key=ENTRY_KEY)


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    append_only.install(schema_editor, "ledger_checkpoint", key=["head_id"])


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    append_only.remove(schema_editor, "ledger_checkpoint")


class Migration(migrations.Migration):
    """New columns may be empty, so that SQLite rebuilds no table and drops no trigger."""

    dependencies = [
        ("ledger", "0003_tiles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "head",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="checkpoint",
                        serialize=False,
                        to="ledger.head",
                    ),
                ),
                ("note", models.TextField(verbose_name="signed note")),
            ],
            options={
                "verbose_name": "checkpoint",
            },
        ),
        migrations.CreateModel(
            name="Salts",
            fields=[
                (
                    "first_leaf",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="first leaf"
                    ),
                ),
                ("salts", models.BinaryField()),
            ],
            options={
                "verbose_name": "salts",
                "verbose_name_plural": "salts",
            },
        ),
        migrations.CreateModel(
            name="Stray",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="stray",
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
                (
                    "found_at",
                    models.DateTimeField(
                        default=marketplace.core.clock.now, verbose_name="found at"
                    ),
                ),
            ],
            options={
                "verbose_name": "stray entry",
                "verbose_name_plural": "stray entries",
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="mac",
            field=models.CharField(max_length=64, null=True, verbose_name="authentication code"),
        ),
        migrations.AddField(
            model_name="seal",
            name="commitment",
            field=models.CharField(max_length=64, null=True, verbose_name="commitment"),
        ),
        migrations.AlterField(
            model_name="entry",
            name="digest",
            field=models.CharField(max_length=64, verbose_name="digest of the line"),
        ),
        migrations.RunPython(authenticate, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
