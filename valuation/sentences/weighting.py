"""What is said about weights from judgements and about quality rules."""

from types import MappingProxyType
from typing import Final

REFUSALS: Final = MappingProxyType(
    {
        "inconsistent-judgements": (
            "The judgements contradict each other: CR is {ratio}, and less than 0.10 is needed. "
            "Compare the items with the largest differences again."
        ),
        "item-twice": "The name {name!r} stands twice in {field}. Give each name once.",
        "names-do-not-fit": (
            "The field {field} has {given} entries where {expected} are needed. Give one for each."
        ),
        "not-reciprocal": (
            "In {field}, row {row} column {column} is {given} and row {column} column {row} is "
            "{other}. One has to be 1 divided by the other: write 1/3 opposite 3, and 1 on the "
            "diagonal."
        ),
        "not-square": (
            "The matrix {field} has {rows} rows, and row {row} has {columns} entries. Give as many "
            "entries in each row as there are rows."
        ),
        "quality-date-missing": (
            "A rule compares dates with the day of the assessment. Give as_of as YYYY-MM-DD."
        ),
        "quality-rule-unclear": (
            "The quality rule {given!r} for {dimension} is not understood. Write it as one of: "
            "{allowed}."
        ),
        "quality-weights-missing": (
            "Neither weights nor a matrix of comparisons is given. Give weights that add up to 1, "
            "or matrix with the judgements."
        ),
        "random-index-unknown": (
            "There is no random index for {given} items in Saaty's table. Give RI above 0, or "
            "compare at most 15 items at once."
        ),
        "too-many-items": (
            "There are {given} entries in {field}. Give at most {most}, and at least one."
        ),
        "weights-sum": (
            "The weights in {field} add up to {given}. Change them so that they add up to 1."
        ),
    }
)

WARNINGS: Final = MappingProxyType(
    {
        "judgements-inconsistent": (
            "The consistency ratio {ratio} is not below 0.10, so these weights are not acceptable. "
            "Compare the items with the largest differences again."
        ),
        "quality-rows-fail": (
            "Rows that fail the rules on {dimension}: {count}; the first are {rows}. Mend them or "
            "state them in the report."
        ),
    }
)
