"""Let PostgreSQL find parts of one and two characters, which have no trigram."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TEXTS = {"search_text": "search_text", "region": "upper(region)"}
# All listings, not the published alone: of a part of a table PostgreSQL keeps statistics of an
# index, but does not plan by them, and would read the whole market for a letter that all have.
INDEX = (
    "CREATE INDEX trading_listing_{name}_letters ON trading_listing"
    " USING gin (string_to_array({text}, NULL))"
)
TRIGRAMS = (
    "CREATE INDEX trading_listing_region ON trading_listing"
    " USING gin ((upper(region)) gin_trgm_ops) WHERE state = 'published'"
)


def index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Index the letters, and learn at once how common each is; of regions they are enough."""
    if schema_editor.connection.vendor == "postgresql":
        for name, text in TEXTS.items():
            schema_editor.execute(INDEX.format(name=name, text=text))
        schema_editor.execute("DROP INDEX trading_listing_region")
        schema_editor.execute("ANALYZE trading_listing")


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Go back to the trigrams."""
    if schema_editor.connection.vendor == "postgresql":
        for name in TEXTS:
            schema_editor.execute(f"DROP INDEX trading_listing_{name}_letters")
        schema_editor.execute(TRIGRAMS)


class Migration(migrations.Migration):
    dependencies = [("trading", "0029_sales_of_rights")]
    operations = [migrations.RunPython(index, drop)]
