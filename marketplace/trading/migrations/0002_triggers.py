"""Refuse change of what only grows in the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from marketplace.core import append_only
from marketplace.trading.money import closed_days

KEYS = {
    "trading_amendmentsignature": ["id", "amendment_id,side", "amendment_id,person_id"],
    "trading_bankline": ["id", "statement_id,number"],
    "trading_bankstatement": ["id", "sha256"],
    "trading_dayclosing": ["id", "day"],
    "trading_invoice": ["id", "number", "cause", "kind,year,sequence"],
    "trading_proposal": ["id", "order_id,number"],
    "trading_signature": ["id", "contract_id,side", "contract_id,person_id"],
}
"""By table the columns that name a row, each of which stands once."""


def install(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    for table, key in KEYS.items():
        append_only.install(schema_editor, table, key=key)
    closed_days.install(schema_editor)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    closed_days.remove(schema_editor)
    for table in KEYS:
        append_only.remove(schema_editor, table)


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("trading", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
