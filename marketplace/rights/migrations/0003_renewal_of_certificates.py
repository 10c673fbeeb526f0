"""Keep from when a certificate can be renewed, and whether its holder was told."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.rights.clocks import clocks


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Compute the day from the last day of each certificate."""
    for certificate in apps.get_model("rights", "Certificate").objects.all():
        certificate.renewal_from = clocks().renewal_window(certificate.valid_until)[0]
        certificate.save(update_fields=["renewal_from"])


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_scope_of_rights")]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="renewal_from",
            field=models.DateField(null=True, verbose_name="renewal may be asked for from"),
        ),
        migrations.AddField(
            model_name="certificate",
            name="was_renewal_announced",
            field=models.BooleanField(default=False, verbose_name="renewal was announced"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="certificate",
            name="renewal_from",
            field=models.DateField(verbose_name="renewal may be asked for from"),
        ),
    ]
