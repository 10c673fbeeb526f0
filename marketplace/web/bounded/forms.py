"""Django's forms; what they read is bounded before anything is computed with it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms as plain
from django.forms import *  # noqa: F403

from marketplace.core.bounds import (
    GREATEST_WHOLE,
    LONGEST_NUMBER,
    OutOfBounds,
    decimal_of,
    too_large,
    within_calendar,
)


class IntegerField(plain.IntegerField):  # type: ignore[no-redef]
    """A whole number; without a greatest of its own, one that every column keeps."""

    def to_python(self, value: Any) -> int | None:
        if len(str(value)) > LONGEST_NUMBER:
            raise plain.ValidationError(self.error_messages["invalid"], code="invalid")
        number: int | None = super().to_python(value)
        if number is not None and self.max_value is None and abs(number) > GREATEST_WHOLE:
            raise plain.ValidationError(too_large(GREATEST_WHOLE), code="out-of-bounds")
        return number


class DecimalField(plain.DecimalField):  # type: ignore[no-redef]
    """A number with few enough digits."""

    def to_python(  # type: ignore[override]
        self, value: Any
    ) -> Decimal | None:
        if value in self.empty_values:
            return None
        try:
            return decimal_of(value)
        except OutOfBounds as error:
            raise plain.ValidationError(str(error), code="out-of-bounds") from None
        except ValueError:
            raise plain.ValidationError(self.error_messages["invalid"], code="invalid") from None


class DateField(plain.DateField):  # type: ignore[no-redef]
    """A day from which terms can be counted."""

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        try:
            return None if day is None else within_calendar(day)
        except OutOfBounds as error:
            raise plain.ValidationError(str(error), code="out-of-bounds") from None
