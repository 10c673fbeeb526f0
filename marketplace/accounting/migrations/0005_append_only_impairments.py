"""Refuse change of impairments in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only

TABLE = "accounting_impairment"


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    append_only.install(schema_editor, TABLE, key=["id", "recognition_id,voucher"])


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    append_only.remove(schema_editor, TABLE)


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("accounting", "0004_recognitions")]

    operations = [migrations.RunPython(install, remove)]
