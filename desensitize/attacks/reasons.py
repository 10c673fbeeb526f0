"""Why a release gets its verdict, and what was not tried: codes, parameters, English sentences.

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
        "holds_more": "The file holds more than its rows: {what}.",
        "came_alone": (
            "{rows} rows came in with this revision in groups of fewer than {k} by {columns}: "
            "whoever knows when somebody came finds them."
        ),
        "left_alone": (
            "{rows} rows went with this revision in groups of fewer than {k} by {columns}: whoever "
            "knows when somebody left finds them."
        ),
        "person_released": "“{column}”, which tells persons apart, is part of the release.",
        "identifiers_remain": (
            "{columns} can tell one person from another, to whoever holds the key, knows a part, "
            "or reads a name that was left in a text."
        ),
    }
)
"""Why a release gets its verdict."""

NOT_TRIED: Mapping[str, str] = MappingProxyType(
    {
        "no_such_attacker": "There is no such attacker yet.",
        "nothing_known": "No column is left by which somebody could be known.",
        "nothing_read": "No column of the release can be read.",
        "nothing_shared": "The copy has no column of the source, or the source too few rows.",
        "nobody_found": (
            "The release has no column of the source by which anybody could be found."
        ),
        "nobody_found_in_both": (
            "“{file}” or the release has no column by which somebody could be found."
        ),
        "no_source_values": "The copy has no column with values of the source.",
        "rows_fit_nobody": (
            "Some rows of the release fit nobody of the source by the hierarchies that are given, "
            "so that nobody could be looked for."
        ),
        "too_small": "The tables are too small to play.",
        "not_made_again": (
            "The release was not made again without a fifth of the people, since no policy says "
            "how; what it tells of those who are in it alone was measured against the other rows "
            "of the source only."
        ),
        "unknown_origin": "Column “{column}” comes from no column of the source.",
        "unread_cells": "What {rows} cells of column “{column}” mean was not found out.",
        "untried_sets": (
            "{left} of {total} sets of at most {known} columns, which hold one or more of "
            "{columns}, were not tried."
        ),
        "undrawn_sets": (
            "{left} of {total} sets of at most {known} columns were not tried; the others were "
            "drawn at random."
        ),
        "sets_left_out": (
            "{left} sets of {known} columns are too many to look for sure values of “{column}” in "
            "each; the {tried} likeliest were looked at."
        ),
        "rows_of_one_person": (
            "A person has up to {most} rows, and groups of fewer than {rows} rows by some of "
            "{columns} may be of fewer than {k} persons: the release does not say whose the rows "
            "are."
        ),
        "other_values": (
            "The values of {columns} are none of the source's: who guesses by them was not tried."
        ),
        "not_compared": (
            "“{column}” or all that could be known beside it has other values in the release than "
            "in the source, so that nothing could be compared."
        ),
    }
)
"""What an attacker left out, so that the release is not measured by it."""

SENTENCES: Mapping[str, str] = MappingProxyType({**REASONS, **NOT_TRIED})


@dataclass(frozen=True)
class Reason:
    """Hold one reason; parameters hold names, shares and counts, never a cell of the data."""

    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Say the reason in English."""
        return SENTENCES[self.code].format(**self.parameters)

    def as_dict(self) -> dict[str, Any]:
        """Return the reason as plain values."""
        return {"code": self.code, "sentence": self.sentence, "parameters": dict(self.parameters)}


def listed(columns: Iterable[str]) -> str:
    """Return names as they stand in a sentence."""
    return ", ".join(f"“{column}”" for column in columns)
