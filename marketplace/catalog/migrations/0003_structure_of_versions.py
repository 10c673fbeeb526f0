"""Keep the digest of each version's columns, so that updates of the same table are known."""

import hashlib

import rfc8785
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KIND_OF_VALUES = {
    **dict.fromkeys(("integer", "decimal", "float"), "number"),
    **dict.fromkeys(("date", "datetime", "time"), "time"),
}


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Compute the digest of every version that there is."""
    for version in apps.get_model("catalog", "DatasetVersion").objects.all():
        kinds = sorted(
            [name, KIND_OF_VALUES.get(dtype, dtype)]
            for name, dtype in version.columns.values_list("name", "dtype")
        )
        version.structure_sha256 = hashlib.sha256(rfc8785.dumps(kinds)).hexdigest()
        version.save(update_fields=["structure_sha256"])


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_raw_retention")]

    operations = [
        migrations.AddField(
            model_name="datasetversion",
            name="structure_sha256",
            field=models.CharField(
                default="", max_length=64, verbose_name="SHA-256 of the columns"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
