"""Refuse change of bank statements in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only

KEYS = {
    "trading_bankstatement": ["id", "sha256"],
    "trading_bankline": ["id", "statement_id,number"],
}


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

    dependencies = [("trading", "0027_bank_statements")]

    operations = [migrations.RunPython(install, remove)]
