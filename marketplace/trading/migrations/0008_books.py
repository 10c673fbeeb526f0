"""Charges, payments, what goes out, invoices, closed days; what transfers follow from."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
import marketplace.core.money
from marketplace.core import append_only

TABLE = "trading_transfer"


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers, so that old transfers can be told their cause."""
    append_only.remove(schema_editor, TABLE)


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create them as they were; the way back."""
    append_only.install(schema_editor, TABLE, key=["id", "reference", "order_id,kind"])


class Migration(migrations.Migration):
    dependencies = [
        ("trading", "0007_price_plans"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, install),
        migrations.CreateModel(
            name="Charge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("price", "Price"),
                            ("instalment", "Instalment"),
                            ("usage", "Use"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="amount"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "reference",
                    models.CharField(max_length=25, unique=True, verbose_name="payment reference"),
                ),
                ("period", models.CharField(blank=True, max_length=20, verbose_name="period")),
                ("units", models.PositiveBigIntegerField(null=True, verbose_name="units")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be paid"),
                            ("paid", "Paid, held by the centre"),
                            ("settled", "Settled"),
                            ("void", "Not owed any more"),
                        ],
                        default="open",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("paid_at", models.DateTimeField(null=True, verbose_name="paid at")),
            ],
            options={
                "verbose_name": "charge",
                "verbose_name_plural": "charges",
                "ordering": ["due_on", "number"],
            },
        ),
        migrations.CreateModel(
            name="DayClosing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("closed_until", models.DateTimeField(verbose_name="closed until")),
                ("totals", models.JSONField(verbose_name="totals")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the totals")),
                ("transfers", models.PositiveIntegerField(verbose_name="transfers")),
                ("closed_by_id", models.UUIDField(verbose_name="closed by")),
            ],
            options={
                "verbose_name": "closed day",
                "verbose_name_plural": "closed days",
                "ordering": ["-day"],
            },
        ),
        migrations.CreateModel(
            name="Disbursement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refund", "Refund to the buyer"),
                            ("payout", "Payout"),
                            ("return", "Return of a payment"),
                        ],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                (
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="amount"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                (
                    "request_key",
                    models.CharField(max_length=64, unique=True, verbose_name="request key"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for a second person"),
                            ("approved", "Approved and booked"),
                            ("rejected", "Rejected"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("proposed_by_id", models.UUIDField(verbose_name="proposed by")),
                ("decided_by_id", models.UUIDField(null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "answer",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="reason of the rejection"
                    ),
                ),
            ],
            options={
                "verbose_name": "disbursement",
                "verbose_name_plural": "disbursements",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("invoice", "Invoice"), ("credit", "Credit note")],
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year of the number")),
                ("sequence", models.PositiveIntegerField(verbose_name="number within the year")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("cause", models.CharField(max_length=120, unique=True, verbose_name="cause")),
                (
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="amount"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("content", models.JSONField(verbose_name="content")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the content")),
            ],
            options={
                "verbose_name": "invoice",
                "verbose_name_plural": "invoices",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="InvoiceCounter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("invoice", "Invoice"), ("credit", "Credit note")],
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year of the number")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="last number given")),
            ],
            options={
                "verbose_name": "invoice counter",
                "verbose_name_plural": "invoice counters",
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=marketplace.core.clock.now, editable=False),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("officer", "Recorded by a finance officer"),
                            ("statement", "Bank statement"),
                            ("webhook", "Message of a payment provider"),
                        ],
                        max_length=10,
                        verbose_name="learnt by",
                    ),
                ),
                (
                    "reference",
                    models.CharField(max_length=64, unique=True, verbose_name="bank reference"),
                ),
                (
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="amount"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("received_on", models.DateField(verbose_name="received on")),
                (
                    "claimed_reference",
                    models.CharField(
                        blank=True, max_length=25, verbose_name="payment reference given"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unallocated", "Not allocated"),
                            ("allocated", "Allocated to an order"),
                            ("returned", "Returned to the sender"),
                        ],
                        default="unallocated",
                        max_length=11,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ["-created_at"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="account",
            name="trading_account_of_centre_once",
        ),
        migrations.RemoveConstraint(
            model_name="transfer",
            name="trading_transfer_of_order_once",
        ),
        migrations.AddField(
            model_name="account",
            name="balance_cents",
            field=models.BigIntegerField(default=0, verbose_name="balance in cents"),
        ),
        migrations.AddField(
            model_name="account",
            name="order",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accounts",
                to="trading.order",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="cause",
            field=models.CharField(max_length=120, null=True, verbose_name="cause"),
        ),
        migrations.AlterField(
            model_name="account",
            name="kind",
            field=models.CharField(
                choices=[
                    ("outside", "The bank outside"),
                    ("unallocated", "Payments not allocated yet"),
                    ("buyer", "A buyer's money"),
                    ("held", "Money held until acceptance"),
                    ("seller", "A seller's money"),
                    ("share", "A third party's share"),
                    ("fee", "The centre's fees"),
                    ("tax", "Tax to be paid on"),
                ],
                max_length=11,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="transfer",
            name="kind",
            field=models.CharField(
                choices=[
                    ("deposit", "Payment received"),
                    ("allocation", "Payment allocated"),
                    ("hold", "Held until acceptance"),
                    ("release", "Released to the seller"),
                    ("fee", "Fee of the centre"),
                    ("share", "Share of a third party"),
                    ("tax", "Tax withheld"),
                    ("freeze", "Taken back into custody"),
                    ("refund", "Refunded to the buyer"),
                    ("payout", "Paid out"),
                    ("return", "Returned to the sender"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="transfer",
            name="order",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transfers",
                to="trading.order",
            ),
        ),
        migrations.AddField(
            model_name="charge",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="trading.order",
            ),
        ),
        migrations.AddField(
            model_name="disbursement",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disbursements",
                to="trading.account",
            ),
        ),
        migrations.AddField(
            model_name="disbursement",
            name="order",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disbursements",
                to="trading.order",
            ),
        ),
        migrations.AddField(
            model_name="invoice",
            name="charge",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invoices",
                to="trading.charge",
            ),
        ),
        migrations.AddField(
            model_name="invoice",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invoices",
                to="trading.order",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicecounter",
            constraint=models.UniqueConstraint(
                fields=("kind", "year"), name="trading_invoice_counter_once"
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="charge",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payments",
                to="trading.charge",
            ),
        ),
        migrations.AddField(
            model_name="disbursement",
            name="payment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disbursements",
                to="trading.payment",
            ),
        ),
        migrations.AddIndex(
            model_name="charge",
            index=models.Index(fields=["state", "due_on"], name="trading_cha_state_ed44cc_idx"),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                fields=("order", "number"), name="trading_charge_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "usage")),
                fields=("order", "period"),
                name="trading_charge_period_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="trading_charge_amount_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                fields=("kind", "year", "sequence"), name="trading_invoice_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="trading_invoice_amount_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="trading_payment_amount_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "allocated"), _negated=True),
                    ("charge__isnull", False),
                    _connector="OR",
                ),
                name="trading_payment_allocated_to_charge",
            ),
        ),
        migrations.AddConstraint(
            model_name="disbursement",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="trading_disbursement_amount_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="disbursement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by_id", None),
                    models.Q(("decided_by_id", models.F("proposed_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="trading_disbursement_four_eyes",
                violation_error_message="Who proposes it does not decide it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disbursement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "approved"))),
                fields=("payment",),
                name="trading_payment_returned_once",
            ),
        ),
        migrations.RunPython(remove, migrations.RunPython.noop),
    ]
