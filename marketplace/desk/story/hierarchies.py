"""How the survey's quasi-identifiers are made coarser, level by level, up to `*`.

Made for this project; see data/PROVENANCE.md. `?` is the survey's "not stated".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

# From the widest level down to the survey's own values.
_Groups = Mapping[str, Mapping[str, tuple[str, ...]]]

_NOT_STATED: Final = "Other or not stated"

_EDUCATION: Final[_Groups] = {
    "No diploma": {
        "Primary school": ("Preschool", "1st-4th", "5th-6th"),
        "Lower secondary school": ("7th-8th", "9th"),
        "Upper secondary school, no diploma": ("10th", "11th", "12th"),
    },
    "Diploma, no degree": {
        "High school diploma": ("HS-grad",),
        "Some college": ("Some-college",),
        "Associate degree": ("Assoc-voc", "Assoc-acdm"),
    },
    "Degree": {
        "Bachelor": ("Bachelors",),
        "Master or higher": ("Masters", "Prof-school", "Doctorate"),
    },
}
_OCCUPATION: Final[_Groups] = {
    "Office work": {
        "Management and professions": ("Exec-managerial", "Prof-specialty"),
        "Clerical, sales and technical support": ("Adm-clerical", "Sales", "Tech-support"),
    },
    "Manual work and services": {
        "Services": ("Other-service", "Protective-serv", "Priv-house-serv"),
        "Crafts and machines": ("Craft-repair", "Machine-op-inspct"),
        "Transport, farming and labour": (
            "Transport-moving",
            "Handlers-cleaners",
            "Farming-fishing",
        ),
    },
    _NOT_STATED: {_NOT_STATED: ("Armed-Forces", "?")},
}
_MARITAL_STATUS: Final[_Groups] = {
    "Living with a spouse": {
        "Living with a spouse": ("Married-civ-spouse", "Married-AF-spouse"),
    },
    "Not living with a spouse": {
        "Never married": ("Never-married",),
        "Separated or formerly married": (
            "Married-spouse-absent",
            "Separated",
            "Divorced",
            "Widowed",
        ),
    },
}
_NATIVE_COUNTRY: Final[_Groups] = {
    "Americas": {
        "United States and Canada": ("United-States", "Outlying-US(Guam-USVI-etc)", "Canada"),
        "Mexico and Central America": (
            "Mexico",
            "El-Salvador",
            "Guatemala",
            "Honduras",
            "Nicaragua",
        ),
        "Caribbean": (
            "Puerto-Rico",
            "Cuba",
            "Dominican-Republic",
            "Haiti",
            "Jamaica",
            "Trinadad&Tobago",
        ),
        "South America": ("Columbia", "Ecuador", "Peru"),
    },
    "Europe": {
        "British Isles": ("England", "Scotland", "Ireland"),
        "Continental Europe": (
            "France",
            "Germany",
            "Greece",
            "Holand-Netherlands",
            "Hungary",
            "Italy",
            "Poland",
            "Portugal",
            "Yugoslavia",
        ),
    },
    "Asia": {
        "East Asia": ("China", "Hong", "Japan", "Taiwan"),
        "South-East Asia": ("Cambodia", "Laos", "Philippines", "Thailand", "Vietnam"),
        "South and West Asia": ("India", "Iran"),
    },
    # The survey's "South" is not explained by its source, so it is placed nowhere.
    _NOT_STATED: {_NOT_STATED: ("South", "?")},
}
_RACE: Final = {
    "White": ("White",),
    "All others": ("Black", "Asian-Pac-Islander", "Amer-Indian-Eskimo", "Other"),
}
_SEX: Final = ("Female", "Male")
_AGES: Final = range(10, 100)


def hierarchy(column: str) -> list[list[str]]:
    """Give the rows `[value, coarser, …, "*"]` of a column of `HIERARCHY_COLUMNS`."""
    return _HIERARCHIES[column]


def _rows_of(groups: _Groups) -> Iterator[list[str]]:
    for wide, narrower in groups.items():
        for narrow, values in narrower.items():
            for value in values:
                yield [value, narrow, wide, "*"]


def _age_rows() -> Iterator[list[str]]:
    for age in _AGES:
        bands = [_band(age, years) for years in (5, 10, 20)]
        yield [str(age), *bands, "*"]


def _band(age: int, years: int) -> str:
    first = age // years * years
    return f"{first}-{first + years - 1}"


_HIERARCHIES: Final = {
    "age": list(_age_rows()),
    "sex": [[sex, "*"] for sex in _SEX],
    "race": [[race, wide, "*"] for wide, races in _RACE.items() for race in races],
    "education": list(_rows_of(_EDUCATION)),
    "occupation": list(_rows_of(_OCCUPATION)),
    "marital_status": list(_rows_of(_MARITAL_STATUS)),
    "native_country": list(_rows_of(_NATIVE_COUNTRY)),
}
HIERARCHY_COLUMNS: Final = tuple(_HIERARCHIES)
