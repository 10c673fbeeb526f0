from django.db import migrations, models


class Migration(migrations.Migration):
    """Contributions and grants in kind, the only fair values that are booked."""

    dependencies = [("accounting", "0002_append_only")]

    operations = [
        migrations.AlterField(
            model_name="costentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("price", "Purchase price"),
                    ("tax", "Non-deductible tax"),
                    ("processing", "Desensitizing, cleaning, labelling, integrating, analysing"),
                    ("attestation", "Attestation of rights"),
                    ("quality_evaluation", "Quality evaluation"),
                    ("registration", "Registration and settlement"),
                    ("security", "Security management"),
                    ("development_qualified", "Development, all conditions met"),
                    ("development_unqualified", "Development, conditions not met"),
                    ("research", "Research"),
                    ("training", "Training"),
                    ("marketing", "Marketing"),
                    ("contribution", "Contribution by an owner, at its agreed value"),
                    ("grant_in_kind", "Grant in kind, at its fair value"),
                ],
                max_length=24,
                verbose_name="kind",
            ),
        ),
    ]
