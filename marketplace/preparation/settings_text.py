"""The settings of a mask as one line that people type: `width = 10; origin = 5`, or only `10`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from desensitize.masks import MASKS, OptionDescription, describe
from desensitize.policy import ColumnRule
from marketplace.preparation.mask_words import (
    MASK_HELP,
    METHOD_LABELS,
    OPTION_LABELS,
    mask_label,
)

Typed = str | int | float


def typed_settings(mask: str) -> tuple[OptionDescription, ...]:
    """Return the settings of a mask that can be typed; hierarchies have a page of their own."""
    if mask not in MASKS:
        return ()
    return tuple(one for one in MASKS[mask].description.options if one.kind != "table")


@dataclass(frozen=True)
class MaskInWords:
    """A mask for the help beside the form: what it does, and an example of its settings."""

    label: str
    does: str
    settings: tuple[tuple[str, str], ...]


def masks_in_words() -> list[MaskInWords]:
    """Explain every mask with the settings that can be typed, in the order of the form."""
    return [
        MaskInWords(
            label=mask_label(one.name),
            does=str(MASK_HELP.get(one.name, "")),
            settings=tuple((option.name, _about(option)) for option in typed_settings(one.name)),
        )
        for one in describe()
    ]


def asked_in_words(rule: ColumnRule) -> str:
    """Say how close the values of each group must be to those of the whole; "" where not asked."""
    if rule.closeness is None:
        return ""
    return _("In each group at most %(figure)s (t) from the whole") % {
        "figure": number_format(rule.closeness.most)
    }


def _about(option: OptionDescription) -> str:
    label = str(OPTION_LABELS.get(option.name, ""))
    parts = [label] if label not in ("", option.name) else []
    if option.choices:
        parts.append(" / ".join(option.choices))
    if option.required:
        parts.append(_("needed"))
    elif option.default is not None:
        parts.append(_("otherwise %(value)s") % {"value": option.default})
    return ", ".join(parts)


def settings_of(text: str, mask: str) -> dict[str, Typed]:
    """Read a line of settings; a value without a name is the mask's first setting.

    Names and choices may be the codes or the words of the reader's language. What does not fit is
    left for the mask to refuse, which says what it expects.
    """
    described = {one.name: one for one in typed_settings(mask)}
    first = next(iter(described), "")
    answer: dict[str, Typed] = {}
    for part in text.replace("；", ";").split(";"):
        name, equals, value = part.partition("=")
        if not part.strip():
            continue
        name, value = (
            (name.strip(), value.strip()) if equals else (first or part.strip(), part.strip())
        )
        code = _code(name, OPTION_LABELS)
        answer[code] = _value(value, described.get(code))
    return answer


def line_of(options: Mapping[str, object]) -> str:
    """Write settings as a line; hierarchies are left out."""
    return "; ".join(
        f"{name} = {value:g}" if isinstance(value, float) else f"{name} = {value}"
        for name, value in options.items()
        if isinstance(value, str | int | float)
    )


def _value(text: str, described: OptionDescription | None) -> Typed:
    if described is not None and described.kind in ("integer", "number"):
        for read in (int, float):
            try:
                return read(text)
            except ValueError:
                continue
    if described is not None and described.kind == "choice":
        return _code(text, METHOD_LABELS)
    return text


def _code(text: str, labels: Mapping[str, object]) -> str:
    """Return the code of a word in the reader's language; a code is its own."""
    return next(
        (code for code, label in labels.items() if str(label).lower() == text.lower()), text
    )
