"""Fields for a part of a table: columns that are ticked, and conditions on rows."""

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.choices import ColumnType
from marketplace.catalog.version.models import Column
from marketplace.catalog.version.projections import (
    LONGEST_TEXT,
    MOST_CONDITIONS,
    OPERATORS,
    WITHOUT_VALUE,
)
from marketplace.core.bounds import LONGEST_NUMBER
from marketplace.web.bounded import forms

TESTS = {
    "eq": gettext_lazy("is"),
    "ne": gettext_lazy("is not"),
    "lt": gettext_lazy("is less than"),
    "le": gettext_lazy("is at most"),
    "gt": gettext_lazy("is more than"),
    "ge": gettext_lazy("is at least"),
    "in": gettext_lazy("is one of these"),
    "null": gettext_lazy("is empty"),
    "not-null": gettext_lazy("is not empty"),
}
PARTS = ("column", "test", "value")
EMPTY_LINES = 2
"""How many lines stand below those that are filled."""
BETWEEN = re.compile("[,，、;；]")
"""What stands between several values."""
NUMBERS = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.FLOAT)
Line = tuple[str, str, str]
"""Column, operator and value of a condition, as they are typed."""


def named(column: Column) -> str:
    """Return how a form calls a column: by its name, and its label beside it."""
    return f"{column.name} ({column.label})" if column.label else column.name


class AnswerField(forms.ChoiceField):
    """One of several answers. An empty one is none of them, whether or not the field is marked."""

    is_asked = True

    def validate(self, value: Any) -> None:
        if self.is_asked and value in self.empty_values and not self.valid_value(value):
            raise ValidationError(self.error_messages["required"], code="required")
        super().validate(value)


class ColumnsField(forms.MultipleChoiceField):
    """Columns of a table, to be ticked; none is every one."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, columns: Sequence[Column]) -> None:
        self.choices = [(column.name, named(column)) for column in columns]


class ConditionsWidget(forms.Widget):
    """Lines of a column, a comparison and a value, of which some stay empty."""

    template: ClassVar[str] = "trading/listings/partials/conditions.html"
    columns: Sequence[Column] = ()

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> list[Line]:
        """Read the lines as they were typed; those without a column and a value are none."""
        sent = [
            data.getlist(f"{name}-{part}") if hasattr(data, "getlist") else [] for part in PARTS
        ]
        lines = zip_longest(*sent, fillvalue="")
        return [line for line in lines if line[0] or line[2].strip()]

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        return f"{name}-column" not in data

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the lines that are filled, and some that are not."""
        filled = list(value or [])
        shown = min(len(filled) + EMPTY_LINES, max(MOST_CONDITIONS, len(filled)))
        lines = [*filled, *[("", "eq", "")] * (shown - len(filled))]
        context = {
            "name": name,
            "id": (attrs or {}).get("id", ""),
            "lines": lines,
            "columns": [(column.name, named(column)) for column in self.columns],
            "tests": list(TESTS.items()),
        }
        return render_to_string(self.template, context)


class ConditionsField(forms.Field):
    """Conditions that rows meet, all of them; `clean` answers them as terms hold them."""

    widget = ConditionsWidget

    def offer(self, columns: Sequence[Column]) -> None:
        """Take the columns of a version as those that can be compared."""
        self.columns = {column.name: column for column in columns}
        self.widget.columns = columns

    def prepare_value(self, value: Any) -> list[Line]:
        """Return the lines of conditions, or of what was typed."""
        return [_line(one) for one in value or ()]

    def clean(self, value: Any) -> tuple[list[Any], ...]:
        """Read each line by the type of its column.

        Raises:
            ValidationError: a column or comparison is none, or a value is missing or no number.
        """
        return tuple(self._condition(*line) for line in value or ())

    def _condition(self, name: str, test: str, text: str) -> list[Any]:
        column, text = self.columns.get(name), text.strip()
        if column is None:
            raise ValidationError(_("Choose the column of each condition."))
        if test not in OPERATORS:
            raise ValidationError(_("Choose how “%(column)s” is compared.") % {"column": name})
        if test in WITHOUT_VALUE:
            return [name, test]
        if not text:
            raise ValidationError(
                _("Give a value that “%(column)s” is compared with.") % {"column": name}
            )
        if test == "in":
            values = [each.strip() for each in BETWEEN.split(text) if each.strip()]
            return [name, test, [_typed(column, each) for each in values]]
        return [name, test, _typed(column, text)]


def _line(condition: Any) -> Line:
    """Return how a condition is typed; what was typed stays as it is."""
    column, test, *values = condition
    if not values or values[0] is None:
        return column, test, ""
    value = values[0]
    if isinstance(value, list | tuple):
        return column, test, ", ".join(str(each) for each in value)
    return column, test, str(value)


def _typed(column: Column, text: str) -> str | int | float | bool:
    if len(text) > LONGEST_TEXT:
        raise ValidationError(
            _("Compare with a text of at most %(most)d characters.") % {"most": LONGEST_TEXT}
        )
    if column.dtype == ColumnType.BOOLEAN and text.casefold() in ("true", "false"):
        return text.casefold() == "true"
    if column.dtype not in NUMBERS:
        return text
    try:
        if len(text) > LONGEST_NUMBER:
            raise ValueError
        number = float(text)
        whole = int(text) if re.fullmatch(r"[+-]?\d+", text, re.ASCII) else None
    except ValueError:
        number = float("nan")
    if number != number or number in (float("inf"), float("-inf")):
        raise ValidationError(
            _("“%(column)s” holds numbers: compare it with one.") % {"column": column.name}
        )
    return number if whole is None else whole
