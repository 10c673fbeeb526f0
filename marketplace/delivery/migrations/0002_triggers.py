"""Refuse change of what only grows in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only, frozen

KEYS = {
    "delivery_answer": ["id", "grant_id,release_id"],
    "delivery_givenrevision": ["id", "grant_id,revision_id", "copy_id"],
    "delivery_release": ["id", "version_id,digest,epsilon"],
    "delivery_reportopening": ["id"],
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

    dependencies = [("delivery", "0001_initial")]

    operations = [migrations.RunPython(install, remove), frozen.migrated("delivery")]
