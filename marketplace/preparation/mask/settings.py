"""The settings of a mask as fields: each with its label, its unit and what it is when left out."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

from desensitize.masks import OptionDescription
from marketplace.preparation.mask.words import CHOICE_LABELS, HIDDEN, OPTION_LABELS, settings_of
from marketplace.web.bounded import forms

Typed = str | int | float

LONGEST_SETTING: Final = 200
NUMBERS: Final = ("integer", "number")

UNITS: Mapping[str, Promise] = MappingProxyType(
    {
        "keep_first": pgettext_lazy("unit of a setting", "characters"),
        "keep_last": pgettext_lazy("unit of a setting", "characters"),
        "length": pgettext_lazy("unit of a setting", "characters"),
        "most_days": pgettext_lazy("unit of a setting", "days"),
        "least_days": pgettext_lazy("unit of a setting", "days"),
        "window": pgettext_lazy("unit of a setting", "percent"),
        "size": pgettext_lazy("unit of a setting", "rows"),
    }
)
IN_UNIT_OF_COLUMN: Final = frozenset({"width", "origin", "bottom", "top"})


class SettingField(forms.CharField):
    """One setting of a mask, in the form its kind asks for; left out where it is empty.

    What does not fit is left for the mask to refuse, which says what it expects.
    """

    def __init__(
        self,
        described: OptionDescription,
        *,
        columns: Iterable[str],
        unit: str,
        initial: object = None,
    ) -> None:
        self.described = described
        self.unit = unit if described.name in IN_UNIT_OF_COLUMN else UNITS.get(described.name, "")
        label = str(OPTION_LABELS.get(described.name, described.name))
        super().__init__(
            label=capfirst(label),
            required=False,
            strip=described.kind in NUMBERS,
            max_length=LONGEST_SETTING,
            initial=described.default if described.choices and initial is None else initial,
            widget=_widget_of(described, columns),
        )

    def clean(self, value: Any) -> Typed:
        """Return the setting, "" where it is left out; numbers as such."""
        text = super().clean(value)
        if self.described.kind not in NUMBERS or not text:
            return str(text)
        for read in (int, float):
            try:
                return read(text)
            except ValueError:
                continue
        return str(text)


def _widget_of(described: OptionDescription, columns: Iterable[str]) -> forms.Widget:
    select = {"class": "form-select form-select-sm w-auto"}
    if described.choices:
        words = [(code, CHOICE_LABELS.get(code, code)) for code in described.choices]
        return forms.Select(attrs=select, choices=words)
    if described.kind == "column":
        return forms.Select(attrs=select, choices=[("", "—"), *((one, one) for one in columns)])
    attrs: dict[str, Any] = {"class": "form-control form-control-sm"}
    if described.default not in (None, ""):
        attrs["placeholder"] = str(described.default)
    if described.required:
        attrs["aria-required"] = "true"
    if described.kind not in NUMBERS:
        return forms.TextInput(attrs=attrs)
    attrs["step"] = "1" if described.kind == "integer" else "any"
    if described.kind == "integer" and described.minimum is not None:
        attrs["min"] = f"{described.minimum:g}"
    if described.kind == "integer" and described.maximum is not None:
        attrs["max"] = f"{described.maximum:g}"
    return forms.NumberInput(attrs=attrs)


def chosen_settings(
    mask: str, sent: Mapping[str, Typed], kept: Mapping[str, object]
) -> dict[str, object]:
    """Return the settings that were sent for a mask; one that says only the default is left out.

    `kept` are the settings that stood there for the same mask: what only programs set stays.
    """
    chosen = {name: value for name, value in kept.items() if name in HIDDEN}
    for one in settings_of(mask):
        value = sent.get(one.name, "")
        if value != "" and (value != one.default or one.name in kept):
            chosen[one.name] = value
    return chosen
