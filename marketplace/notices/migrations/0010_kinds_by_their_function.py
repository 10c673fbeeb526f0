"""The kinds of notices are named by the function that answers them, so that a new one needs no more."""

from __future__ import annotations

from django.db import migrations, models

from marketplace.notices.kinds import kinds_to_choose


class Migration(migrations.Migration):
    dependencies = [("notices", "0009_choices_of_email")]

    operations = [
        migrations.AlterField(
            model_name=model,
            name="kind",
            field=models.CharField(choices=kinds_to_choose, max_length=40, verbose_name="kind"),
        )
        for model in ("emailchoice", "notice")
    ]
