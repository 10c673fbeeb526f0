"""Refuse change of what only grows in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.accounts.four_eyes import Kept, keep_apart
from marketplace.core import append_only

KEYS = {
    "preparation_budgetcharge": ["id", "cause"],
}
"""By table the columns that name a row, each of which stands once."""


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    for table, key in KEYS.items():
        append_only.install(schema_editor, table, key=key)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    for table in KEYS:
        append_only.remove(schema_editor, table)


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("accounts", "0001_initial"), ("preparation", "0001_initial")]

    operations = [
        migrations.RunPython(install, remove),
        keep_apart(
            Kept(
                "preparation_roleconfirmation",
                "written_by_id",
                "confirmed_by_id",
                first_table="preparation_relabelling",
                link="digest",
            ),
        ),
    ]
