"""Keep in what form an upload came; several sheets of one workbook are uploads of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_dataset_request_once"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="datasetversion",
            name="catalog_upload_once",
        ),
        migrations.AddField(
            model_name="datasetversion",
            name="compression",
            field=models.CharField(
                blank=True,
                choices=[
                    ("gzip", "gzip"),
                    ("zip", "ZIP"),
                    ("zstd", "Zstandard"),
                    ("bzip2", "bzip2"),
                    ("xz", "xz"),
                ],
                default="",
                max_length=8,
                verbose_name="packed as",
            ),
        ),
        migrations.AddField(
            model_name="datasetversion",
            name="error_cells",
            field=models.PositiveIntegerField(default=0, verbose_name="error cells read as empty"),
        ),
        migrations.AddField(
            model_name="datasetversion",
            name="file_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("csv", "CSV text"),
                    ("xlsx", "Excel workbook (XLSX)"),
                    ("parquet", "Parquet"),
                ],
                default="",
                max_length=8,
                verbose_name="kind of file",
            ),
        ),
        migrations.AddField(
            model_name="datasetversion",
            name="separator",
            field=models.CharField(
                blank=True,
                choices=[
                    ("comma", "comma"),
                    ("semicolon", "semicolon"),
                    ("tab", "tab"),
                    ("bar", "vertical bar"),
                ],
                default="",
                max_length=10,
                verbose_name="separator of the fields",
            ),
        ),
        migrations.AddField(
            model_name="datasetversion",
            name="sheet",
            field=models.CharField(
                blank=True, default="", max_length=100, verbose_name="sheet of the workbook"
            ),
        ),
        migrations.AddField(
            model_name="datasetversion",
            name="sheet_count",
            field=models.PositiveIntegerField(default=0, verbose_name="sheets in the workbook"),
        ),
        migrations.AddConstraint(
            model_name="datasetversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "source"), ("raw_destroyed_at", None)),
                fields=("dataset", "upload_sha256", "sheet"),
                name="catalog_upload_once",
            ),
        ),
    ]
