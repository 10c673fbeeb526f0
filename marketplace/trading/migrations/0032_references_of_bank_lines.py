"""Bank lines keep the payment reference of ours that stands in their text.

A column that may be null is added without rebuilding the table, so that its triggers stay.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trading", "0031_reminders_of_charges")]

    operations = [
        migrations.AddField(
            model_name="bankline",
            name="claimed_reference",
            field=models.CharField(
                max_length=25, null=True, verbose_name="payment reference given"
            ),
        )
    ]
