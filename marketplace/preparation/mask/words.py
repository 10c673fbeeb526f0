"""The words for masks, their settings and the choices of these."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from desensitize.masks import MASKS, OptionDescription, describe
from desensitize.policy import ColumnRule

MASK_LABELS: Mapping[str, Promise] = {
    "keep": gettext_lazy("Keep as it is"),
    "drop": gettext_lazy("Leave the column out"),
    "redact": gettext_lazy("Black out"),
    "partial": gettext_lazy("Show the ends only"),
    "constant": gettext_lazy("One text for all"),
    "pseudonym": gettext_lazy("Keyed pseudonym"),
    "cmac_pseudonym": gettext_lazy("Keyed pseudonym, quicker"),
    "tokenize": gettext_lazy("Random-looking token"),
    "surrogate_id": gettext_lazy("Another valid identity number"),
    "ff1": gettext_lazy("Encrypt in the same form"),
    "invent": gettext_lazy("Invented names and addresses"),
    "mask_text": gettext_lazy("Mask personal data inside the text"),
    "generalize_bins": gettext_lazy("Intervals of one width"),
    "hierarchy": gettext_lazy("One level of a hierarchy"),
    "truncate_date": gettext_lazy("Shorten the date"),
    "truncate_coordinates": gettext_lazy("Shorten the coordinates"),
    "shift_dates": gettext_lazy("Shift the dates of each person"),
    "top_bottom_code": gettext_lazy("Cut off extreme values"),
    "add_noise": gettext_lazy("Add random noise"),
    "microaggregate": gettext_lazy("Average small groups"),
    "swap": gettext_lazy("Swap values between rows"),
    "sample": gettext_lazy("Draw a sample of the rows"),
    "generalize": gettext_lazy("Generalize as far as needed"),
}

MASK_HELP: Mapping[str, Promise] = {
    "keep": gettext_lazy("Every value is released in clear."),
    "drop": gettext_lazy("The column does not appear in the masked version."),
    "redact": gettext_lazy("Every value becomes the same mark; empty stays empty."),
    "partial": gettext_lazy("The first and last characters stay, the middle becomes marks."),
    "constant": gettext_lazy("Every row, empty or not, gets the same text."),
    "pseudonym": gettext_lazy(
        "Equal values become equal codes that only the key's holder can join with the originals. "
        "The data stays personal information."
    ),
    "cmac_pseudonym": gettext_lazy(
        "As the keyed pseudonym, by another cipher that suits very large tables. "
        "The data stays personal information."
    ),
    "tokenize": gettext_lazy(
        "As the keyed pseudonym, but in characters and of a length that you choose, for people to "
        "read and copy. The data stays personal information."
    ),
    "surrogate_id": gettext_lazy(
        "A Chinese identity number becomes another one with a valid region, date of birth and "
        "check digit. The key's holder can recover it: the data stays personal information."
    ),
    "ff1": gettext_lazy(
        "A number becomes another of the same length, with its hyphens and blanks in place. The "
        "key's holder can recover it: the data stays personal information."
    ),
    "invent": gettext_lazy(
        "A value becomes an invented one of the kind you choose, the same for equal values. "
        "Different values can get the same, so do not count by it."
    ),
    "mask_text": gettext_lazy(
        "Numbers, addresses and names after words such as “姓名” become marks, the rest of the "
        "text is released in clear. Names that stand alone are not found."
    ),
    "generalize_bins": gettext_lazy(
        "A number becomes the interval that holds it, as in “[20, 30)”."
    ),
    "hierarchy": gettext_lazy(
        "A value becomes its label at one level of the hierarchy that was set for the column."
    ),
    "truncate_date": gettext_lazy("A date becomes its year, quarter or month."),
    "truncate_coordinates": gettext_lazy(
        "A latitude or longitude becomes the corner of the square that holds it: about 1 km wide "
        "with 2 decimals, 10 km with 1."
    ),
    "shift_dates": gettext_lazy(
        "All dates of one person move by the same secret number of days, so the time between them "
        "stays. Name the column that tells persons apart."
    ),
    "add_noise": gettext_lazy(
        "Each number changes by a small random amount; averages stay about the same."
    ),
    "microaggregate": gettext_lazy(
        "Each number becomes the average of a small group of like numbers."
    ),
    "swap": gettext_lazy(
        "Values change places with similar ones in other rows: each is still seen, but not beside "
        "the person it belongs to."
    ),
    "sample": gettext_lazy(
        "Only a share of the rows is released, drawn by chance, and the column does not appear."
    ),
    "top_bottom_code": gettext_lazy("Numbers beyond a bound become the bound."),
    "generalize": gettext_lazy(
        "Together with the other generalized columns, each value becomes just as coarse as it must "
        "for every combination to occur often enough."
    ),
}

FROM_TO, ONE_COLUMN, TWO_COLUMNS = "from_to", "one", "two"
AS_PAIR = OptionDescription(
    FROM_TO, "choice", default=ONE_COLUMN, choices=(ONE_COLUMN, TWO_COLUMNS)
)
"""How a column of intervals comes: not what the mask does, and set beside it."""
PAIR_TYPES: Mapping[str, pl.DataType] = {
    "integer": pl.Int64(),
    "decimal": pl.Float64(),
    "float": pl.Float64(),
    "date": pl.Date(),
}
"""The types of which intervals can come as two columns, by the name of the type."""

OPTION_LABELS: Mapping[str, Promise] = {
    "mark": gettext_lazy("mark"),
    "keep_first": gettext_lazy("characters kept at the start"),
    "keep_last": gettext_lazy("characters kept at the end"),
    "value": gettext_lazy("text"),
    "digits": gettext_lazy("digits of the pseudonym"),
    "alphabet": gettext_lazy("characters"),
    "length": gettext_lazy("length"),
    "first_year": gettext_lazy("first year of birth"),
    "last_year": gettext_lazy("last year of birth"),
    "radix": gettext_lazy("numerals, such as 10 for digits"),
    "separators": gettext_lazy("characters that stay"),
    "kind": gettext_lazy("kind"),
    "least_digits": gettext_lazy("digits that make a number"),
    "purpose": gettext_lazy("purpose"),
    "width": gettext_lazy("width"),
    "origin": gettext_lazy("start"),
    "hierarchy": gettext_lazy("hierarchy"),
    "level": gettext_lazy("level"),
    "finest": gettext_lazy("finest level that may be shown"),
    "unit": gettext_lazy("unit"),
    "decimals": gettext_lazy("decimals"),
    "subject": gettext_lazy("column of persons"),
    "most_days": gettext_lazy("most days"),
    "least_days": gettext_lazy("least days"),
    "bottom": gettext_lazy("lowest"),
    "top": gettext_lazy("highest"),
    "scale": gettext_lazy("strength"),
    "distribution": gettext_lazy("distribution"),
    "size": gettext_lazy("size of a group"),
    "grouping": gettext_lazy("grouping"),
    "statistic": gettext_lazy("figure"),
    "window": gettext_lazy("farthest rank, in percent"),
    "block": gettext_lazy("only within equal values of column"),
    "share": gettext_lazy("share, from 0 to 1"),
    "by": gettext_lazy("drawn by"),
    FROM_TO: gettext_lazy("comes as"),
}

CHOICE_LABELS: Mapping[str, Promise] = {
    "year": gettext_lazy("year"),
    "quarter": gettext_lazy("quarter"),
    "month": gettext_lazy("month"),
    "digits": gettext_lazy("digits only"),
    "readable": gettext_lazy("capitals and digits that cannot be mixed up"),
    "letters": gettext_lazy("small letters"),
    "all": gettext_lazy("letters and digits"),
    "name_zh": gettext_lazy("Chinese name"),
    "name_en": gettext_lazy("English name"),
    "company_zh": gettext_lazy("Chinese company"),
    "company_en": gettext_lazy("English company"),
    "address_zh": gettext_lazy("Chinese address"),
    "address_en": gettext_lazy("English address"),
    "email": pgettext_lazy("invented value", "e-mail address"),
    "laplace": gettext_lazy("Laplace"),
    "gaussian": gettext_lazy("normal"),
    "multiplicative": gettext_lazy("in proportion to the number"),
    "fixed": gettext_lazy("by rank"),
    "mdav": gettext_lazy("from the far ends (MDAV)"),
    "mean": gettext_lazy("mean"),
    "median": gettext_lazy("median"),
    "row": gettext_lazy("row"),
    "value": gettext_lazy("each value with all its rows"),
    ONE_COLUMN: gettext_lazy("one column of labels"),
    TWO_COLUMNS: gettext_lazy("two columns, from and to"),
}


def mask_label(mask: str) -> str:
    return str(MASK_LABELS.get(mask, mask))


HIDDEN: Final = frozenset({"purpose"})
"""Settings that programs alone set."""


def settings_of(mask: str) -> tuple[OptionDescription, ...]:
    """Return the settings of a mask that people choose; hierarchies have an editor of their own."""
    if mask not in MASKS:
        return ()
    return tuple(
        one
        for one in MASKS[mask].description.options
        if one.kind != "table" and one.name not in HIDDEN
    )


@dataclass(frozen=True)
class MaskInWords:
    """A mask for the help beside the form: what it does, and an example of its settings."""

    label: str
    does: str
    settings: tuple[str, ...]


def masks_in_words() -> list[MaskInWords]:
    """Explain every mask with the settings that people choose, in the order of the form."""
    return [
        MaskInWords(
            label=mask_label(one.name),
            does=str(MASK_HELP.get(one.name, "")),
            settings=tuple(_about(option) for option in settings_of(one.name)),
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
    label = str(OPTION_LABELS.get(option.name, option.name))
    parts = [label]
    if option.choices:
        parts.append(" / ".join(str(CHOICE_LABELS.get(one, one)) for one in option.choices))
    if option.required:
        parts.append(_("needed"))
    elif option.default is not None and not option.choices:
        parts.append(_("otherwise %(value)s") % {"value": option.default})
    return pgettext("between the names of a list", ", ").join(parts)


def chosen_in_words(rule: ColumnRule) -> str:
    """Say in a line what was set for a column: of its mask, and as what it comes."""
    pair = {FROM_TO: TWO_COLUMNS} if rule.from_to else {}
    return settings_in_words({**rule.options, **pair})


def settings_in_words(options: Mapping[str, object]) -> str:
    """Say the settings of a mask in a line; hierarchies are left out."""
    return "; ".join(
        f"{OPTION_LABELS.get(name, name)}: {_value_in_words(value)}"
        for name, value in options.items()
        if isinstance(value, str | int | float) and value != ""
    )


def _value_in_words(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(CHOICE_LABELS.get(str(value), value))
