"""Refuse change of what only grows in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only

TABLE, KEY = "learning_scoring", ["id"]


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    append_only.install(schema_editor, TABLE, key=KEY)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    append_only.remove(schema_editor, TABLE)


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("learning", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
