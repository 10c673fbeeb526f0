"""Refuse change of private answers in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only

TABLES = {
    "delivery_release": ["id", "version_id,digest,epsilon"],
    "delivery_answer": ["id", "grant_id,release_id"],
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

    dependencies = [("delivery", "0004_private_answers")]

    operations = [migrations.RunPython(install, remove)]
