"""Refuse change of entries, mentions, seals and heads in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only

TABLES = {
    "ledger_entry": ["id", "reference"],
    "ledger_mention": ["id", "subject,entry_id"],
    "ledger_seal": ["leaf_index", "entry_id"],
    "ledger_head": ["tree_size"],
}


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    for table, key in TABLES.items():
        append_only.install(schema_editor, table, key=key)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    for table in TABLES:
        append_only.remove(schema_editor, table)


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
