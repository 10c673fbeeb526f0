"""Let an order stand in dispute, be refunded, and be terminated."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trading", "0004_free_of_charge"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="order",
            name="trading_one_order_of_exclusive_listing",
        ),
        migrations.AlterField(
            model_name="order",
            name="state",
            field=models.CharField(
                choices=[
                    ("placed", "Waiting for the seller"),
                    ("declined", "Declined by the seller"),
                    ("cancelled", "Cancelled before signing"),
                    ("accepted", "Accepted, waiting for signatures"),
                    ("signed", "Signed, waiting for the payment"),
                    ("paid", "Payment held, ready for delivery"),
                    ("delivered", "Delivered, waiting for acceptance"),
                    ("objected", "Objected to by the buyer"),
                    ("disputed", "In dispute: money and access stand still"),
                    ("completed", "Completed"),
                    ("refunded", "Ended, the money went back to the buyer"),
                    ("terminated", "Contract terminated"),
                ],
                default="placed",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("is_exclusive", True),
                    models.Q(
                        ("state__in", ("declined", "cancelled", "refunded", "terminated")),
                        _negated=True,
                    ),
                ),
                fields=("listing",),
                name="trading_one_order_of_exclusive_listing",
                violation_error_message="This is sold to one buyer alone, and is ordered already.",
            ),
        ),
    ]
