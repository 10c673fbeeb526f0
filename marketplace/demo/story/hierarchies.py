"""How the survey's quasi-identifiers are made coarser: one group, or `*` where that is too fine.

Made for this project; see data/PROVENANCE.md. `?` is the survey's "not stated".
"""

from collections.abc import Mapping
from typing import Final

# One level of groups above the survey's own values, so that a buyer finds no mixed ones.
GROUPED: Final = 1

_EDUCATION: Final = {
    "No diploma": (
        "Preschool", "1st-4th", "5th-6th", "7th-8th", "9th", "10th", "11th", "12th",
    ),
    "Diploma, no degree": ("HS-grad", "Some-college", "Assoc-voc", "Assoc-acdm"),
    "Bachelor": ("Bachelors",),
    "Master or higher": ("Masters", "Prof-school", "Doctorate"),
}  # fmt: skip
_OCCUPATION: Final = {
    "Management and professions": ("Exec-managerial", "Prof-specialty"),
    "Clerical, sales and technical support": ("Adm-clerical", "Sales", "Tech-support"),
    "Manual work and services": (
        "Other-service", "Protective-serv", "Priv-house-serv", "Craft-repair", "Machine-op-inspct",
        "Transport-moving", "Handlers-cleaners", "Farming-fishing",
    ),
    "Other or not stated": ("Armed-Forces", "?"),
}  # fmt: skip
_MARITAL_STATUS: Final = {
    "Living with a spouse": ("Married-civ-spouse", "Married-AF-spouse"),
    "Not living with a spouse": (
        "Never-married", "Married-spouse-absent", "Separated", "Divorced", "Widowed",
    ),
}  # fmt: skip
_SEX: Final = {"Female": ("Female",), "Male": ("Male",)}

# A number stands for its group: about the mean of those who answered, so that means stay right.
_AGES: Final = {24: range(10, 30), 34: range(30, 40), 44: range(40, 50), 59: range(50, 100)}
_HOURS: Final = {22: range(35), 40: range(35, 45), 54: range(45, 169)}


def hierarchy(column: str) -> list[list[str]]:
    """Return the rows `[value, group, "*"]` of a column of `HIERARCHY_COLUMNS`."""
    return [
        [str(value), str(group), "*"]
        for group, values in _HIERARCHIES[column].items()
        for value in values
    ]


_HIERARCHIES: Final[Mapping[str, Mapping[str, tuple[str, ...]] | Mapping[int, range]]] = {
    "age": _AGES,
    "sex": _SEX,
    "education": _EDUCATION,
    "occupation": _OCCUPATION,
    "marital_status": _MARITAL_STATUS,
    "hours_per_week": _HOURS,
}
HIERARCHY_COLUMNS: Final = tuple(_HIERARCHIES)
