"""The survey that the bureau of statistics brings to market: about people, so it is masked."""

from decimal import Decimal
from pathlib import Path
from typing import Final

from marketplace.catalog.dataset.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.demo.story.cast import BUREAU, OFFICER
from marketplace.demo.story.goods import Goods, Proof, PublicCost, Rule
from marketplace.demo.story.hierarchies import GROUPED, HIERARCHY_COLUMNS, hierarchy
from marketplace.demo.story.identities import IDENTITY_COLUMNS, write_registered_survey
from marketplace.demo.story.survey_columns import SURVEY_ANNOTATIONS
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.right.choices import Right
from marketplace.trading.listings.listing.services import Offer
from marketplace.trading.listings.terms.clauses.language import ContractLanguage
from marketplace.trading.listings.terms.terms import Terms

# What goes, and why. Each of these gives away what is generalized beside it: the level is the
# education in clear, the relationship tells sex and marital status, the weight is almost a number
# of its own.
TELLING: Final = ("education_level", "relationship", "survey_weight")
# Of origin and employer few people are outside the largest group: to hide these few would cost
# all others their age and education, which tell more of the income.
RARE: Final = ("race", "native_country", "workclass")
# Nine in ten have none, so that whoever finds a person's group would be sure of the value.
CERTAIN: Final = ("capital_gain", "capital_loss")

LEFT_OUT: Final = (*IDENTITY_COLUMNS, *TELLING, *RARE, *CERTAIN)

# So many alike that one person's own row hardly moves what is guessed of the group's income. With
# five alike the guess gains .23 by the person's being there, where .05 is allowed; with thirty, and
# two classes of income in every group so that nobody's is sure, .01.
SMALLEST_CLASS: Final = 30

RULES: Final[dict[str, Rule]] = {
    **{name: {"role": "direct", "mask": "drop", "options": {}} for name in IDENTITY_COLUMNS},
    **{name: {"role": "quasi", "mask": "drop", "options": {}} for name in (*TELLING, *RARE)},
    **{name: {"role": "sensitive", "mask": "drop", "options": {}} for name in CERTAIN},
    **{
        name: {
            "role": "quasi",
            "mask": "generalize",
            "options": {"hierarchy": hierarchy(name), "finest": GROUPED},
        }
        for name in HIERARCHY_COLUMNS
    },
    "income_class": {
        "role": "sensitive",
        "mask": "keep",
        "options": {},
        "diversity": {"least": 2, "kind": "distinct"},
    },
}


def write(target: Path, rows: int | None) -> None:
    """Write the survey, or its first rows."""
    write_registered_survey(target, rows=rows)


SURVEY: Final = Goods(
    officer=OFFICER,
    description=DatasetDescription(
        title="普查登记样本 Registered census survey 1994",
        abstract=(
            "48,842 人对 1994 年人口普查调查的回答；旁边的姓名、证件号等均为虚构。 "
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
    smallest_class=SMALLEST_CLASS,
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
        "remaining_life_years": "4",
        "total_life_years": "5",
        "sources": {
            "components.preliminary": "Planning record of the bureau, 2025",
            "components.direct": "Quotation for interviews and data entry, 2025",
            "components.indirect": "Cost accounts of the bureau, 2025",
            "components.opportunity": "Budget comparison of the bureau, 2025",
            "components.tax": "Tax assessment of the bureau, 2025",
            "remaining_life_years": "Certificate of the right, less one year of ageing",
            "total_life_years": "Certificate of the right",
        },
    },
    offer=Offer(
        title="1994 年普查（匿名） Census survey 1994, anonymized",
        summary=(
            "约 48,000 人的年龄、性别、教育、职业、工时、婚姻与收入，每组至少三十人，不可区分。 "
            "Age, sex, education, occupation, working time, marital status and income class of "
            "some 48,000 people, in groups of at least thirty who cannot be told apart. One level "
            "a column, so that it can be counted with at once; no names and no numbers of persons."
        ),
        scenarios=(
            "保险精算：按年龄与职业估计收入分布 Actuarial tables: income by age and occupation\n"
            "教学与统计研究 Teaching and research in statistics\n"
            "检验脱敏方法 Trying methods of desensitization"
        ),
        price=Decimal("26800.00"),
        terms=Terms(
            purpose="精算与统计建模、研究 Actuarial and statistical models, and research",
            restrictions="不得识别个人，不得与个人数据关联。 "
            "No attempt to recognize a person, and no joining with data on persons.",
            licence_months=24,
            language=ContractLanguage.ENGLISH_FIRST.value,
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
    assessment={
        "purpose": "Statistics and models. Names and numbers are dropped, the rest is in groups.",
        "necessity": "A duty of the bureau by the Statistics Law; less detail tells nothing.",
        "risks": "That somebody is recognized in a group; attackers of the centre were not able.",
        "measures": "One level a column, groups of thirty, attackers; the contract forbids it.",
    },
)
