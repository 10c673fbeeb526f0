"""Keep a price plan with a listing, and with an order what was agreed for it."""

from decimal import Decimal
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def plan_of_price(price: Decimal) -> dict[str, Any]:
    """Answer the plan of a listing of before there were plans: free, or one price paid once."""
    return {"kind": "once", "price": str(price)} if price else {"kind": "free"}


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each row the plan that its price says, and each order the terms of its listing."""
    listing_model, order_model = (
        apps.get_model("trading", "Listing"),
        apps.get_model("trading", "Order"),
    )
    for listing in listing_model.objects.only("price").iterator():
        listing_model.objects.filter(pk=listing.pk).update(plan=plan_of_price(listing.price))
    for order in order_model.objects.select_related("listing").iterator():
        order_model.objects.filter(pk=order.pk).update(
            plan=plan_of_price(order.price), terms=order.listing.terms
        )


class Migration(migrations.Migration):
    dependencies = [
        ("trading", "0006_deliver_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="plan",
            field=models.JSONField(default=dict, verbose_name="price plan"),
        ),
        migrations.AddField(
            model_name="order",
            name="plan",
            field=models.JSONField(default=dict, verbose_name="price plan"),
        ),
        migrations.AddField(
            model_name="order",
            name="terms",
            field=models.JSONField(default=dict, verbose_name="terms"),
        ),
        migrations.AddField(
            model_name="order",
            name="tier",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="size"),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
