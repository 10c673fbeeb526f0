"""Tell the preparation whose rows were let out to the market before it kept that."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROWS_LEAVE = ("file", "api", "sharing")


def let_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write a row for each version that was ever on the market, at its first time."""
    published = apps.get_model("preparation", "PublishedVersion").objects
    listings = apps.get_model("trading", "Listing").objects.filter(
        published_at__isnull=False, delivery_mode__in=ROWS_LEAVE
    )
    for listing in listings.order_by("published_at"):
        published.get_or_create(
            version_id=listing.version_id,
            defaults={
                "organization_id": listing.organization_id,
                "created_at": listing.published_at,
            },
        )


class Migration(migrations.Migration):
    """The way back leaves nothing to do: the rows go with their table."""

    dependencies = [
        ("preparation", "0010_same_people"),
        ("trading", "0037_recalls"),
    ]

    operations = [migrations.RunPython(let_out, migrations.RunPython.noop)]
