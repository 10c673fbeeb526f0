"""Refuse change of the openings of reports in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only

TABLE = "delivery_reportopening"


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    append_only.install(schema_editor, TABLE, key=["id"])


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    append_only.remove(schema_editor, TABLE)


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("delivery", "0006_signed_reports")]

    operations = [migrations.RunPython(install, remove)]
