"""What was booked of a line of the bank's own can be reversed by two."""

from functools import partial

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.accounts.four_eyes import Kept, statements_of
from marketplace.core import frozen, triggers

BEFORE = Kept("treasury_bankitem", "proposed_by_id", "confirmed_by_id")
NEW = Kept("treasury_bankitem", "reversal_by_id", "reversed_by_id")


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers; SQLite dropped those from before with the table that it rebuilt."""
    for kept in (BEFORE, NEW):
        triggers.drop(schema_editor, partial(statements_of, kept))
        triggers.create(schema_editor, partial(statements_of, kept))


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the new triggers."""
    triggers.drop(schema_editor, partial(statements_of, NEW))


def restore(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers from before again, on the way back."""
    triggers.drop(schema_editor, partial(statements_of, BEFORE))
    triggers.create(schema_editor, partial(statements_of, BEFORE))


class Migration(migrations.Migration):
    """Columns, rules and triggers."""

    dependencies = [
        ("treasury", "0002_held_lines"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, restore),
        migrations.RemoveConstraint(
            model_name="bankitem",
            name="treasury_bank_item_of_line_once",
        ),
        migrations.RemoveConstraint(
            model_name="bankitem",
            name="treasury_bank_item_booked_by_somebody",
        ),
        migrations.AddField(
            model_name="bankitem",
            name="reversal_by_id",
            field=models.UUIDField(null=True, verbose_name="reversal proposed by"),
        ),
        migrations.AddField(
            model_name="bankitem",
            name="reversal_reason",
            field=models.CharField(
                blank=True, max_length=500, verbose_name="reason of the reversal"
            ),
        ),
        migrations.AddField(
            model_name="bankitem",
            name="reversed_by_id",
            field=models.UUIDField(null=True, verbose_name="reversed by"),
        ),
        migrations.AddField(
            model_name="bankitem",
            name="reversed_on",
            field=models.DateField(null=True, verbose_name="reversed on"),
        ),
        migrations.AlterField(
            model_name="bankitem",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "Waits for a second finance officer"),
                    ("booked", "Booked"),
                    ("reversing", "Booked, to be reversed by a second finance officer"),
                    ("reversed", "Reversed"),
                    ("rejected", "Rejected"),
                ],
                default="proposed",
                max_length=9,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("rejected", "reversed")), _negated=True),
                fields=("line",),
                name="treasury_bank_item_of_line_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("booked_on__isnull", False),
                        ("confirmed_by_id__isnull", False),
                        ("state__in", ["booked", "reversing", "reversed"]),
                    ),
                    models.Q(
                        ("booked_on", None),
                        ("confirmed_by_id", None),
                        ("state__in", ["proposed", "rejected"]),
                    ),
                    _connector="OR",
                ),
                name="treasury_bank_item_booked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reversal_by_id__isnull", False),
                        ("reversed_by_id__isnull", False),
                        ("reversed_on__isnull", False),
                        ("state", "reversed"),
                        models.Q(("reversed_by_id", models.F("reversal_by_id")), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "reversed"), _negated=True),
                        ("reversed_by_id", None),
                        ("reversed_on", None),
                    ),
                    _connector="OR",
                ),
                name="treasury_bank_item_reversed_by_two",
            ),
        ),
        migrations.RunPython(install, remove),
        frozen.migrated("treasury"),
    ]
