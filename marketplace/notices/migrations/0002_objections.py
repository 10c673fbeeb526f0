"""Tell the seller of an objection."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_notices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("case_opened", "Waiting for review"),
                    ("case_approved", "Approved"),
                    ("case_returned", "Returned for correction"),
                    ("case_refused", "Refused"),
                    ("organization_applied", "Organization applied"),
                    ("organization_verified", "Organization verified"),
                    ("organization_refused", "Organization refused"),
                    ("organization_suspended", "Organization suspended"),
                    ("organization_reinstated", "Organization reinstated"),
                    ("run_done", "Run finished"),
                    ("run_failed", "Run failed"),
                    ("claim_answered", "Claim answered"),
                    ("objection_raised", "Objection raised"),
                    ("objection_decided", "Objection decided"),
                    ("certificate_changed", "Certificate changed"),
                    ("listing_suspended", "Listing suspended"),
                    ("order_placed", "Order placed"),
                    ("order_accepted", "Order accepted"),
                    ("order_declined", "Order declined"),
                    ("order_cancelled", "Order cancelled"),
                    ("contract_signed", "Contract signed"),
                    ("payment_awaited", "Payment awaited"),
                    ("payment_held", "Payment held"),
                    ("data_ready", "Data ready"),
                    ("order_delivered", "Order delivered"),
                    ("delivery_objected", "Delivery objected to"),
                    ("order_completed", "Order completed"),
                ],
                max_length=40,
                verbose_name="kind",
            ),
        ),
    ]
