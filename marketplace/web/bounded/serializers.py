"""The API's serializers; what they read is bounded before anything is computed with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from rest_framework import serializers as plain
from rest_framework.serializers import *  # noqa: F403

from marketplace.core.bounds import (
    GREATEST_WHOLE,
    OutOfBounds,
    decimal_of,
    too_large,
    within_calendar,
)


class IntegerField(plain.IntegerField):  # type: ignore[no-redef]
    """A whole number; without a greatest of its own, one that every column keeps."""

    def to_internal_value(self, data: Any) -> int:
        """Read it."""
        number: int = super().to_internal_value(data)
        if self.max_value is None and abs(number) > GREATEST_WHOLE:
            raise plain.ValidationError(too_large(GREATEST_WHOLE), code="out-of-bounds")
        return number


class DecimalField(plain.DecimalField):  # type: ignore[no-redef]
    """A number with few enough digits."""

    def to_internal_value(self, data: Any) -> Decimal:
        """Read it."""
        try:
            decimal_of(data)
        except OutOfBounds as error:
            raise plain.ValidationError(str(error), code="out-of-bounds") from None
        except ValueError:
            self.fail("invalid")
        number: Decimal = super().to_internal_value(data)
        return number


class DateField(plain.DateField):  # type: ignore[no-redef]
    """A day from which terms can be counted."""

    def to_internal_value(self, value: Any) -> date:
        """Read it."""
        day: date = super().to_internal_value(value)
        try:
            return within_calendar(day)
        except OutOfBounds as error:
            raise plain.ValidationError(str(error), code="out-of-bounds") from None
