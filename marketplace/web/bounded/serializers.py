"""The API's serializers; what they read is bounded before anything is computed with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _
from rest_framework import serializers as plain
from rest_framework.serializers import *  # noqa: F403
from rest_framework.utils.html import is_html_input

from marketplace.core.bounds import (
    GREATEST_WHOLE,
    OutOfBounds,
    decimal_of,
    too_large,
    within_calendar,
)

Instance = TypeVar("Instance")
Row = TypeVar("Row", bound=Model)
MOST_NAMES, LONGEST_NAME = 20, 100
"""How many unknown names a refusal tells, and how much of each."""
OF_FORMS = "csrfmiddlewaretoken"

if TYPE_CHECKING:
    _Base = plain.Serializer[Any]
else:
    _Base = object


class _KnownFieldsOnly(_Base):
    """Refuse a field that is not asked for: one misspelt would change nothing, and nobody knew."""

    def to_internal_value(self, data: Any) -> Any:
        """Read the fields; tell of those unknown beside what else is wrong."""
        unknown = self._unknown(data) if isinstance(data, Mapping) else {}
        try:
            value = super().to_internal_value(data)
        except plain.ValidationError as error:
            found = error.detail
            raise plain.ValidationError(
                {**unknown, **found} if isinstance(found, dict) else found
            ) from None
        if unknown:
            raise plain.ValidationError(unknown)
        return value

    def _unknown(self, data: Mapping[str, Any]) -> dict[str, list[plain.ErrorDetail]]:
        known = [name for name, field in self.fields.items() if not field.read_only]
        names = set(map(str, data))
        if is_html_input(data):
            # There the parts of a field are names of their own: `price.amount`, `columns[0]`.
            names = {re.split(r"[.\[]", name)[0] for name in names} - {OF_FORMS}
        return {
            name[:LONGEST_NAME]: [plain.ErrorDetail(_advice(name, known), "unknown-field")]
            for name in sorted(names - set(known))[:MOST_NAMES]
        }


def _advice(name: str, known: list[str]) -> str:
    near = get_close_matches(name[:LONGEST_NAME], known, n=1)
    if near:
        return _("There is no such field. Did you mean “%(near)s”?") % {"near": near[0]}
    if known:
        return _("There is no such field. Use: %(names)s.") % {"names": ", ".join(known)}
    return _("There is no such field. Send none.")


class Serializer(_KnownFieldsOnly, plain.Serializer[Instance]):  # type: ignore[no-redef]
    """What an address takes or gives."""


class ModelSerializer(_KnownFieldsOnly, plain.ModelSerializer[Row]):  # type: ignore[no-redef]
    """The same of a model's row."""


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
