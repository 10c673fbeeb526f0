"""The quota of rows is a term of the contract: what nothing ever set is gone."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("delivery", "0007_openings_only_grow")]

    operations = [migrations.RemoveField(model_name="grant", name="quota_rows")]
