"""What goes back after a trade was settled lowers what it compares at, down to nothing."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0007_ceiling_accounts_only_grow")]

    operations = [
        migrations.RemoveConstraint(
            model_name="comparable", name="appraisal_comparable_price_positive"
        ),
        migrations.AddConstraint(
            model_name="comparable",
            constraint=models.CheckConstraint(
                condition=models.Q(price__gte=0), name="appraisal_comparable_price_not_negative"
            ),
        ),
    ]
