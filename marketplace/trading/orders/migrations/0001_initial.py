"""Orders and contracts; the database refuses change of what only grows."""

import uuid
from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
import marketplace.core.money
import marketplace.preparation.budget.models
from marketplace.accounts.four_eyes import Kept, keep_apart
from marketplace.core import append_only, frozen

KEYS = {
    "orders_setoff": ["id", "missed_id,charge_id"],
    "orders_allocation": ["id", "payment_id,charge_id"],
    "orders_amendmentsignature": ["id", "amendment_id,side", "amendment_id,person_id"],
    "orders_invoice": ["id", "number", "cause", "kind,year,sequence"],
    "orders_proposal": ["id", "order_id,number"],
    "orders_signature": ["id", "contract_id,side", "contract_id,person_id"],
}
"""By table the columns that name a row, each of which stands once."""


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    for table, key in KEYS.items():
        append_only.install(schema_editor, table, key=key)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    for table in KEYS:
        append_only.remove(schema_editor, table)


class Migration(migrations.Migration):
    """Tables and what stands around them."""

    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("accounts", "0001_initial"),
        ("listings", "0001_initial"),
        ("preparation", "0002_triggers"),
        ("vault", "0001_initial"),
    ]

    operations = [
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
                (
                    "set_off",
                    marketplace.core.money.MoneyField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=18,
                        verbose_name="taken off by credits",
                    ),
                ),
                (
                    "paid",
                    marketplace.core.money.MoneyField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=18,
                        verbose_name="paid so far",
                    ),
                ),
                (
                    "borne",
                    marketplace.core.money.MoneyField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=18,
                        verbose_name="bank charges borne by the centre",
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
                (
                    "payment_told_at",
                    models.DateTimeField(null=True, verbose_name="payment recorded at"),
                ),
                ("reminded", models.PositiveSmallIntegerField(default=0, verbose_name="reminders")),
            ],
            options={
                "verbose_name": "charge",
                "verbose_name_plural": "charges",
                "ordering": ["due_on", "number"],
            },
        ),
        migrations.CreateModel(
            name="Contract",
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
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("text", models.TextField(verbose_name="text")),
                ("terms", models.JSONField(default=dict, verbose_name="terms")),
                ("agreed", models.JSONField(default=dict, verbose_name="what was agreed")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                ("document", models.JSONField(null=True, verbose_name="document of both sides")),
                (
                    "seller_signed_by_id",
                    models.UUIDField(null=True, verbose_name="signed for the seller by"),
                ),
                (
                    "seller_signed_at",
                    models.DateTimeField(null=True, verbose_name="signed by the seller at"),
                ),
                (
                    "buyer_signed_by_id",
                    models.UUIDField(null=True, verbose_name="signed for the buyer by"),
                ),
                (
                    "buyer_signed_at",
                    models.DateTimeField(null=True, verbose_name="signed by the buyer at"),
                ),
            ],
            options={
                "verbose_name": "contract",
                "verbose_name_plural": "contracts",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
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
                    "provisional",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        editable=False,
                        verbose_name="last days that are provisional",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "side",
                    models.CharField(
                        choices=[("seller", "Seller"), ("buyer", "Buyer")],
                        max_length=6,
                        verbose_name="side",
                    ),
                ),
                ("person_id", models.UUIDField(verbose_name="person")),
                ("terms", models.JSONField(verbose_name="terms")),
                ("message", models.CharField(blank=True, max_length=1000, verbose_name="message")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("text", models.TextField(verbose_name="text")),
                ("agreed", models.JSONField(verbose_name="what was agreed")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                ("answer_due_on", models.DateField(verbose_name="to be signed by")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for signatures"),
                            ("in_force", "Signed by both sides, in force"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Not signed by both sides in time"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                ("document", models.JSONField(null=True, verbose_name="document of both sides")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="orders.contract",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment",
                "verbose_name_plural": "amendments",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
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
                    "provisional",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        editable=False,
                        verbose_name="last days that are provisional",
                    ),
                ),
                ("opened_by_id", models.UUIDField(verbose_name="opened by")),
                ("text", models.CharField(max_length=2000, verbose_name="what is wrong")),
                (
                    "resumes",
                    models.CharField(max_length=10, verbose_name="state of the order before"),
                ),
                ("dossier", models.JSONField(verbose_name="evidence of the ledger")),
                (
                    "dossier_digest",
                    models.CharField(max_length=64, verbose_name="SHA-256 of the evidence"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open, the centre mediates"),
                            ("proposed", "A settlement is proposed"),
                            ("decided", "Decided, may be appealed"),
                            ("appealed", "Before a court or arbitrator"),
                            ("settled", "Settled by both sides"),
                            ("closed", "Closed by decision"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "refund",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, null=True, verbose_name="refund"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=2000, verbose_name="reasons")),
                ("proposed_by_id", models.UUIDField(null=True, verbose_name="proposed by")),
                (
                    "buyer_agreed_at",
                    models.DateTimeField(null=True, verbose_name="agreed by the buyer at"),
                ),
                (
                    "seller_agreed_at",
                    models.DateTimeField(null=True, verbose_name="agreed by the seller at"),
                ),
                ("decided_by_id", models.UUIDField(null=True, verbose_name="decided by")),
                ("appeal_until", models.DateField(null=True, verbose_name="may be appealed until")),
                ("appeal", models.CharField(blank=True, max_length=2000, verbose_name="appeal")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="accounts.organization",
                        verbose_name="opened for",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="DisputeExhibit",
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
                ("title", models.CharField(max_length=120, verbose_name="title")),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits",
                        to="orders.dispute",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispute_exhibit",
                        to="vault.storedfile",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "exhibit of a dispute",
                "verbose_name_plural": "exhibits of disputes",
                "ordering": ["created_at"],
            },
        ),
        migrations.CreateModel(
            name="EarlierMediator",
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
                ("person_id", models.UUIDField(verbose_name="mediated by")),
                ("taken_over_by_id", models.UUIDField(verbose_name="taken over by")),
                ("reason", models.CharField(max_length=2000, verbose_name="reasons")),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier_mediators",
                        to="orders.dispute",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier mediator",
                "verbose_name_plural": "earlier mediators",
                "ordering": ["created_at"],
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
                        choices=[
                            ("invoice", "Invoice"),
                            ("credit", "Credit note"),
                            ("fee", "Fee invoice"),
                            ("fee_cr", "Fee credit note"),
                        ],
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "year"), name="orders_invoice_counter_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
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
                    "provisional",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        editable=False,
                        verbose_name="last days that are provisional",
                    ),
                ),
                ("placed_by_id", models.UUIDField(verbose_name="placed by")),
                ("purpose", models.CharField(max_length=600, verbose_name="purpose")),
                ("terms", models.JSONField(default=dict, verbose_name="terms")),
                ("plan", models.JSONField(default=dict, verbose_name="price plan")),
                ("tier", models.CharField(blank=True, max_length=20, verbose_name="size")),
                (
                    "price",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="price"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("is_exclusive", models.BooleanField(default=False, verbose_name="exclusive")),
                ("quota", models.PositiveIntegerField(null=True, verbose_name="number of sales")),
                (
                    "sale_number",
                    models.PositiveIntegerField(null=True, verbose_name="number of the sale"),
                ),
                ("request_key", models.CharField(max_length=64, verbose_name="request key")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("placed", "Waiting for the seller"),
                            ("countered", "Counter-offer, waiting for the buyer"),
                            ("expired", "Offer not answered in time"),
                            ("declined", "Declined"),
                            ("cancelled", "Cancelled before signing"),
                            ("accepted", "Accepted, waiting for signatures"),
                            ("signed", "Signed, waiting for the payment"),
                            ("paid", "Payment held, ready for delivery"),
                            ("delivered", "Delivered, waiting for acceptance"),
                            ("objected", "Objected to by the buyer"),
                            ("disputed", "In dispute: payment and access are on hold"),
                            ("completed", "Completed"),
                            ("refunded", "Ended, the money went back to the buyer"),
                            ("terminated", "Contract terminated"),
                        ],
                        default="placed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answer_due_on", models.DateField(null=True, verbose_name="to be answered by")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                ("delivered_at", models.DateTimeField(null=True, verbose_name="delivered at")),
                (
                    "acceptance_due_on",
                    models.DateField(null=True, verbose_name="acceptance due on"),
                ),
                ("completed_at", models.DateTimeField(null=True, verbose_name="completed at")),
                ("ends_on", models.DateField(null=True, verbose_name="ends on")),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="accounts.organization",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="listings.revision",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="listings.listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "order",
                "verbose_name_plural": "orders",
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
                        choices=[
                            ("invoice", "Invoice"),
                            ("credit", "Credit note"),
                            ("fee", "Fee invoice"),
                            ("fee_cr", "Fee credit note"),
                        ],
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
                (
                    "charge",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="orders.charge",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice",
                "verbose_name_plural": "invoices",
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddField(
            model_name="dispute",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="orders.order",
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="order",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contract",
                to="orders.order",
            ),
        ),
        migrations.AddField(
            model_name="charge",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="orders.order",
            ),
        ),
        migrations.CreateModel(
            name="Proposal",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "side",
                    models.CharField(
                        choices=[("seller", "Seller"), ("buyer", "Buyer")],
                        max_length=6,
                        verbose_name="side",
                    ),
                ),
                ("person_id", models.UUIDField(verbose_name="person")),
                (
                    "price",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="price"
                    ),
                ),
                ("plan", models.JSONField(verbose_name="price plan")),
                ("terms", models.JSONField(verbose_name="terms")),
                ("message", models.CharField(blank=True, max_length=1000, verbose_name="message")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("answer_due_on", models.DateField(verbose_name="to be answered by")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer",
                "verbose_name_plural": "offers",
                "ordering": ["order", "number"],
            },
        ),
        migrations.CreateModel(
            name="Recall",
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
                    "refund",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, null=True, verbose_name="refund"
                    ),
                ),
                (
                    "owed",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, default=0, max_digits=18, verbose_name="owed to the buyer"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recall",
                        to="orders.order",
                    ),
                ),
                (
                    "risk_report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recalls",
                        to="preparation.riskreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "recall of an order",
                "verbose_name_plural": "recalls of orders",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Reidentification",
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
                    "reference",
                    models.CharField(max_length=25, unique=True, verbose_name="reference"),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("reidentified", "A person was found in the data"),
                            ("composition", "Joined with another release it shows persons"),
                            ("stricter", "It does not keep to the centre's stricter limits"),
                            ("person", "A person objected or withdrew consent"),
                        ],
                        default="reidentified",
                        max_length=16,
                        verbose_name="cause",
                    ),
                ),
                ("found", models.CharField(max_length=2000, verbose_name="what was found")),
                (
                    "how",
                    models.CharField(blank=True, max_length=2000, verbose_name="how it was found"),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="how to reach who reports it"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Waiting to be examined"),
                            ("examined", "Examined, waiting for a second"),
                            ("proven", "Proven: the verdict is withdrawn"),
                            ("not_proven", "Not proven"),
                        ],
                        default="received",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("outcome", models.BooleanField(null=True, verbose_name="found to be proven")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reasons")),
                ("examined_by_id", models.UUIDField(null=True, verbose_name="examined by")),
                ("decided_by_id", models.UUIDField(null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "listing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="listings.listing",
                    ),
                ),
                (
                    "risk_report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reidentifications",
                        to="preparation.riskreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of a re-identification",
                "verbose_name_plural": "reports of re-identifications",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Signature",
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
                    "side",
                    models.CharField(
                        choices=[("seller", "Seller"), ("buyer", "Buyer")],
                        max_length=6,
                        verbose_name="side",
                    ),
                ),
                ("person_id", models.UUIDField(verbose_name="person")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("passkey", "Signed with a passkey"),
                            ("witnessed", "Acceptance witnessed by the centre"),
                        ],
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                ("evidence", models.JSONField(verbose_name="evidence of the signature")),
                ("signed_at", models.DateTimeField(verbose_name="signed at")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="orders.contract",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["signed_at"],
            },
        ),
        migrations.CreateModel(
            name="AmendmentSignature",
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
                    "side",
                    models.CharField(
                        choices=[("seller", "Seller"), ("buyer", "Buyer")],
                        max_length=6,
                        verbose_name="side",
                    ),
                ),
                ("person_id", models.UUIDField(verbose_name="person")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("passkey", "Signed with a passkey"),
                            ("witnessed", "Acceptance witnessed by the centre"),
                        ],
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                ("evidence", models.JSONField(verbose_name="evidence of the signature")),
                ("signed_at", models.DateTimeField(verbose_name="signed at")),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="orders.amendment",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature on an amendment",
                "verbose_name_plural": "signatures on amendments",
                "ordering": ["signed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("amendment", "side"), name="orders_amendment_signed_by_side_once"
                    ),
                    models.UniqueConstraint(
                        fields=("amendment", "person_id"),
                        name="orders_amendment_signed_by_person_once",
                        violation_error_message="Nobody signs for both sides.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="amendment",
            index=models.Index(
                fields=["state", "answer_due_on"], name="orders_amen_state_e455e5_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("contract",),
                name="orders_one_amendment_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")),
                fields=("contract", "number"),
                name="orders_amendment_number_once",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["state", "acceptance_due_on"], name="orders_orde_state_8c4629_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                fields=["state", "answer_due_on"], name="orders_orde_state_c2507e_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                fields=("buyer", "request_key"), name="orders_order_request_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("is_exclusive", True),
                    models.Q(
                        (
                            "state__in",
                            ("declined", "expired", "cancelled", "refunded", "terminated"),
                        ),
                        _negated=True,
                    ),
                ),
                fields=("listing",),
                name="orders_one_order_of_exclusive_listing",
                violation_error_message="This is sold to one buyer alone, and is ordered already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("sale_number__isnull", False),
                    models.Q(
                        (
                            "state__in",
                            ("declined", "expired", "cancelled", "refunded", "terminated"),
                        ),
                        _negated=True,
                    ),
                ),
                fields=("listing", "sale_number"),
                name="orders_sale_of_listing_once",
                violation_error_message="This sale of the listing is taken already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quota__isnull", True), ("sale_number__isnull", True)),
                    models.Q(
                        ("quota__isnull", False),
                        ("sale_number__gte", 1),
                        ("sale_number__isnull", False),
                        ("sale_number__lte", models.F("quota")),
                    ),
                    _connector="OR",
                ),
                name="orders_sale_within_quota",
                violation_error_message="There are not so many sales of the listing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gte", 0)), name="orders_order_price_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                fields=("kind", "year", "sequence"), name="orders_invoice_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="orders_invoice_amount_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("open", "proposed", "decided", "appealed"))),
                fields=("order",),
                name="orders_one_dispute_of_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by_id", None),
                    ("proposed_by_id", None),
                    models.Q(("decided_by_id", models.F("proposed_by_id")), _negated=True),
                    _connector="OR",
                ),
                name="orders_dispute_second_officer",
                violation_error_message="Who mediated does not decide.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("refund", None), ("refund__gte", 0), _connector="OR"),
                name="orders_dispute_refund_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("seller_signed_by_id", None),
                    ("buyer_signed_by_id", None),
                    models.Q(
                        ("seller_signed_by_id", models.F("buyer_signed_by_id")), _negated=True
                    ),
                    _connector="OR",
                ),
                name="orders_contract_two_signers",
                violation_error_message="Nobody signs for both sides.",
            ),
        ),
        migrations.AddIndex(
            model_name="charge",
            index=models.Index(fields=["state", "due_on"], name="orders_char_state_0ee010_idx"),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                fields=("order", "number"), name="orders_charge_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "usage")),
                fields=("order", "period"),
                name="orders_charge_period_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="orders_charge_amount_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(("set_off__gte", 0), ("set_off__lte", models.F("amount"))),
                name="orders_charge_set_off_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                fields=("order", "number"), name="orders_proposal_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gte", 0)), name="orders_proposal_price_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="recall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refund", None), ("refund__gte", 0), _connector="OR"),
                    ("owed__gte", 0),
                ),
                name="orders_recall_amounts_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="reidentification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by_id", None),
                    models.Q(
                        ("examined_by_id__isnull", False),
                        models.Q(("decided_by_id", models.F("examined_by_id")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="orders_reidentification_four_eyes",
                violation_error_message="Who examined it first does not decide.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("contract", "side"), name="orders_signature_of_side_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("contract", "person_id"),
                name="orders_signature_of_person_once",
                violation_error_message="Nobody signs for both sides.",
            ),
        ),
        migrations.CreateModel(
            name="PersonRequest",
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
                    "provisional",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        editable=False,
                        verbose_name="last days that are provisional",
                    ),
                ),
                (
                    "reference",
                    models.CharField(max_length=25, unique=True, verbose_name="reference"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "What is held about me, and a copy of it"),
                            ("objection", "I object: my rows leave the data"),
                            ("withdrawal", "I withdraw my consent: my rows leave the data"),
                        ],
                        max_length=10,
                        verbose_name="what is asked",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Identity to be proved"),
                            ("proved", "Waiting for the holder's answer"),
                            ("unproven", "Closed: identity not proved"),
                            ("answered", "Answered"),
                            ("refused", "Refused with reasons"),
                            ("granted", "Granted, waiting for the centre"),
                            ("confirmed", "Rows leave the next version"),
                            ("left", "The rows have left"),
                        ],
                        default="received",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("codes", models.JSONField(default=list, verbose_name="keyed codes")),
                (
                    "is_through_officer",
                    models.BooleanField(default=False, verbose_name="recorded by an officer"),
                ),
                (
                    "how_proved",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="how the identity was proved"
                    ),
                ),
                ("proved_by_id", models.UUIDField(null=True, verbose_name="proved before")),
                ("proved_at", models.DateTimeField(null=True, verbose_name="proved at")),
                ("found", models.JSONField(default=list, verbose_name="where rows were found")),
                ("searched_at", models.DateTimeField(null=True, verbose_name="searched at")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reasons")),
                ("decided_by_id", models.UUIDField(null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("confirmed_by_id", models.UUIDField(null=True, verbose_name="confirmed by")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                ("due_on", models.DateField(null=True, verbose_name="last day")),
                ("reminded", models.PositiveSmallIntegerField(default=0, verbose_name="reminders")),
                (
                    "destroyed_at",
                    models.DateTimeField(null=True, verbose_name="identity destroyed at"),
                ),
                (
                    "copy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.storedfile",
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person_requests",
                        to="catalog.dataset",
                    ),
                ),
                (
                    "identity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "request of a person",
                "verbose_name_plural": "requests of persons",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by_id", None),
                            models.Q(
                                ("decided_by_id__isnull", False),
                                models.Q(
                                    ("confirmed_by_id", models.F("decided_by_id")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="orders_person_request_four_eyes",
                        violation_error_message="Who granted it does not confirm it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["refused", "unproven"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="orders_person_request_refused_with_reason",
                        violation_error_message="A refusal has its reasons.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["received", "unproven"]),
                            models.Q(("proved_at__isnull", False), ("proved_by_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="orders_person_request_proved_before",
                        violation_error_message="Nothing is told or done before the identity is proved.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deletion",
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
                    "cause",
                    models.CharField(
                        choices=[
                            ("recalled", "The verdict on the data was recalled"),
                            ("terminated", "The contract was terminated"),
                            ("expired", "The licence ran out"),
                        ],
                        max_length=10,
                        verbose_name="cause",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="deletion to be stated by")),
                ("reminded", models.PositiveSmallIntegerField(default=0, verbose_name="reminders")),
                (
                    "statement",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="statement of deletion"
                    ),
                ),
                ("stated_by_id", models.UUIDField(null=True, verbose_name="stated by")),
                ("stated_at", models.DateTimeField(null=True, verbose_name="stated at")),
            ],
            options={
                "verbose_name": "statement of deletion",
                "verbose_name_plural": "statements of deletion",
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddField(
            model_name="deletion",
            name="order",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deletion",
                to="orders.order",
            ),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stated_at", None), ("stated_by_id", None), ("statement", "")),
                    models.Q(
                        models.Q(("statement", ""), _negated=True),
                        ("stated_at__isnull", False),
                        ("stated_by_id__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="orders_deletion_stated_whole",
            ),
        ),
        migrations.AddField(
            model_name="amendmentsignature",
            name="approved_by_id",
            field=models.UUIDField(null=True, verbose_name="approved by"),
        ),
        migrations.AddField(
            model_name="amendmentsignature",
            name="mandate",
            field=models.JSONField(default=dict, verbose_name="mandate"),
        ),
        migrations.AddField(
            model_name="signature",
            name="approved_by_id",
            field=models.UUIDField(null=True, verbose_name="approved by"),
        ),
        migrations.AddField(
            model_name="signature",
            name="mandate",
            field=models.JSONField(default=dict, verbose_name="mandate"),
        ),
        migrations.CreateModel(
            name="SigningApproval",
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
                ("text_id", models.UUIDField(verbose_name="text")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the text")),
                (
                    "side",
                    models.CharField(
                        choices=[("seller", "Seller"), ("buyer", "Buyer")],
                        max_length=6,
                        verbose_name="side",
                    ),
                ),
                (
                    "sum",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, null=True, verbose_name="sum"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for a second person"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("fallen", "Fallen: it covers the text no more"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("asked_by_id", models.UUIDField(verbose_name="asked by")),
                ("decided_by_id", models.UUIDField(null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                (
                    "amendment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="orders.amendment",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="orders.contract",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval to sign",
                "verbose_name_plural": "approvals to sign",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "approved"))),
                        fields=("text_id", "side"),
                        name="orders_one_open_approval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by_id", None),
                            models.Q(("decided_by_id", models.F("asked_by_id")), _negated=True),
                            _connector="OR",
                        ),
                        name="orders_approval_four_eyes",
                        violation_error_message="Who asks for an approval does not give it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by_id", None), ("state", "asked")
                            ),
                            models.Q(
                                ("decided_at__isnull", False), ("decided_by_id__isnull", False)
                            ),
                            ("state", "fallen"),
                            _connector="OR",
                        ),
                        name="orders_approval_decided_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MissedRevision",
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
                ("due_on", models.DateField(verbose_name="promised by")),
                (
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="credit"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("owed", "Credit owed"),
                            ("set_off", "Taken off a bill"),
                            ("credited", "Credited"),
                            ("nothing", "Nothing to credit"),
                        ],
                        default="owed",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("credited_at", models.DateTimeField(null=True, verbose_name="credited at")),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missed_revisions",
                        to="orders.charge",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="missed_revisions",
                        to="orders.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "missed revision",
                "verbose_name_plural": "missed revisions",
                "ordering": ["due_on"],
                "indexes": [models.Index(fields=["state"], name="orders_miss_state_566b11_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "due_on"), name="orders_missed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="orders_missed_amount_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SetOff",
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
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="amount"
                    ),
                ),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_offs",
                        to="orders.charge",
                    ),
                ),
                (
                    "missed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_offs",
                        to="orders.missedrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "credit taken off a bill",
                "verbose_name_plural": "credits taken off bills",
                "ordering": ["created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("missed", "charge"), name="orders_set_off_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="orders_set_off_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remedy",
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
                ("text", models.CharField(max_length=2000, verbose_name="answer to the objection")),
                (
                    "refund",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="back to the buyer"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Waiting for the buyer"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="offered",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("offered_by_id", models.UUIDField(verbose_name="offered by")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="reason")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedies",
                        to="orders.order",
                    ),
                ),
                (
                    "replacement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="listings.revision",
                        verbose_name="delivered instead",
                    ),
                ),
                (
                    "replaced",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="listings.revision",
                        verbose_name="delivered before",
                    ),
                ),
            ],
            options={
                "verbose_name": "remedy",
                "verbose_name_plural": "remedies",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")),
                        fields=("order",),
                        name="orders_one_remedy_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("refund__gte", 0)),
                        name="orders_remedy_refund_not_negative",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("borne__gte", 0),
                    ("paid__gte", 0),
                    (
                        "paid__lt",
                        models.F("amount")
                        - models.F("set_off")
                        - models.F("borne")
                        + models.Value(Decimal("0.005")),
                    ),
                ),
                name="orders_charge_paid_within",
            ),
        ),
        migrations.CreateModel(
            name="Allocation",
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
                    "payment_id",
                    models.UUIDField(db_index=True, null=True, verbose_name="payment"),
                ),
                (
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="amount"
                    ),
                ),
                ("came_on", models.DateField(verbose_name="received on")),
                (
                    "charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="orders.charge",
                    ),
                ),
            ],
            options={
                "verbose_name": "allocation",
                "verbose_name_plural": "allocations",
                "ordering": ["created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("payment_id__isnull", False)),
                        fields=("payment_id", "charge"),
                        name="orders_allocation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="orders_allocation_amount_positive",
                    ),
                ],
            },
        ),
        migrations.RunPython(install, remove),
        keep_apart(
            Kept("orders_contract", "seller_signed_by_id", "buyer_signed_by_id"),
            Kept(
                "orders_amendmentsignature",
                "person_id",
                "person_id",
                first_table="orders_amendmentsignature",
                link="amendment_id",
            ),
            Kept("orders_dispute", "proposed_by_id", "decided_by_id"),
            Kept("orders_reidentification", "examined_by_id", "decided_by_id"),
            Kept("orders_personrequest", "decided_by_id", "confirmed_by_id"),
            Kept("orders_signingapproval", "asked_by_id", "decided_by_id"),
            Kept("orders_signature", "approved_by_id", "person_id"),
            Kept("orders_amendmentsignature", "approved_by_id", "person_id"),
        ),
        frozen.migrated("orders"),
    ]
