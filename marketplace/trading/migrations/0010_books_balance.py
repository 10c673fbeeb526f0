"""Let the database keep the balances, refuse what an account cannot pay, and only grow."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only
from marketplace.trading.money import balances

KEYS = {
    "trading_transfer": ["id", "cause"],
    "trading_invoice": ["id", "number", "cause", "kind,year,sequence"],
    "trading_dayclosing": ["id", "day"],
}


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    for table, key in KEYS.items():
        append_only.install(schema_editor, table, key=key)
    balances.install(schema_editor)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    balances.remove(schema_editor)
    for table in KEYS:
        append_only.remove(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("trading", "0009_books_of_old_orders"),
    ]

    operations = [
        migrations.AlterField(
            model_name="transfer",
            name="cause",
            field=models.CharField(max_length=120, unique=True, verbose_name="cause"),
        ),
        migrations.RemoveField(
            model_name="transfer",
            name="reference",
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["created_at"], name="trading_tra_created_b3798c_idx"),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("order__isnull", True), ("organization__isnull", True)),
                fields=("kind", "currency"),
                name="trading_account_of_centre_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("order__isnull", False)),
                fields=("order",),
                name="trading_account_of_order_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "held"), ("order__isnull", False)),
                    models.Q(models.Q(("kind", "held"), _negated=True), ("order__isnull", True)),
                    _connector="OR",
                ),
                name="trading_held_for_an_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("overdraft_allowed", True), ("balance_cents__gte", 0), _connector="OR"
                ),
                name="trading_balance_not_negative",
                violation_error_message="The account does not hold this amount.",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
