"""The survey that the bureau of statistics brings to market: about people, so it is masked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Final

from marketplace.catalog.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.descriptions import DatasetDescription
from marketplace.catalog.grading import HarmDegree, HarmedObject, Impact
from marketplace.desk.story.cast import BUREAU, OFFICER
from marketplace.desk.story.goods import Goods, Proof, PublicCost, Rule
from marketplace.desk.story.hierarchies import hierarchy
from marketplace.desk.story.identities import (
    IDENTITY_COLUMNS,
    QUASI_IDENTIFIERS,
    write_registered_survey,
)
from marketplace.desk.story.survey_columns import SURVEY_ANNOTATIONS
from marketplace.rights.choices import EvidenceKind, Right
from marketplace.trading.services.listings.drafting import Offer
from marketplace.trading.terms import Terms

# Each of these gives away what is generalized beside it: the level is the education in clear,
# the relationship tells sex and marital status, the weight is almost a number of its own.
TELLING: Final = ("education_level", "relationship", "workclass", "survey_weight")

# The buyer sees that there was one, and the same mark for everybody. A pseudonym or the ends of a
# number would tell one person from another, and the data would be personal information still.
REDACTED: Final = ("name", "id_number", "mobile")

RULES: Final[dict[str, Rule]] = {
    **{name: {"role": "direct", "mask": "drop", "options": {}} for name in IDENTITY_COLUMNS},
    **{name: {"role": "direct", "mask": "redact", "options": {}} for name in REDACTED},
    **{name: {"role": "quasi", "mask": "drop", "options": {}} for name in TELLING},
    **{
        name: {
            "role": "quasi",
            "mask": "generalize",
            "options": {"hierarchy": hierarchy(name)},
        }
        for name in QUASI_IDENTIFIERS
    },
    "hours_per_week": {"role": "other", "mask": "generalize_bins", "options": {"width": 10}},
    "capital_gain": {"role": "sensitive", "mask": "generalize_bins", "options": {"width": 5000}},
    "capital_loss": {"role": "sensitive", "mask": "generalize_bins", "options": {"width": 1000}},
    "income_class": {"role": "sensitive", "mask": "keep", "options": {}},
}


def write(target: Path, rows: int | None) -> None:
    """Write the survey, or its first rows."""
    write_registered_survey(target, rows=rows)


SURVEY: Final = Goods(
    officer=OFFICER,
    description=DatasetDescription(
        title="Registered census survey, 1994 sample",
        abstract=(
            "The answers of 48,842 people to the 1994 survey of the US Census Bureau (UCI Adult, "
            "CC BY 4.0): work, education, family, income class. The names, ID numbers, telephone "
            "numbers, addresses and bank cards beside them are invented and belong to nobody; "
            "they show how such fields are found and removed."
        ),
        theme=Theme.EMPLOYMENT,
        asset_kind=AssetKind.GOVERNMENT,
        source_kind=SourceKind.AUTHORIZED_COLLECTION,
        source_description=(
            "UCI Machine Learning Repository, data set Adult, collected by the US Census Bureau; "
            "identities were added by a seeded generator of this demonstration."
        ),
        legal_basis="Licence CC BY 4.0 of the survey; no law is needed for invented identities.",
        region="United States",
        time_scope="1994",
        update_frequency=UpdateFrequency.ONCE,
        contact=BUREAU.contact,
        personal_basis=PersonalBasis.CONSENT,
    ),
    file_name="registered-survey.csv",
    write=write,
    annotations=SURVEY_ANNOTATIONS,
    impacts=(
        Impact(HarmedObject.INDIVIDUAL, HarmDegree.SERIOUS),
        Impact(HarmedObject.ORGANIZATION, HarmDegree.GENERAL),
    ),
    rules=RULES,
    proof=Proof(
        kind=EvidenceKind.AUTHORIZATION,
        title="Licence of the survey and statement on the identities",
        file_name="licence-and-statement.txt",
        text=(
            "The survey answers are the data set Adult of the UCI Machine Learning Repository, "
            "published under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), which "
            "allows sharing and adapting for any purpose with attribution.\n"
            "All identities in the registered file are invented. They belong to nobody.\n"
        ),
    ),
    industry="S",
    rights=frozenset({Right.HOLD.value, Right.USE.value, Right.OPERATE.value}),
    term_years=5,
    waiver=(
        "The survey has been public since 1996 and nobody else claims it; the identities are "
        "invented, so there is nobody whom a notice could reach."
    ),
    costs={
        "components": {
            "preliminary": "120000.00",
            "direct": "640000.00",
            "indirect": "85000.00",
            "opportunity": "60000.00",
            "tax": "12500.00",
        },
        "cost_basis": "replacement",
        "quality_coefficient": "0.93",
        "remaining_life_years": "4",
        "total_life_years": "5",
        "sources": {
            "components.preliminary": "Planning record of the bureau, 2025",
            "components.direct": "Quotation for interviews and data entry, 2025",
            "components.indirect": "Cost accounts of the bureau, 2025",
            "components.opportunity": "Budget comparison of the bureau, 2025",
            "components.tax": "Tax assessment of the bureau, 2025",
            "quality_coefficient": "Quality check of the centre by GB/T 36344",
            "remaining_life_years": "Certificate of the right, less one year of ageing",
            "total_life_years": "Certificate of the right",
        },
    },
    offer=Offer(
        title="Census survey 1994, anonymized",
        summary=(
            "Work, education, family and income class of some 48,000 people, in classes of at "
            "least five people who cannot be told apart. No names and no numbers."
        ),
        price=Decimal("26800.00"),
        terms=Terms(
            purpose="Actuarial and statistical models, and research",
            restrictions="No attempt to recognize a person, and no joining with data on persons.",
            licence_months=24,
        ),
    ),
    public_cost=PublicCost(
        operating_cost=Decimal("485000.00"),
        operating_cost_source="Cost accounts of the bureau, 2025",
        tax=Decimal("29100.00"),
        tax_source="Tax assessment of the bureau, 2025",
        expected_units=20,
        expected_units_source="Letters of intent of insurers and universities",
    ),
)
