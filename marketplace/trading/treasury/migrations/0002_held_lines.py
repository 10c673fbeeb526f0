"""Lines that a statement tells again, and lines of which two people say whether it does."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import marketplace.core.clock
from marketplace.accounts.four_eyes import Kept, keep_apart
from marketplace.core import append_only, frozen

KEYS = {"treasury_repeatedline": ["id", "line_id"]}
"""By table the columns that name a row, each of which stands once."""


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of what only grows."""
    for table, key in KEYS.items():
        append_only.install(schema_editor, table, key=key)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    for table in KEYS:
        append_only.remove(schema_editor, table)


class Migration(migrations.Migration):
    """Two tables with their triggers."""

    dependencies = [
        ("treasury", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldLine",
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
                    "says",
                    models.CharField(
                        blank=True,
                        choices=[("same", "The same line"), ("another", "Another line")],
                        max_length=7,
                        verbose_name="what it is",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Held, in no sum"),
                            ("proposed", "Waits for a second finance officer"),
                            ("same", "The same line, told again"),
                            ("another", "Another line, which counts"),
                        ],
                        default="held",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("proposed_by_id", models.UUIDField(null=True, verbose_name="proposed by")),
                ("confirmed_by_id", models.UUIDField(null=True, verbose_name="confirmed by")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "alike",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alike_held",
                        to="treasury.bankline",
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held",
                        to="treasury.bankline",
                    ),
                ),
            ],
            options={
                "verbose_name": "held bank line",
                "verbose_name_plural": "held bank lines",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("line", models.F("alike")), _negated=True),
                        name="treasury_held_line_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "held"),
                            models.Q(
                                ("proposed_by_id__isnull", False), ("says__in", ["same", "another"])
                            ),
                            _connector="OR",
                        ),
                        name="treasury_held_line_said_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_by_id", None), ("state__in", ["held", "proposed"])
                            ),
                            models.Q(
                                ("confirmed_by_id__isnull", False),
                                ("state", models.F("says")),
                                ("state__in", ["same", "another"]),
                            ),
                            _connector="OR",
                        ),
                        name="treasury_held_line_decided_as_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by_id", None),
                            models.Q(
                                ("confirmed_by_id", models.F("proposed_by_id")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="treasury_held_line_four_eyes",
                        violation_error_message="Who says what a line is does not confirm it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RepeatedLine",
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
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="told_again",
                        to="treasury.bankline",
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated",
                        to="treasury.bankline",
                    ),
                ),
            ],
            options={
                "verbose_name": "line told again",
                "verbose_name_plural": "lines told again",
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("line", models.F("first")), _negated=True),
                        name="treasury_repeated_line_of_another",
                    )
                ],
            },
        ),
        migrations.RunPython(install, remove),
        keep_apart(Kept("treasury_heldline", "proposed_by_id", "confirmed_by_id")),
        frozen.migrated("treasury"),
    ]
