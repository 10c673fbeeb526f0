"""Keep what the market is searched by in columns of its own."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INDEXES = ("search_text", "region")


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Read the columns from the frozen sheets."""
    Listing = apps.get_model("trading", "Listing")
    for row in Listing.objects.exclude(sheet=None).select_related("organization").iterator():
        dataset = row.sheet["dataset"]
        texts = (
            *(row.title, row.summary, dataset["title"], dataset["abstract"]),
            row.organization.name,
        )
        row.search_text = "\n".join(texts).casefold()
        row.theme, row.asset_kind = dataset["theme"], dataset["asset_kind"]
        row.region = dataset["region"]
        row.save(update_fields=["search_text", "theme", "asset_kind", "region"])


def index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let PostgreSQL find a part of a text without reading all texts; SQLite reads them."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        for column in INDEXES:
            value = column if column == "search_text" else f"upper({column})"
            schema_editor.execute(
                f"CREATE INDEX trading_listing_{column} ON trading_listing"
                f" USING gin (({value}) gin_trgm_ops) WHERE state = 'published'"
            )


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Leave the extension, which others may use."""
    if schema_editor.connection.vendor == "postgresql":
        for column in INDEXES:
            schema_editor.execute(f"DROP INDEX trading_listing_{column}")


class Migration(migrations.Migration):
    dependencies = [("trading", "0020_disputes")]
    operations = [
        migrations.AddField(
            "listing",
            "search_text",
            models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            "listing",
            "theme",
            models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            "listing",
            "asset_kind",
            models.CharField(blank=True, default="", max_length=16),
        ),
        migrations.AddField(
            "listing",
            "region",
            models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.AddIndex(
            "listing",
            models.Index(
                fields=["state", "theme", "-published_at"], name="trading_listing_by_theme"
            ),
        ),
        migrations.AddIndex(
            "listing",
            models.Index(fields=["state", "-created_at", "-id"], name="trading_listing_by_age"),
        ),
        migrations.AddIndex(
            "listing",
            models.Index(fields=["state", "price"], name="trading_listing_by_price"),
        ),
        migrations.RunPython(index, drop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
