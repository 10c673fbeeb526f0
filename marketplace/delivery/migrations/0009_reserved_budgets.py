"""Reserve what contracts of before promise their buyers, with what they have spent of it."""

from decimal import Decimal

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CONCLUDED = ("signed", "paid", "delivered", "objected", "disputed", "completed")
OVER = ("terminated", "refunded")


def reserve(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write a row for each order of a sandbox that was concluded, oldest first."""
    sandboxes = apps.get_model("trading", "Sandbox")
    orders = apps.get_model("trading", "Order").objects.filter(state__in=(*CONCLUDED, *OVER))
    reserved = apps.get_model("trading", "ReservedBudget")
    answers = apps.get_model("delivery", "Answer").objects.select_related("release")
    grants = apps.get_model("delivery", "Grant").objects
    for sandbox in sandboxes.objects.select_related("listing"):
        for order in orders.filter(listing_id=sandbox.listing_id).order_by("created_at"):
            grant = grants.filter(order_id=order.pk).first()
            months = int(order.terms.get("licence_months", 12))
            spent = learnt = Decimal(0)
            for answer in answers.filter(grant=grant) if grant else ():
                first = answers.filter(release_id=answer.release_id).order_by("created_at").first()
                spent += answer.release.epsilon
                learnt += answer.release.epsilon if first.pk == answer.pk else 0
            is_over = grant is not None and grant.state != "active"
            reserved.objects.create(
                order_id=order.pk,
                version_id=sandbox.listing.version_id,
                epsilon=sandbox.epsilon * (1 if sandbox.period == "licence" else months + 1),
                spent=spent,
                learnt=learnt,
                ended_at=grant.expires_at if is_over else None,
                created_at=order.created_at,
            )


class Migration(migrations.Migration):
    """The way back leaves nothing to do: the rows go with their table."""

    dependencies = [
        ("delivery", "0008_quota_of_the_terms"),
        ("trading", "0035_reserved_budgets"),
    ]

    operations = [migrations.RunPython(reserve, migrations.RunPython.noop)]
