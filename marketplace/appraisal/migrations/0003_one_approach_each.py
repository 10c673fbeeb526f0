"""Make the one approach of each valuation so far a row."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_approaches(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the one approach of each valuation a row, and its range the value itself."""
    approaches = apps.get_model("appraisal", "Approach")
    appraisals = apps.get_model("appraisal", "Appraisal")
    appraisals.objects.update(low=models.F("amount"), high=models.F("amount"))
    for appraisal in appraisals.objects.iterator():
        approaches.objects.create(
            appraisal=appraisal,
            position=1,
            method=appraisal.method,
            inputs=appraisal.inputs,
            result=appraisal.result,
            library_version=appraisal.library_version,
            amount=appraisal.amount,
            weight=1,
        )


class Migration(migrations.Migration):
    # On its own: PostgreSQL alters no table whose rows changed in the same transaction. The way
    # back keeps every valuation with its headline, and the rows behind it go with their table.
    dependencies = [("appraisal", "0002_approaches")]

    operations = [migrations.RunPython(give_approaches, migrations.RunPython.noop)]
