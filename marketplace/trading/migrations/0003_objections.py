"""Let an order be objected to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trading", "0002_transfers_only_grow"),
    ]

    operations = [
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
                    ("completed", "Completed"),
                ],
                default="placed",
                max_length=10,
                verbose_name="state",
            ),
        ),
    ]
