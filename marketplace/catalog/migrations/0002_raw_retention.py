"""Give source data a day on which it is destroyed; for what is there the term begins now."""

from datetime import timedelta

from django.conf import settings
from django.db import migrations, models

from marketplace.core import clock


def give_a_day(apps, schema_editor):
    # Counted from now: nobody was told of a day before.
    last = clock.today() + timedelta(days=settings.CENTRE["RAW_RETENTION_DAYS"])
    apps.get_model("catalog", "DatasetVersion").objects.filter(kind="source").update(raw_until=last)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_initial"),
        ("vault", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="datasetversion",
            name="catalog_upload_once",
        ),
        migrations.AddField(
            model_name="datasetversion",
            name="raw_destroyed_at",
            field=models.DateTimeField(null=True, verbose_name="raw data destroyed at"),
        ),
        migrations.AddField(
            model_name="datasetversion",
            name="raw_until",
            field=models.DateField(null=True, verbose_name="raw data kept until"),
        ),
        migrations.RunPython(give_a_day, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="datasetversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "source"), ("raw_destroyed_at", None)),
                fields=("dataset", "upload_sha256"),
                name="catalog_upload_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="datasetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "source"), ("raw_until__isnull", False)),
                    models.Q(("kind", "masked"), ("raw_destroyed_at", None), ("raw_until", None)),
                    _connector="OR",
                ),
                name="catalog_source_has_an_end",
                violation_error_message="Source data has a day on which it is destroyed.",
            ),
        ),
    ]
