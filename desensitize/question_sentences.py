"""What is refused of a sandbox's declaration and of the questions asked of it."""

QUESTION_SENTENCES = {
    "bad-declaration": "The declaration of the sandbox cannot be read. Declare it anew.",
    "nothing-declared": "Declare at least one column with bounds or with values.",
    "too-much-declared": "A sandbox declares at most {limit} columns.",
    "bad-decimals": "The decimal places of column “{column}” must be a whole number from 0 to 6.",
    "bad-values": (
        "The values of column “{column}” must be {limit} texts at most, each once and not empty."
    ),
    "unit-declared": (
        "Column “{column}” tells persons apart, so nothing can be asked about it. Leave it out."
    ),
    "bad-question": "The question cannot be read. Ask for a count, sum, mean or histogram.",
    "not-declared": (
        "Column “{column}” cannot be used here. Use a column that the seller declared for it."
    ),
    "value-not-declared": (
        "A value of the condition on column “{column}” is not among those that the seller declared."
    ),
    "bad-range": (
        "The range of column “{column}” must have a lower end not above its upper one, within the "
        "declared bounds and decimal places."
    ),
    "column-repeated": "Column “{column}” is named twice for the same. Name it once.",
    "bad-bins": "A histogram has {low} to {high} bins, each at least one step of the column wide.",
    "too-many-groups": "Group by at most {limit} columns; a histogram is not grouped.",
    "too-many-conditions": "Give at most {limit} conditions.",
    "too-many-cells": (
        "The answer would have {cells} figures; at most {limit} are allowed. Group by less."
    ),
    "groups-unlisted": (
        "The values of column “{column}” are not declared, so only counts can be grouped by it."
    ),
}
