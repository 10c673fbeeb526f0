"""How often a charge was called to mind since its last day."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trading", "0030_letters_of_searched_texts")]

    operations = [
        migrations.AddField(
            model_name="charge",
            name="reminded",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="reminders"),
        )
    ]
