"""Tell each old transfer its cause and each old payment its reference; hold money by order."""

from collections import defaultdict
from decimal import Decimal

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def forward(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Open an account for what is held of each order, and add up what stands on each account."""
    Account = apps.get_model("trading", "Account")
    Payment = apps.get_model("trading", "Payment")
    Charge = apps.get_model("trading", "Charge")
    Transfer = apps.get_model("trading", "Transfer")
    held: dict[object, object] = {}
    cents: dict[object, int] = defaultdict(int)
    for row in Transfer.objects.order_by("created_at").iterator():
        for side in ("debit", "credit"):
            account = getattr(row, side)
            if account.kind == "held":
                if row.order_id not in held:
                    held[row.order_id] = Account.objects.create(
                        kind="held", order_id=row.order_id, currency=row.currency
                    )
                setattr(row, side, held[row.order_id])
        row.cause = f"order:{row.order_id}:{row.kind}"
        row.save(update_fields=["debit", "credit", "cause"])
        amount = int(Decimal(row.amount) * 100)
        cents[row.debit_id] -= amount
        cents[row.credit_id] += amount
        if row.kind == "deposit":
            day = timezone.localtime(row.created_at).date()
            state = "paid" if row.order.state in ("paid", "delivered", "objected") else "settled"
            charge = Charge.objects.create(
                order_id=row.order_id,
                kind="price",
                number=1,
                amount=row.amount,
                currency=row.currency,
                due_on=day,
                reference=row.order_id.hex[:25],
                state=state,
                paid_at=row.created_at,
            )
            Payment.objects.create(
                channel="officer",
                reference=row.reference,
                amount=row.amount,
                currency=row.currency,
                received_on=day,
                charge=charge,
                state="allocated",
            )
    Account.objects.filter(kind="held", order=None).delete()
    for account_id, balance in cents.items():
        Account.objects.filter(pk=account_id).update(balance_cents=balance)


def back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Hold all money of a currency on one account again, with the bank's references."""
    Account = apps.get_model("trading", "Account")
    Payment = apps.get_model("trading", "Payment")
    Charge = apps.get_model("trading", "Charge")
    Transfer = apps.get_model("trading", "Transfer")
    references = {
        payment.charge.order_id: payment.reference
        for payment in Payment.objects.filter(charge__isnull=False).select_related("charge")
    }
    common: dict[str, object] = {}
    for row in Transfer.objects.iterator():
        for side in ("debit", "credit"):
            if getattr(row, side).kind == "held":
                if row.currency not in common:
                    common[row.currency] = Account.objects.create(
                        kind="held", currency=row.currency
                    )
                setattr(row, side, common[row.currency])
        if row.kind == "deposit":
            row.reference = references.get(row.order_id)
        row.save(update_fields=["debit", "credit", "reference"])
    Account.objects.filter(order__isnull=False).delete()
    Payment.objects.all().delete()
    Charge.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("trading", "0008_books"),
    ]

    operations = [migrations.RunPython(forward, back)]
