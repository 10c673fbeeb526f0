"""Figures: read from what a file or a form gives, and rounded once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TypeVar

from django.utils.translation import gettext as _

from marketplace.accounting.standards.refusals import RuleRefused

T = TypeVar("T")
ZERO = Decimal(0)
HUNDRED = Decimal(100)
TWELVE = Decimal(12)
CENT = Decimal("0.01")
PLACE = Decimal("0.0001")
LARGEST = Decimal(10) ** 18
LABELS = frozenset({"id", "title", "text", "note"})
"""What may stand in any object for people to read; no rule reads it as a figure."""


def cents(amount: Decimal) -> Decimal:
    """Round money to two places, half away from zero."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def places(number: Decimal) -> Decimal:
    """Round a ratio or a share to four places, half away from zero."""
    return number.quantize(PLACE, rounding=ROUND_HALF_UP)


def advice_on(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or list them all."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    if near:
        return _("Did you mean %(name)s?") % {"name": near[0]}
    return _("Known are: %(names)s.") % {"names": ", ".join(names)}


class Given:
    """The inputs of a case, read with sentences. A value may stand under any of several names.

    What a rule reads is remembered, so that a name that it never read is refused instead of
    changing nothing.
    """

    def __init__(self, inputs: Mapping[str, object], place: str = "") -> None:
        self.inputs = inputs
        self.place = place
        self.asked: set[str] = set()
        self._read: set[str] = set()
        self._parts: list[Given] = []

    def has(self, *names: str) -> bool:
        """Return whether a value is given under one of the names; null is none."""
        self.asked |= set(names)
        return any(self.inputs.get(name) is not None for name in names)

    def value(self, *names: str) -> object:
        """Return the value given under one of the names, None where there is none.

        Raises:
            RuleRefused: it is given under two of them.
        """
        self.asked |= set(names)
        self._read |= set(names)
        found = [name for name in dict.fromkeys(names) if self.inputs.get(name) is not None]
        if len(found) > 1:
            raise RuleRefused(
                "field-twice",
                _("%(first)s and %(second)s say the same thing: leave one of them out.")
                % {"first": self.place + found[0], "second": self.place + found[1]},
            )
        return self.inputs[found[0]] if found else None

    def part(self, inputs: Mapping[str, object], place: str) -> Given:
        """Return an object within these inputs, to be read like them."""
        found = Given(inputs, place)
        self._parts.append(found)
        return found

    def refuse_unread(self) -> None:
        """Refuse what was given and never read: it would change nothing and nobody would know.

        Raises:
            RuleRefused: a name is not known, or is not used beside the other inputs.
        """
        for name in self._unread():
            raise RuleRefused("field-unknown", self._unused(name, self.asked - {name}))
        for part in self._parts:
            part.refuse_unread()

    def refuse_misspelt(self) -> None:
        """Refuse an unread name that is nearly one that was looked for and not found.

        Raises:
            RuleRefused: there is such a name.
        """
        missing = self.asked - set(self.inputs)
        for name in self._unread():
            if name not in self.asked and get_close_matches(name, missing, n=1, cutoff=0.85):
                raise RuleRefused("field-unknown", self._unused(name, missing))
        for part in self._parts:
            part.refuse_misspelt()

    def _unread(self) -> list[str]:
        return [
            name
            for name, value in self.inputs.items()
            if value is not None and name not in self._read and name not in LABELS
        ]

    def _unused(self, name: str, known: set[str]) -> str:
        return (
            _("“%(name)s” would change nothing here, so it is refused.")
            % {"name": self.place + name}
            + " "
            + advice_on(name, known)
        )

    def amount(self, *names: str, default: Decimal | None = None) -> Decimal:
        """Return a number that is not negative.

        Raises:
            RuleRefused: it is missing without a default, no number, negative or beyond 10^18.
        """
        found = self.number(*names, default=default)
        if found < 0:
            raise RuleRefused(
                "negative-amount",
                _("%(name)s is below zero: give it as zero or more.") % {"name": self._at(names)},
            )
        return found

    def number(self, *names: str, default: Decimal | None = None) -> Decimal:
        """Return a number that may be negative; errors as for `amount`."""
        value = self.value(*names)
        if value is None:
            if default is None:
                raise RuleRefused(
                    "figure-missing",
                    _("%(name)s is missing: give a number.") % {"name": self._at(names)},
                )
            return default
        return number_of(value, self._at(names))

    def positive(self, *names: str, default: Decimal | None = None) -> Decimal:
        """Return a number above zero; errors as for `amount`."""
        found = self.number(*names, default=default)
        if found <= 0:
            raise RuleRefused(
                "not-positive",
                _("%(name)s must be above zero.") % {"name": self._at(names)},
            )
        return found

    def whether(self, *names: str, default: bool | None = None) -> bool:
        """Return the first of the names that is given, as true or false.

        Raises:
            RuleRefused: it is missing without a default, or neither.
        """
        value = self.value(*names)
        if value is None and default is not None:
            return default
        if isinstance(value, bool):
            return value
        raise RuleRefused(
            "not-true-or-false", _("Give %(name)s as true or false.") % {"name": self._at(names)}
        )

    def text(self, *names: str) -> str:
        """Return a text without blanks around it, "" where there is none.

        Raises:
            RuleRefused: something else than a text is given.
        """
        value = self.value(*names)
        if value is not None and not isinstance(value, str):
            raise RuleRefused("not-text", _("Give %(name)s as a text.") % {"name": self._at(names)})
        return value.strip() if value else ""

    def one_of(self, choices: Mapping[str, T], *names: str, default: T) -> T:
        """Return what a given name stands for, exactly as it is written.

        Raises:
            RuleRefused: it is none of the choices.
        """
        text = self.text(*names)
        if not text:
            return default
        if text not in choices:
            raise RuleRefused(
                "not-a-choice",
                _("“%(given)s” is none that %(name)s knows.")
                % {"given": text, "name": self._at(names)}
                + " "
                + advice_on(text, choices),
            )
        return choices[text]

    def day(self, *names: str) -> datetime.date | None:
        """Return a day, None where there is none.

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
                "not-a-day",
                _("Give %(name)s as a day, such as 2024-03-31.") % {"name": self._at(names)},
            ) from None

    def rows(self, *names: str) -> list[Given]:
        """Return a list of objects, each to be read like this one.

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
                "rows-missing",
                _("Give %(name)s as a list of at least one object.") % {"name": self._at(names)},
            )
        where = self._at(names)
        return [self.part(row, f"{where}[{number}].") for number, row in enumerate(value, start=1)]

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
    raise RuleRefused("not-a-number", _("%(name)s is no usable number.") % {"name": name})
