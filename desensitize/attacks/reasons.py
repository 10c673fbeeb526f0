"""Why a release gets its verdict, as codes with parameters and English sentences.

An application translates by `code` and `parameters`, as it does with errors.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "nothing_personal": "Nothing personal was found in the table, and nothing was declared.",
        "withstands": "Every attacker was tried, and none reached more than the limit.",
        "reached": (
            "{attacker}: right in {rate:.1%} of the cases where guessing is right in "
            "{control:.1%}; the excess of {excess:.1%} is above {limit:.1%}."
        ),
        "too_few_trials": (
            "{attacker}: the excess may be up to {high:.1%}, above {limit:.1%}; {trials} trials "
            "are too few to say more. If nothing is reached, about {needed} would show it."
        ),
        "not_tried": "{attacker}: not measured. {what}",
        "certain": (
            "“{column}”: the value is certain in {share:.1%} of the rows; at most {limit:.1%} are "
            "allowed."
        ),
        "small_classes": (
            "{rows} rows are in groups of fewer than {k} by the quasi-identifiers {columns}."
        ),
        "small_sets": (
            "Whoever knows {columns} finds {rows} rows in groups of fewer than {k}; in all, "
            "{failing} of {tried} sets of at most {known} columns leave such groups."
        ),
        "unique_rows": (
            "{share:.1%} of the rows are unique by all columns {left_out}; at most {limit:.1%} "
            "are allowed."
        ),
        "rows_below_k": (
            "{share:.1%} of the rows are in groups of fewer than {k} by all columns {left_out}; "
            "at most {limit:.1%} are allowed."
        ),
        "record_key": (
            "“{column}” has a value of its own in {share:.1%} of the rows and names each row like "
            "a key."
        ),
        "copied_values": (
            "“{column}”: {share:.1%} of the values that stand in one row of the release are one "
            "person's in the source."
        ),
        "metadata_tells": "The metadata of the file tells of its source: {what}.",
        "person_released": "“{column}”, which tells persons apart, is part of the release.",
        "identifiers_remain": (
            "{columns} can tell one person from another, to whoever holds the key, knows a part, "
            "or reads a name that was left in a text."
        ),
    }
)


@dataclass(frozen=True)
class Reason:
    """Give one reason; parameters hold names, shares and counts, never a cell of the data."""

    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Say the reason in English."""
        return REASONS[self.code].format(**self.parameters)

    def as_dict(self) -> dict[str, Any]:
        """Return the reason as plain values."""
        return {"code": self.code, "sentence": self.sentence, "parameters": dict(self.parameters)}


def listed(columns: Iterable[str]) -> str:
    """Return names as they stand in a sentence."""
    return ", ".join(f"“{column}”" for column in columns)
