"""What the columns of the registered survey mean, as its officer explains them."""

from __future__ import annotations

from typing import Final

from marketplace.catalog.annotations import ColumnAnnotation

_SEX: Final = "Female = woman\nMale = man"
_INCOME: Final = "<=50K = up to 50,000 US dollars a year\n>50K = more than 50,000 US dollars a year"

SURVEY_ANNOTATIONS: Final = (
    ColumnAnnotation("name", "Name", "Full name, invented"),
    ColumnAnnotation("id_number", "Resident ID number", "GB 11643 number, invented"),
    ColumnAnnotation("mobile", "Mobile telephone", "Mobile number, invented"),
    ColumnAnnotation("home_address", "Home address", "Postal address, invented"),
    ColumnAnnotation("bank_card", "Bank card", "Card number by ISO/IEC 7812, invented"),
    ColumnAnnotation("age", "Age", "Age on the day of the survey", "years"),
    ColumnAnnotation("sex", "Sex", "Sex as answered", code_list=_SEX),
    ColumnAnnotation("race", "Race", "Race as answered, in the survey's five groups"),
    ColumnAnnotation("native_country", "Country of birth", "Country of birth; ? is not stated"),
    ColumnAnnotation("marital_status", "Marital status", "Marital status as answered"),
    ColumnAnnotation("relationship", "Position in the household", "Relation to its head"),
    ColumnAnnotation("education", "Education", "Highest level that was completed"),
    ColumnAnnotation("education_level", "Education level", "The same as a number from 1 to 16"),
    ColumnAnnotation("workclass", "Kind of employer", "Private, public or own business"),
    ColumnAnnotation("occupation", "Occupation", "Group of occupations; ? is not stated"),
    ColumnAnnotation("hours_per_week", "Working time", "Usual working time", "hours a week"),
    ColumnAnnotation("capital_gain", "Capital gain", "Gain from capital in a year", "US dollars"),
    ColumnAnnotation("capital_loss", "Capital loss", "Loss from capital in a year", "US dollars"),
    ColumnAnnotation(
        "survey_weight", "Survey weight", "How many people the answer stands for", "people"
    ),
    ColumnAnnotation("income_class", "Income class", "Income of a year", code_list=_INCOME),
)
