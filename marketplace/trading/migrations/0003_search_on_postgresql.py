"""Let PostgreSQL find parts of texts without reading all texts; SQLite reads them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CREATE = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX trading_listing_search_text ON trading_listing"
    " USING gin ((search_text) gin_trgm_ops) WHERE state = 'published'",
    # Parts of one and two characters have no trigram. All listings, not the published alone: of a
    # part of a table PostgreSQL keeps statistics of an index, but does not plan by them, and would
    # read the whole market for a letter that all have.
    "CREATE INDEX trading_listing_search_text_letters ON trading_listing"
    " USING gin (string_to_array(search_text, NULL))",
    "CREATE INDEX trading_listing_region_letters ON trading_listing"
    " USING gin (string_to_array(upper(region), NULL))",
    # From the partial index it does not know how many listings are of a place: one that an eighth
    # of the market is of was thought rare, and all of the market was read for the first page.
    "CREATE STATISTICS trading_listing_places ON (upper(region)) FROM trading_listing",
)
DROP = (
    "DROP STATISTICS trading_listing_places",
    "DROP INDEX trading_listing_region_letters",
    "DROP INDEX trading_listing_search_text_letters",
    "DROP INDEX trading_listing_search_text",
)


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create indexes and statistics."""
    _run(schema_editor, CREATE)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them; the extension stays, which others may use."""
    _run(schema_editor, DROP)


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("trading", "0002_triggers")]

    operations = [migrations.RunPython(create, drop)]
