"""Keep what provisional last days were counted from."""

from datetime import date, timedelta

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KNOWN_UNTIL, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)
SATURDAY = 5
FIELDS = {
    "amendment": ("answer_due_on",),
    "dispute": ("appeal_until",),
    "order": ("answer_due_on", "acceptance_due_on"),
}


def keep_what_was_counted(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make provisional what was counted into a year whose working days nobody knew.

    The calendar that shipped ended with 2026 and the first of January after it, and nothing was
    counted later: so every such term is the weekdays from then on.
    """
    for model, fields in FIELDS.items():
        rows = apps.get_model("trading", model).objects
        for field in fields:
            for row in rows.filter(**{f"{field}__gt": KNOWN_UNTIL}):
                row.provisional[field] = [
                    KNOWN_UNTIL.isoformat(),
                    _weekdays_until(getattr(row, field)),
                ]
                row.save(update_fields=["provisional"])


def _weekdays_until(day: date) -> int:
    days = (KNOWN_UNTIL + timedelta(days=number + 1) for number in range((day - KNOWN_UNTIL).days))
    return sum(each.weekday() < SATURDAY and each != NEW_YEAR for each in days)


class Migration(migrations.Migration):
    dependencies = [
        ("trading", "0035_reserved_budgets"),
    ]

    operations = [
        migrations.AddField(
            model_name="amendment",
            name="provisional",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                verbose_name="last days that are provisional",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="provisional",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                verbose_name="last days that are provisional",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="provisional",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                verbose_name="last days that are provisional",
            ),
        ),
        migrations.RunPython(keep_what_was_counted, migrations.RunPython.noop),
    ]
