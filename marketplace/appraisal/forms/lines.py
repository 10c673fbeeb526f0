"""What an approach asks for: lines of an input with its source, in groups with a heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core.bounds import decimal_of
from marketplace.web.bounded import forms

MOST_YEARS = 100
HUNDRED = Decimal(100)
_BETWEEN = re.compile(r"[\s;，；]+")


class SeriesField(forms.CharField):
    """One number a line, in the order of the years."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 5, "inputmode": "text"}),
            **options,
        )

    def to_python(self, value: Any) -> Any:
        """Read the numbers.

        Raises:
            ValidationError: a part is no number, or there are too many.
        """
        parts = [part for part in _BETWEEN.split(super().to_python(value) or "") if part]
        if len(parts) > MOST_YEARS:
            raise forms.ValidationError(_("Give at most 100 years."))
        return [_number(part) for part in parts]


def _number(part: str) -> Decimal:
    try:
        return decimal_of(part)
    except ValueError:
        raise forms.ValidationError(
            _("“%(part)s” is no number. Write one number a line, without separators of thousands."),
            params={"part": part[:40]},
        ) from None


@dataclass(frozen=True)
class Line:
    """An input of the library: the path to it, its help, and how it is typed.

    `path` names it in the library's inputs, such as `components.direct`; its last part names the
    form's field. `is_percent` lines are typed in percent and kept as ratios.
    """

    path: str
    label: str | Promise
    help_text: str | Promise = ""
    is_series: bool = False
    is_percent: bool = False
    is_required: bool = False
    has_source: bool = True
    choices: Sequence[tuple[str, str | Promise]] = ()

    @property
    def name(self) -> str:
        """Return the name of the form's field: the last of the path, with what it belongs to."""
        *outer, last = self.path.split(".")
        return f"{outer[-1]}_{last}" if last in ("balance", "rate") else last

    def field(self) -> forms.Field:
        """Make the form's field."""
        shared: dict[str, Any] = {
            "label": self.label,
            "help_text": self.help_text,
            "required": self.is_required,
        }
        if self.choices:
            return forms.ChoiceField(choices=self.choices, **shared)
        return SeriesField(**shared) if self.is_series else forms.DecimalField(**shared)

    def kept(self, typed: Any) -> Any:
        """Return what the library is given."""
        if not self.is_percent:
            return typed
        return [part / HUNDRED for part in typed] if self.is_series else typed / HUNDRED

    def shown(self, kept: Any) -> Any:
        """Return what a form to revise shows of a stored input."""
        parts = kept if isinstance(kept, list) else [kept]
        if self.choices:
            return kept
        factor = HUNDRED if self.is_percent else Decimal(1)
        told = [f"{(Decimal(part) * factor).normalize():f}" for part in parts]
        return "\n".join(told) if self.is_series else told[0]


@dataclass(frozen=True)
class Group:
    """Lines under a heading, with a sentence on how to fill them in."""

    title: str | Promise
    note: str | Promise
    lines: tuple[Line, ...]
    is_folded: bool = False


def into(target: dict[str, Any], path: str, value: object) -> None:
    """Put a value at its path."""
    *outer, last = path.split(".")
    for name in outer:
        target = target.setdefault(name, {})
    target[last] = value


def out_of(source: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a path, None where nothing does."""
    found: Any = source
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


Proposing = Callable[[], Mapping[str, Any]]
