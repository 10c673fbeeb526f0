"""Every column of money and rights is guarded from a hand on the database, or excused by name."""

from django.db import models
from django.test.utils import isolate_apps

from marketplace.core import MoneyField
from marketplace.core.frozen import BY_DIGEST, EXCUSED, FROZEN
from marketplace.desk.guarded import guarded_column, guarded_columns
from marketplace.ledger.binding import KINDS


def test_every_column_is_guarded_or_excused() -> None:
    """A new column or model is neither, until its models.py freezes, binds or excuses it."""
    bare = [
        f"{column.table}.{column.name}"
        for column in guarded_columns()
        if not column.guards and not column.why
    ]
    assert bare == []


def test_every_excuse_is_of_a_column() -> None:
    """One that was renamed, or is bound by no digest, is no excuse."""
    registered = [(kept.model, kept.changing) for kept in FROZEN.values()]
    for model, reasons in (*registered, *EXCUSED.items()):
        columns = {field.column for field in model._meta.concrete_fields}
        assert reasons.keys() <= columns, model
        for column, reason in reasons.items():
            if reason == BY_DIGEST:
                field = next(one for one in model._meta.concrete_fields if one.column == column)
                assert field.attname in KINDS[model].columns, (model, column)


@isolate_apps("marketplace.trading.books")
def test_a_new_model_of_money_is_found_bare() -> None:
    """So that the first test fails for it."""

    class Purse(models.Model):
        amount = MoneyField()

        class Meta:
            app_label = "books"

        def __str__(self) -> str:
            return str(self.amount)

    found = guarded_column(Purse, Purse._meta.get_field("amount"))
    assert (found.guards, found.why) == ((), "")
