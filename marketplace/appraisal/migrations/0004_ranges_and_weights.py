"""Hold values to their range, and approaches to one row a method with a weight that is a share."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0003_one_approach_each")]

    operations = [
        migrations.AddConstraint(
            model_name="appraisal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("high__gte", models.F("amount")), ("low__lte", models.F("amount"))
                ),
                name="appraisal_amount_in_range",
                violation_error_message="The value lies in its range.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approach",
            constraint=models.UniqueConstraint(
                fields=("appraisal", "method"),
                name="appraisal_approach_once",
                violation_error_message="A valuation takes each approach once.",
            ),
        ),
        migrations.AddConstraint(
            model_name="approach",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ("options",)), ("weight", None))
                | models.Q(
                    ("weight__gte", 0),
                    ("weight__lte", 1),
                    models.Q(("method__in", ("options",)), _negated=True),
                ),
                name="appraisal_approach_weight_is_share",
                violation_error_message="A weight is from 0 to 1.",
            ),
        ),
    ]
