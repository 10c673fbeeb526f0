"""The story's first dataset: a real survey, registered under invented identities."""

import csv
import hashlib
import io
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Final

from marketplace.demo.story.invention import Identity, Inventor
from marketplace.demo.story.public_data import public_rows

SEED: Final = 20250630

# Our name of each column of the survey: whole words, without the source's abbreviations.
SURVEY_COLUMNS: Final = {
    "age": "age",
    "sex": "sex",
    "race": "race",
    "native_country": "native-country",
    "marital_status": "marital-status",
    "relationship": "relationship",
    "education": "education",
    "education_level": "education-num",
    "workclass": "workclass",
    "occupation": "occupation",
    "hours_per_week": "hours-per-week",
    "capital_gain": "capital-gain",
    "capital_loss": "capital-loss",
    "survey_weight": "fnlwgt",
    "income_class": "class",
}
IDENTITY_COLUMNS: Final = tuple(field.name for field in fields(Identity))


@dataclass(frozen=True)
class InventedIdentities:
    """All that was invented for one file, for searching it in what is delivered."""

    names: frozenset[str]
    id_numbers: frozenset[str]
    mobiles: frozenset[str]
    home_addresses: frozenset[str]
    bank_cards: frozenset[str]

    def values(self) -> frozenset[str]:
        return self.names | self.id_numbers | self.mobiles | self.home_addresses | self.bank_cards


@dataclass(frozen=True)
class SurveyFile:
    """A written survey: UTF-8 CSV with a header; `rows` without it, `sha256` of the bytes."""

    path: Path
    rows: int
    sha256: str
    invented: InventedIdentities


def write_registered_survey(
    target: Path, *, seed: int = SEED, rows: int | None = None
) -> SurveyFile:
    """Write the survey, each row under an identity that agrees with its age and sex.

    The same seed and number of rows give the same bytes; fewer rows give the beginning of the
    whole file.

    Raises:
        DataDamaged: the stored survey is not the one that its provenance describes.
    """
    inventor = Inventor(seed)
    people: list[Identity] = []
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*IDENTITY_COLUMNS, *SURVEY_COLUMNS])
    for answers in islice(public_rows("adult"), rows):
        person = inventor.identity(age=int(answers["age"]), sex=answers["sex"])
        people.append(person)
        writer.writerow(
            [
                *(getattr(person, column) for column in IDENTITY_COLUMNS),
                *(answers[column] for column in SURVEY_COLUMNS.values()),
            ]
        )
    content = text.getvalue().encode("utf-8")
    target.write_bytes(content)
    return SurveyFile(
        path=target,
        rows=len(people),
        sha256=hashlib.sha256(content).hexdigest(),
        invented=InventedIdentities(
            names=frozenset(person.name for person in people),
            id_numbers=frozenset(person.id_number for person in people),
            mobiles=frozenset(person.mobile for person in people),
            home_addresses=frozenset(person.home_address for person in people),
            bank_cards=frozenset(person.bank_card for person in people),
        ),
    )
