"""Options of masks: what they are, and how given ones are checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from desensitize.errors import DesensitizeError, nearest

OptionKind = Literal["integer", "number", "text", "choice", "column", "table"]
OptionValue = int | float | str | tuple[tuple[str, ...], ...] | None

EXPECTED = {
    "integer": "a whole number",
    "number": "a number",
    "text": "a text",
    "column": "the name of another column",
    "table": "a list of rows of texts",
}


@dataclass(frozen=True)
class OptionDescription:
    """Describe one option of a mask; numbers lie between `minimum` and `maximum`, both included."""

    name: str
    kind: OptionKind
    default: OptionValue = None
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


PURPOSE = OptionDescription("purpose", "text", default="release")
"""What keys are derived for: values under two purposes cannot be joined."""


class Options(dict[str, OptionValue]):
    """Hold checked option values and hand them out by type."""

    def integer(self, name: str) -> int:
        """Return a whole number."""
        value = self[name]
        assert isinstance(value, int)
        return value

    def number(self, name: str) -> float | None:
        """Return a number, or None when it was left out."""
        value = self[name]
        return float(value) if isinstance(value, int | float) else None

    def text(self, name: str) -> str:
        """Return a text or a choice."""
        value = self[name]
        assert isinstance(value, str)
        return value

    def table(self, name: str) -> tuple[tuple[str, ...], ...] | None:
        """Return rows of texts, or None when they were left out."""
        value = self[name]
        return value if isinstance(value, tuple) else None


def read_options(
    mask: str, descriptions: Sequence[OptionDescription], given: Mapping[str, object]
) -> Options:
    """Check given options against their descriptions and fill in the defaults.

    Raises:
        DesensitizeError: `unknown-option`, `missing-option` or `bad-option`.
    """
    known = {description.name: description for description in descriptions}
    for name in given:
        if name not in known:
            raise DesensitizeError(
                "unknown-option", mask=mask, option=name, nearest=nearest(name, known)
            )
    options = Options()
    for name, description in known.items():
        value = given.get(name)
        if value is None:
            if description.required:
                raise DesensitizeError("missing-option", mask=mask, option=name)
            options[name] = description.default
        else:
            options[name] = _checked(mask, description, value)
    return options


def _checked(mask: str, description: OptionDescription, value: object) -> OptionValue:
    answer = _fitting(description, value)
    if answer is None or _outside(answer, description):
        raise DesensitizeError(
            "bad-option", mask=mask, option=description.name, expected=_expected(description)
        )
    return answer


def _fitting(description: OptionDescription, value: object) -> OptionValue:
    match description.kind, value:
        case ("integer" | "number", bool()):
            return None
        case ("integer" | "number", int(number)):
            return number
        case ("number", float(number)) if isfinite(number):
            return number
        case ("text", str(text)):
            return text
        case ("column", str(text)) if text:
            return text
        case ("choice", str(text)) if text in description.choices:
            return text
        case ("table", _):
            return _rows(value)
    return None


def _outside(value: OptionValue, description: OptionDescription) -> bool:
    if not isinstance(value, int | float):
        return False
    low, high = description.minimum, description.maximum
    return (low is not None and value < low) or (high is not None and value > high)


def _rows(value: object) -> tuple[tuple[str, ...], ...] | None:
    if isinstance(value, str) or not isinstance(value, Sequence) or not value:
        return None
    rows = []
    for row in value:
        if isinstance(row, str) or not isinstance(row, Sequence) or not row:
            return None
        if not all(isinstance(cell, str) for cell in row):
            return None
        rows.append(tuple(row))
    return tuple(rows)


def _expected(description: OptionDescription) -> str:
    if description.kind == "choice":
        return "one of " + ", ".join(description.choices)
    expected = EXPECTED[description.kind]
    if description.minimum is not None:
        expected += f" of at least {description.minimum:g}"
    if description.maximum is not None:
        expected += f" and at most {description.maximum:g}"
    return expected
