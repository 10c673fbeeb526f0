"""Refuse change of incomes and carries in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only

KEYS = {
    "appraisal_ceilingincome": ["id", "source"],
    "appraisal_ceilingcarry": ["id", "from_ceiling_id,number"],
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

    dependencies = [("appraisal", "0006_price_ceilings")]

    operations = [migrations.RunPython(install, remove)]
