from django.db import migrations

LEAST_SHARED, OTHERS = 5, "…"


def hide_values(apps, _editor):
    """Take the values of persons from profiles that were kept before it was done at once."""
    findings = apps.get_model("preparation", "ColumnFinding").objects
    for finding in findings.iterator():
        profile = finding.profile
        if finding.role == "other" and profile.get("dtype") != "text":
            continue
        bins = [] if finding.role == "direct" else profile.get("histogram", [])
        profile |= {"minimum": None, "maximum": None, "histogram": of_many(bins)}
        finding.save(update_fields=["profile"])
    hide_in_comparisons(apps, findings)


def hide_in_comparisons(apps, findings):
    """Take the charts of columns that identify from comparisons."""
    for study in apps.get_model("preparation", "Study").objects.filter(run__kind="compare"):
        direct = set(
            findings.filter(version=study.run.version, role="direct").values_list("name", flat=True)
        )
        for compared in study.answer.get("compared", []):
            for name in direct & compared["histograms"].keys():
                compared["histograms"][name] = []
        study.save(update_fields=["answer"])


def of_many(bins):
    """Keep the bins of many rows, and count the others together."""
    shown = [bin for bin in bins if bin[0] != OTHERS and (bin[1] >= LEAST_SHARED or not bin[1])]
    rest = sum(count for _, count in bins) - sum(count for _, count in shown)
    return [*shown, [OTHERS, rest]] if rest else shown


class Migration(migrations.Migration):
    dependencies = [("preparation", "0004_copies")]

    operations = [migrations.RunPython(hide_values, migrations.RunPython.noop, elidable=False)]
