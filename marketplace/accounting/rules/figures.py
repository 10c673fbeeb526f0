"""Figures: read from what a file or a form gives, and rounded once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from marketplace.accounting.rules.refusals import RuleRefused

ZERO = Decimal(0)
HUNDRED = Decimal(100)
TWELVE = Decimal(12)
CENT = Decimal("0.01")
PLACE = Decimal("0.0001")
LARGEST = Decimal(10) ** 18


def cents(amount: Decimal) -> Decimal:
    """Round money to two places, half away from zero."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def places(number: Decimal) -> Decimal:
    """Round a ratio or a share to four places, half away from zero."""
    return number.quantize(PLACE, rounding=ROUND_HALF_UP)


class Given:
    """The inputs of a case, read with sentences. A value may stand under any of several names."""

    def __init__(self, inputs: Mapping[str, object], place: str = "") -> None:
        self.inputs = inputs
        self.place = place

    def __contains__(self, name: str) -> bool:
        return name in self.inputs

    def has(self, *names: str) -> bool:
        """Tell whether a value is given under one of the names; null is none."""
        return any(self.inputs.get(name) is not None for name in names)

    def value(self, *names: str) -> object:
        """Answer the first value given under the names, None where there is none."""
        for name in names:
            if self.inputs.get(name) is not None:
                return self.inputs[name]
        return None

    def amount(self, *names: str, default: Decimal | None = None) -> Decimal:
        """Answer a number that is not negative.

        Raises:
            RuleRefused: it is missing without a default, no number, negative or beyond 10^18.
        """
        found = self.number(*names, default=default)
        if found < 0:
            raise RuleRefused(
                "NEGATIVE_AMOUNT",
                _("%(name)s is below zero: give it as zero or more.") % {"name": self._at(names)},
            )
        return found

    def number(self, *names: str, default: Decimal | None = None) -> Decimal:
        """Answer a number that may be negative; errors as for `amount`."""
        value = self.value(*names)
        if value is None:
            if default is None:
                raise RuleRefused(
                    "FIGURE_MISSING",
                    _("%(name)s is missing: give a number.") % {"name": self._at(names)},
                )
            return default
        return number_of(value, self._at(names))

    def positive(self, *names: str, default: Decimal | None = None) -> Decimal:
        """Answer a number above zero; errors as for `amount`."""
        found = self.number(*names, default=default)
        if found <= 0:
            raise RuleRefused(
                "NOT_POSITIVE",
                _("%(name)s must be above zero.") % {"name": self._at(names)},
            )
        return found

    def whether(self, *names: str, default: bool | None = None) -> bool:
        """Answer true or false.

        Raises:
            RuleRefused: it is missing without a default, or neither.
        """
        value = self.value(*names)
        if value is None and default is not None:
            return default
        if isinstance(value, bool):
            return value
        raise RuleRefused(
            "NOT_TRUE_OR_FALSE", _("Give %(name)s as true or false.") % {"name": self._at(names)}
        )

    def text(self, *names: str) -> str:
        """Answer a text without blanks around it, "" where there is none."""
        value = self.value(*names)
        return value.strip() if isinstance(value, str) else ""

    def day(self, *names: str) -> datetime.date | None:
        """Answer a day, None where there is none.

        Raises:
            RuleRefused: it is no day as 2024-03-31; a month as 2024-03 is its first day.
        """
        value = self.value(*names)
        if value is None:
            return None
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        try:
            text = str(value)
            return datetime.date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
        except ValueError:
            raise RuleRefused(
                "NOT_A_DAY",
                _("Give %(name)s as a day, such as 2024-03-31.") % {"name": self._at(names)},
            ) from None

    def rows(self, *names: str) -> list[Given]:
        """Answer a list of objects, each to be read like this one.

        Raises:
            RuleRefused: it is missing, empty or no such list.
        """
        value = self.value(*names)
        if (
            not isinstance(value, Sequence)
            or isinstance(value, str)
            or not value
            or not all(isinstance(row, Mapping) for row in value)
        ):
            raise RuleRefused(
                "ROWS_MISSING",
                _("Give %(name)s as a list of at least one object.") % {"name": self._at(names)},
            )
        where = self._at(names)
        return [Given(row, f"{where}[{number}].") for number, row in enumerate(value, start=1)]

    def _at(self, names: Sequence[str]) -> str:
        given = next((name for name in names if name in self.inputs), names[0])
        return f"{self.place}{given}"


def number_of(value: object, name: str) -> Decimal:
    """Take a number as it is written; a float at its shortest decimal writing.

    Raises:
        RuleRefused: it is no finite number within 10^18.
    """
    if isinstance(value, int | float | Decimal | str) and not isinstance(value, bool):
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            found = Decimal("NaN")
        if found.is_finite() and abs(found) <= LARGEST:
            return found
    raise RuleRefused("NOT_A_NUMBER", _("%(name)s is no usable number.") % {"name": name})
