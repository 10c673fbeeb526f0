"""Let PostgreSQL know how many listings are of a place; from the partial index it does not.

Without it, a place that an eighth of the market is of was thought rare, and all of the market was
read and sorted for the first page.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STATISTICS = "trading_listing_places"


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Have them kept; ANALYZE fills them."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE STATISTICS {STATISTICS} ON (upper(region)) FROM trading_listing"
        )


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP STATISTICS {STATISTICS}")


class Migration(migrations.Migration):
    dependencies = [("trading", "0024_amendment_signatures_only_grow")]
    operations = [migrations.RunPython(create, drop)]
