"""Accounts and transfers, whose balances the database keeps and whose rows it does not change."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
import marketplace.core.money
from marketplace.core import append_only, frozen, triggers
from marketplace.trading.books.transfer.triggers import statements


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    append_only.install(schema_editor, "books_transfer", key=["id", "cause"])
    triggers.create(schema_editor, statements)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    triggers.drop(schema_editor, statements)
    append_only.remove(schema_editor, "books_transfer")


class Migration(migrations.Migration):
    """Tables and triggers."""

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
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
                            ("outside", "The bank outside"),
                            ("unallocated", "Payments not allocated yet"),
                            ("buyer", "A buyer's money"),
                            ("part", "Paid in part, until the rest comes"),
                            ("held", "Money held until acceptance"),
                            ("seller", "A seller's money"),
                            ("share", "A third party's share"),
                            ("fee", "The centre's fees"),
                            ("tax", "Tax to be paid on"),
                            ("borne", "Bank charges that the centre bears"),
                            ("bank_fee", "Fees of the bank"),
                            ("interest", "Interest of the bank"),
                            ("correction", "Corrections of the bank"),
                        ],
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                ("held_for", models.UUIDField(null=True, verbose_name="held for")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "overdraft_allowed",
                    models.BooleanField(default=False, verbose_name="overdraft allowed"),
                ),
                (
                    "balance_cents",
                    models.BigIntegerField(default=0, verbose_name="balance in cents"),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="accounts.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "ordering": ["kind", "created_at"],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
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
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "belongs_to",
                    models.UUIDField(db_index=True, null=True, verbose_name="belongs to"),
                ),
                (
                    "booked_on",
                    models.DateField(
                        db_index=True,
                        default=marketplace.core.clock.today,
                        verbose_name="booked on",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deposit", "Payment received"),
                            ("allocation", "Payment allocated"),
                            ("part", "Paid in part"),
                            ("hold", "Held until acceptance"),
                            ("borne", "Bank charges borne by the centre"),
                            ("release", "Released to the seller"),
                            ("fee", "Fee of the centre"),
                            ("share", "Share of a third party"),
                            ("tax", "Tax withheld"),
                            ("source", "Share of the income"),
                            ("freeze", "Taken back into custody"),
                            ("refund", "Refunded to the buyer"),
                            ("credit", "Credited for a missed revision"),
                            ("payout", "Paid out"),
                            ("return", "Returned to the sender"),
                            ("set_aside", "Set aside for labels"),
                            ("wage", "Paid for labels"),
                            ("unspent", "Not spent on labels"),
                            ("bank_own", "The bank's own"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("cause", models.CharField(max_length=120, unique=True, verbose_name="cause")),
                (
                    "credit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="books.account",
                    ),
                ),
                (
                    "debit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="debits",
                        to="books.account",
                    ),
                ),
            ],
            options={
                "verbose_name": "transfer",
                "verbose_name_plural": "transfers",
                "ordering": ["created_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organization__isnull", False)),
                fields=("kind", "organization", "currency"),
                name="books_account_of_organization_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("held_for__isnull", True), ("organization__isnull", True)),
                fields=("kind", "currency"),
                name="books_account_of_centre_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("held_for__isnull", False)),
                fields=("held_for",),
                name="books_account_held_for_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_for__isnull", False), ("kind__in", ("held", "part"))),
                    models.Q(
                        models.Q(("kind__in", ("held", "part")), _negated=True),
                        ("held_for__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="books_held_for_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("overdraft_allowed", False),
                    ("kind__in", ("outside", "borne", "bank_fee", "interest", "correction")),
                    _connector="OR",
                ),
                name="books_only_outside_overdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("overdraft_allowed", True), ("balance_cents__gte", 0), _connector="OR"
                ),
                name="books_balance_not_negative",
                violation_error_message="The account does not hold this amount.",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["created_at"], name="books_trans_created_ae3ccd_idx"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="books_transfer_amount_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("debit", models.F("credit")), _negated=True),
                name="books_transfer_between_two",
            ),
        ),
        migrations.RunPython(install, remove),
        frozen.migrated("books"),
    ]
