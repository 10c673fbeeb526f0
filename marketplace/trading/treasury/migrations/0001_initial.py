"""Payments and closed days; the database refuses change of what only grows."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
import marketplace.core.money
from marketplace.accounts.four_eyes import Kept, keep_apart
from marketplace.core import append_only, frozen, triggers
from marketplace.trading.treasury.closing.triggers import statements

KEYS = {
    "treasury_bankline": ["id", "statement_id,number"],
    "treasury_dayclosing": ["id", "day", "proposal_id"],
}
"""By table the columns that name a row, each of which stands once."""


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    for table, key in KEYS.items():
        append_only.install(schema_editor, table, key=key)
    triggers.create(schema_editor, statements)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    triggers.drop(schema_editor, statements)
    for table in KEYS:
        append_only.remove(schema_editor, table)


class Migration(migrations.Migration):
    """Tables and what stands around them."""

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("orders", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosingProposal",
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
                ("day", models.DateField(verbose_name="day")),
                ("closed_until", models.DateTimeField(verbose_name="closed until")),
                ("totals", models.JSONField(verbose_name="totals")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256 of the totals")),
                ("transfers", models.PositiveIntegerField(verbose_name="transfers")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a second finance officer"),
                            ("confirmed", "Confirmed, the day is closed"),
                            ("rejected", "Rejected"),
                        ],
                        default="proposed",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("proposed_by_id", models.UUIDField(verbose_name="proposed by")),
                ("confirmed_by_id", models.UUIDField(null=True, verbose_name="confirmed by")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
            ],
            options={
                "verbose_name": "proposal to close a day",
                "verbose_name_plural": "proposals to close a day",
                "ordering": ["-day", "-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "rejected"), _negated=True),
                        fields=("day",),
                        name="treasury_closing_proposed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_by_id__isnull", False), ("state", "confirmed")),
                            models.Q(
                                models.Q(("state", "confirmed"), _negated=True),
                                ("confirmed_by_id", None),
                            ),
                            _connector="OR",
                        ),
                        name="treasury_closing_confirmed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by_id", None),
                            models.Q(
                                ("confirmed_by_id", models.F("proposed_by_id")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="treasury_closing_four_eyes",
                        violation_error_message="Who proposes to close a day does not close it.",
                    ),
                ],
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
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing",
                        to="treasury.closingproposal",
                    ),
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
            name="BankStatement",
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
                    "sha256",
                    models.CharField(max_length=64, verbose_name="SHA-256 of the file"),
                ),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                ("lines_count", models.PositiveIntegerField(verbose_name="lines")),
                ("imported_by_id", models.UUIDField(verbose_name="imported by")),
                ("confirmed_by_id", models.UUIDField(null=True, verbose_name="confirmed by")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("imported", "Waits for a second finance officer"),
                            ("confirmed", "Confirmed, being booked"),
                            ("booked", "Booked"),
                            ("rejected", "Rejected"),
                        ],
                        default="imported",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
            ],
            options={
                "verbose_name": "bank statement",
                "verbose_name_plural": "bank statements",
                "ordering": ["-last_on", "-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_on__lte", models.F("last_on"))),
                        name="treasury_statement_days_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "rejected"), _negated=True),
                        fields=("sha256",),
                        name="treasury_statement_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_by_id", None), ("state__in", ["imported", "rejected"])
                            ),
                            models.Q(
                                ("confirmed_by_id__isnull", False),
                                ("state__in", ["confirmed", "booked"]),
                            ),
                            _connector="OR",
                        ),
                        name="treasury_statement_confirmed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankLine",
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
                ("number", models.PositiveIntegerField(verbose_name="line of the file")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=64, verbose_name="bank reference"),
                ),
                ("booked_on", models.DateField(verbose_name="booked on")),
                (
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="amount"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "balance",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, null=True, verbose_name="balance after it"
                    ),
                ),
                (
                    "claimed_reference",
                    models.CharField(
                        max_length=25, null=True, verbose_name="payment reference given"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="treasury.bankstatement",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a bank statement",
                "verbose_name_plural": "lines of bank statements",
                "ordering": ["number"],
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
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disbursements",
                        to="books.account",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disbursements",
                        to="orders.order",
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
            name="BankMatch",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("confirmed", "Confirmed: the same money"),
                            ("declined", "Declined: other money"),
                            ("withdrawn", "Taken back"),
                        ],
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("said_by_id", models.UUIDField(verbose_name="said by")),
                ("said_at", models.DateTimeField(verbose_name="said at")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="treasury.bankline",
                    ),
                ),
                (
                    "disbursement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="treasury.disbursement",
                    ),
                ),
            ],
            options={
                "verbose_name": "match of a bank line",
                "verbose_name_plural": "matches of bank lines",
                "ordering": ["-said_at"],
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
                    models.CharField(max_length=64, verbose_name="bank reference"),
                ),
                (
                    "amount",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="amount"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("received_on", models.DateField(verbose_name="received on")),
                ("booked_on", models.DateField(null=True, verbose_name="booked on")),
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
                            ("recorded", "Waits for a second finance officer"),
                            ("unallocated", "Not allocated"),
                            ("allocated", "Allocated to an order"),
                            ("returned", "Returned to the sender"),
                            ("rejected", "Never arrived"),
                            ("bank_own", "The bank's own"),
                        ],
                        default="unallocated",
                        max_length=11,
                        verbose_name="state",
                    ),
                ),
                ("recorded_by_id", models.UUIDField(null=True, verbose_name="recorded by")),
                ("confirmed_by_id", models.UUIDField(null=True, verbose_name="confirmed by")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "charge",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="orders.charge",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddField(
            model_name="disbursement",
            name="payment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disbursements",
                to="treasury.payment",
            ),
        ),
        migrations.CreateModel(
            name="BankAccount",
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
                ("number", models.CharField(max_length=34, verbose_name="account number")),
                ("bank_code", models.CharField(max_length=12, verbose_name="bank code")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("stated", "Waits for a transfer from it"),
                            ("vouched", "Waits for a second finance officer"),
                            ("proved", "Proved"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="stated",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("stated_by_id", models.UUIDField(verbose_name="stated by")),
                ("vouched_by_id", models.UUIDField(null=True, verbose_name="seen by")),
                ("proved_by_id", models.UUIDField(null=True, verbose_name="proved by")),
                ("confirmed_by_id", models.UUIDField(null=True, verbose_name="confirmed by")),
                ("in_force_from", models.DateTimeField(null=True, verbose_name="in force from")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_accounts",
                        to="accounts.organization",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_accounts",
                        to="treasury.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank account",
                "verbose_name_plural": "bank accounts",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("organization", "number", "currency"),
                        name="treasury_bank_account_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_from", None),
                            models.Q(("payment__isnull", False), ("proved_by_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="treasury_bank_account_in_force_once_proved",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="disbursement",
            name="bank_account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disbursements",
                to="treasury.bankaccount",
            ),
        ),
        migrations.CreateModel(
            name="PayoutBatch",
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
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("count", models.PositiveIntegerField(verbose_name="payouts")),
                (
                    "control_sum",
                    marketplace.core.money.MoneyField(
                        decimal_places=2, max_digits=18, verbose_name="control sum"
                    ),
                ),
                ("execute_on", models.DateField(verbose_name="to be executed on")),
                (
                    "request_key",
                    models.CharField(max_length=64, unique=True, verbose_name="request key"),
                ),
                ("made_by_id", models.UUIDField(verbose_name="made by")),
            ],
            options={
                "verbose_name": "batch of payouts",
                "verbose_name_plural": "batches of payouts",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="BatchLine",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("handed", "Handed to the bank"),
                            ("refused", "Refused by the bank"),
                        ],
                        default="handed",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="treasury.payoutbatch",
                    ),
                ),
                (
                    "disbursement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_lines",
                        to="treasury.disbursement",
                    ),
                ),
            ],
            options={
                "verbose_name": "payout of a batch",
                "verbose_name_plural": "payouts of batches",
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "refused"), _negated=True),
                        fields=("disbursement",),
                        name="treasury_payout_in_one_batch",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankItem",
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
                            ("bank_fee", "Fee of the bank"),
                            ("interest", "Interest"),
                            ("correction", "Correction by the bank"),
                        ],
                        max_length=10,
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
                ("booked_on", models.DateField(null=True, verbose_name="booked on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a second finance officer"),
                            ("booked", "Booked"),
                            ("rejected", "Rejected"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("proposed_by_id", models.UUIDField(verbose_name="proposed by")),
                ("confirmed_by_id", models.UUIDField(null=True, verbose_name="confirmed by")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="treasury.bankline",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_items",
                        to="treasury.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the bank's own",
                "verbose_name_plural": "lines of the bank's own",
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "rejected"), _negated=True),
                        fields=("line",),
                        name="treasury_bank_item_of_line_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True),
                        name="treasury_bank_item_moves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("booked_on__isnull", False),
                                ("confirmed_by_id__isnull", False),
                                ("state", "booked"),
                            ),
                            models.Q(
                                models.Q(("state", "booked"), _negated=True),
                                ("booked_on", None),
                                ("confirmed_by_id", None),
                            ),
                            _connector="OR",
                        ),
                        name="treasury_bank_item_booked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by_id", None),
                            models.Q(
                                ("confirmed_by_id", models.F("proposed_by_id")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="treasury_bank_item_four_eyes",
                        violation_error_message="Who says what a line is does not book it.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="bankline",
            index=models.Index(fields=["booked_on"], name="treasury_ba_booked__e63a75_idx"),
        ),
        migrations.AddIndex(
            model_name="bankline",
            index=models.Index(fields=["reference"], name="treasury_ba_referen_5221d2_idx"),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.UniqueConstraint(
                fields=("statement", "number"), name="treasury_bank_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True), name="treasury_bank_line_moves"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankmatch",
            constraint=models.UniqueConstraint(
                fields=("line", "disbursement"), name="treasury_bank_match_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankmatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "confirmed")),
                fields=("line",),
                name="treasury_bank_line_confirmed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankmatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "confirmed")),
                fields=("disbursement",),
                name="treasury_outgoing_confirmed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="treasury_payment_amount_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "rejected"), _negated=True),
                fields=("reference",),
                name="treasury_payment_reference_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "recorded")),
                fields=("charge",),
                name="treasury_one_recorded_payment_of_charge",
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
                name="treasury_payment_allocated_to_charge",
            ),
        ),
        migrations.AddConstraint(
            model_name="disbursement",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="treasury_disbursement_amount_positive"
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
                name="treasury_disbursement_four_eyes",
                violation_error_message="Who proposes it does not decide it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="disbursement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("proposed", "approved"))),
                fields=("payment",),
                name="treasury_payment_returned_once",
            ),
        ),
        migrations.RunPython(install, remove),
        keep_apart(
            Kept("treasury_disbursement", "proposed_by_id", "decided_by_id"),
            Kept("treasury_payment", "recorded_by_id", "confirmed_by_id"),
            Kept("treasury_bankstatement", "imported_by_id", "confirmed_by_id"),
            Kept("treasury_closingproposal", "proposed_by_id", "confirmed_by_id"),
            Kept("treasury_bankitem", "proposed_by_id", "confirmed_by_id"),
            Kept("treasury_bankaccount", "vouched_by_id", "proved_by_id"),
            Kept("treasury_bankaccount", "stated_by_id", "confirmed_by_id"),
        ),
        frozen.migrated("treasury"),
    ]
