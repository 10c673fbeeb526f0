"""What the tables of list pages share."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core import to_cents
from marketplace.web.templatetags.market import money, state_badge

ROWS_A_PAGE = 15
"""With names in two languages a page of rows stays within three screens."""


class CentreTable(tables.Table):
    """A table in the look of the centre.

    `caption` names the table for screen readers; `empty_text` is what it says without rows.
    Where it `stacks`, a narrow screen shows each row as a card, and nothing is out of sight.
    """

    caption: str | Promise = _("Table")
    stacks = False

    class Meta:
        attrs = {"class": "table"}
        empty_text = _("There is nothing here yet.")


class StateColumn(tables.Column):
    """The state of a row as a coloured pill, worded by `get_<field>_display`."""

    def render(self, value: Any, record: Any, bound_column: Any) -> str:
        worded = getattr(record, f"get_{bound_column.accessor}_display", None)
        # `value` is the wording already where a model has choices; the colour needs the state.
        return state_badge(bound_column.accessor.resolve(record), worded() if worded else "")

    def value(self, value: Any, record: Any, bound_column: Any) -> str:
        """Return the wording, for a spreadsheet."""
        worded = getattr(record, f"get_{bound_column.accessor}_display", None)
        return str(worded() if worded else value)


class HumanNumberColumn(tables.Column):
    """The number that people call a row by, on one line."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("verbose_name", _("Number"))
        super().__init__(*args, orderable=False, attrs={"td": {"class": "text-nowrap"}}, **options)


class MoneyColumn(tables.Column):
    """An amount with its currency, which `currency` names or the row's `currency` holds."""

    def __init__(self, *args: Any, currency: str = "", **options: Any) -> None:
        right = {"class": "number"}
        super().__init__(*args, attrs={"td": right, "th": right}, **options)
        self.currency = currency

    def render(self, value: Any, record: Any) -> str:
        return money(value, self.currency or getattr(record, "currency", "CNY"))

    def value(self, value: Any) -> Any:
        """Return the bare number with its cents, for a spreadsheet."""
        return to_cents(value) if isinstance(value, Decimal) else value


class NumberColumn(tables.Column):
    """A number, to the right, with thousands separators."""

    def __init__(self, *args: Any, **options: Any) -> None:
        right = {"class": "number"}
        super().__init__(*args, attrs={"td": right, "th": right}, **options)

    def render(self, value: int | float) -> str:
        return f"{value:,}"

    def value(self, value: int | float) -> int | float:
        """Return the bare number, for a spreadsheet."""
        return value


def arranged(request: HttpRequest, table: CentreTable, *, rows: int = ROWS_A_PAGE) -> CentreTable:
    """Sort and page a table as the address asks; a page beyond the last is the last.

    What is no column sorts nothing, and how long a page is nobody asks.
    """
    table.request = request
    asked = request.GET.getlist(table.prefixed_order_by_field)
    known = [one for one in asked if one.removeprefix("-") in table.columns.names()]
    if known:
        table.order_by = known
    try:
        table.paginate(page=request.GET.get(table.prefixed_page_field, 1), per_page=rows)
    except PageNotAnInteger:
        table.page = table.paginator.page(1)
    except EmptyPage:
        table.page = table.paginator.page(table.paginator.num_pages)
    return table
