"""Reading inputs: files into mappings, mappings into checked values.

Numbers may arrive as `Decimal`, `int`, decimal text or `float`; a float is taken at its shortest
decimal writing and nothing is computed in binary.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Never

from valuation.errors import ValuationError
from valuation.rounding import as_text
from valuation.suggestion import did_you_mean

_NUMBER = re.compile(r"[+-]?[0-9]{1,60}(\.[0-9]{1,60})?([eE][+-]?[0-9]{1,3})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_WHOLE_DIGITS = 18
_DECIMAL_PLACES = 20


def load_inputs(path: Path) -> dict[str, object]:
    """Read an input file: TOML by its name's ending `.toml`, otherwise JSON, in UTF-8.

    Raises:
        ValuationError: the content is no such file, or an object in it names a key twice.
        OSError: the file cannot be opened.
    """
    content = path.read_bytes()
    kind = "TOML" if path.suffix.lower() == ".toml" else "JSON"
    try:
        text = content.decode("utf-8-sig")
        loaded: object
        if kind == "TOML":
            loaded = tomllib.loads(text, parse_float=Decimal)
        else:
            loaded = json.loads(
                text,
                parse_float=Decimal,
                parse_constant=_refuse_constant,
                object_pairs_hook=_refuse_duplicates,
            )
    except UnicodeDecodeError as error:
        raise ValuationError("input-unreadable", kind=kind, reason="it is not UTF-8") from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise ValuationError("input-unreadable", kind=kind, reason=str(error)) from error
    if not isinstance(loaded, dict):
        raise ValuationError("input-unreadable", kind=kind, reason="it holds no object")
    return loaded


def _refuse_constant(name: str) -> Never:
    raise ValueError(f"{name} is not a number")


def _refuse_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValuationError("duplicate-key", key=key)
        found[key] = value
    return found


def as_stored(value: object) -> object:
    """Copy inputs into what JSON keeps without loss: numbers become decimal text.

    Raises:
        ValuationError: a value is no text, number, truth value, list or object.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return as_text(decimal_from(value, "inputs"))
    if isinstance(value, Mapping):
        return {str(key): as_stored(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [as_stored(part) for part in value]
    raise ValuationError("not-a-number", field="inputs", given=type(value).__name__)


def decimal_from(given: object, field: str) -> Decimal:
    """Take a number as an exact decimal, or say which field holds none."""
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal):
        raise ValuationError("not-a-number", field=field, given=_excerpt(given))
    if isinstance(given, int) and abs(given) >= 10**_WHOLE_DIGITS:
        raise ValuationError("number-out-of-range", field=field)
    text = given.strip() if isinstance(given, str) else str(given)
    if not _NUMBER.fullmatch(text):
        raise ValuationError("not-a-number", field=field, given=_excerpt(given))
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    if number.adjusted() >= _WHOLE_DIGITS or int(exponent) < -_DECIMAL_PLACES:
        raise ValuationError("number-out-of-range", field=field)
    return number


def _excerpt(given: object) -> str:
    return str(given)[:40]


@dataclass(frozen=True)
class Fields:
    """The fields of one object of the input; `path` names it in sentences.

    `called` are the names under which fields were given, where these are not their own.
    """

    given: Mapping[str, object]
    path: str = ""
    called: Mapping[str, str] = field(default_factory=dict)

    def name(self, field: str) -> str:
        """Name a field by its whole path, as it was given, as sentences do."""
        own = self.called.get(field, field)
        return f"{self.path}.{own}" if self.path else own

    def aliased(self, others: Mapping[str, Sequence[str]]) -> Fields:
        """Take fields that are given under other names as those of their own name.

        Raises:
            ValuationError: `field-twice`, one field is given under two names.
        """
        given, called = dict(self.given), dict(self.called)
        for own, also in others.items():
            found = [name for name in (own, *also) if name in given]
            if len(found) > 1:
                raise ValuationError(
                    "field-twice", first=self.name(found[0]), second=self.name(found[1])
                )
            if found and found[0] != own:
                given[own] = given.pop(found[0])
                called[own] = found[0]
        return Fields(given, self.path, called)

    def has(self, field: str) -> bool:
        """Return whether the field is given at all, be it empty."""
        return field in self.given

    def refuse_others(self, *known: str) -> None:
        """Refuse fields that would be silently ignored."""
        for name in self.given:
            if name not in known:
                raise ValuationError(
                    "field-unknown", field=self.name(name), advice=did_you_mean(name, known)
                )

    def require(self, field: str, advice: str) -> object:
        """Return a field's raw value; `advice` tells what to give where it is missing."""
        if self.given.get(field) is None:
            raise ValuationError("field-missing", field=self.name(field), advice=advice)
        return self.given[field]

    def number(self, field: str, advice: str) -> Fraction:
        """Return a required number."""
        return Fraction(decimal_from(self.require(field, advice), self.name(field)))

    def non_negative(self, field: str, advice: str) -> Fraction:
        """Return a required number of 0 or more."""
        number = self.number(field, advice)
        if number < 0:
            raise ValuationError("negative-value", field=self.name(field), given=self.given[field])
        return number

    def positive(self, field: str, advice: str) -> Fraction:
        """Return a required number above 0."""
        number = self.number(field, advice)
        if number <= 0:
            raise ValuationError("not-positive", field=self.name(field), given=self.given[field])
        return number

    def text(self, field: str, advice: str) -> str:
        """Return a required text, without blanks around it."""
        value = self.require(field, advice)
        if not isinstance(value, str) or not value.strip():
            raise ValuationError("not-text", field=self.name(field))
        return value.strip()

    def label(self, field: str, advice: str) -> str:
        """Return a required name that may be written as a text or as a whole number (a year)."""
        value = self.require(field, advice)
        if isinstance(value, int) and not isinstance(value, bool):
            return as_text(decimal_from(value, self.name(field)))
        return self.text(field, advice)

    def one_of(self, field: str, allowed: Sequence[str], advice: str) -> str:
        """Return a required text out of a few."""
        value = self.text(field, advice)
        if value not in allowed:
            raise ValuationError(
                "not-one-of", field=self.name(field), given=value, allowed=", ".join(allowed)
            )
        return value

    def truth(self, field: str, advice: str) -> bool:
        """Return a required truth value."""
        value = self.require(field, advice)
        if not isinstance(value, bool):
            raise ValuationError("not-a-truth", field=self.name(field), given=_excerpt(value))
        return value

    def currency(self) -> str:
        """Return the field `currency` as three capital letters (ISO 4217)."""
        value = self.require("currency", "Give three capital letters, such as CNY.")
        if not isinstance(value, str) or not _CURRENCY.fullmatch(value):
            raise ValuationError("currency-unknown", given=_excerpt(value))
        return value

    def currency_if_given(self) -> str:
        """Return the currency, or an empty text: the figures are numbers then, and no money."""
        return self.currency() if self.has("currency") else ""

    def fields(self, field: str, advice: str) -> Fields:
        """Return a required object."""
        value = self.require(field, advice)
        if not isinstance(value, Mapping):
            raise ValuationError("not-an-object", field=self.name(field))
        return Fields({str(key): part for key, part in value.items()}, self.name(field))

    def entries(self, field: str, advice: str) -> tuple[Fields, ...]:
        """Return a required list of objects; sentences count them from 1."""
        value = self.require(field, advice)
        if isinstance(value, str | bytes) or not isinstance(value, Sequence):
            raise ValuationError("not-a-list", field=self.name(field))
        entries = []
        for place, part in enumerate(value, start=1):
            path = f"{self.name(field)}[{place}]"
            if not isinstance(part, Mapping):
                raise ValuationError("not-an-object", field=path)
            entries.append(Fields({str(key): item for key, item in part.items()}, path))
        return tuple(entries)
