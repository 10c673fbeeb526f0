"""A synthetic copy of the survey: rows of nobody, drawn under differential privacy."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from marketplace.catalog.dataset.choices import SourceKind
from marketplace.demo.story.goods import PublicCost, Rule
from marketplace.demo.story.hierarchies import HIERARCHY_COLUMNS, hierarchy
from marketplace.demo.story.identities import write_registered_survey
from marketplace.demo.story.survey import SURVEY
from marketplace.trading.listings.listing.services import Offer
from marketplace.trading.listings.terms.clauses.results import OnwardTransfer
from marketplace.trading.listings.terms.terms import Terms

# Cut where the questionnaire and the labour statistics cut, without a look at an answer. Within a
# step every number is as likely.
_STEPS: Final[dict[str, list[int]]] = {
    "age": [17, 20, 23, 25, 28, 30, 33, 35, 38, 40, 45, 50, 55, 60, 65, 70, 90],
    "hours_per_week": [1, 20, 30, 35, 40, 41, 46, 51, 61, 99],
}
# What the survey's codebook lists; the same words as the hierarchies were made of.
_VALUES: Final[dict[str, list[str]]] = {
    **{
        name: [row[0] for row in hierarchy(name)]
        for name in HIERARCHY_COLUMNS
        if name not in _STEPS
    },
    "income_class": ["<=50K", ">50K"],
}
DRAWN: Final = (*_STEPS, *_VALUES)

_ROLES: Final = {name: rule["role"] for name, rule in SURVEY.rules.items()}
RULES: Final[dict[str, Rule]] = {
    name: {"role": role, "mask": "keep" if name in DRAWN else "drop", "options": {}}
    for name, role in _ROLES.items()
}

ROWS: Final = 30_000
"""With fewer each guess of a value that is mostly guessed right tells attackers' judge too little;
each draw for them takes as long as there are rows."""


def write(target: Path, rows: int | None) -> None:
    """Write the first rows of the registered survey."""
    write_registered_survey(target, rows=min(rows or ROWS, ROWS))


SURVEY_COPY: Final = replace(
    SURVEY,
    description=replace(
        SURVEY.description,
        title="普查合成副本 Synthetic copy of the census",
        abstract=(
            "普查中 30,000 份回答的合成副本：在差分隐私下抽取，每一行都不属于任何人。 "
            "30,000 answers of the survey, and a synthetic copy of them goes out: rows of nobody, "
            "drawn from counts of pairs of columns with noise, so that whoever has it learns "
            "hardly more of a person than without that person's answer (ε = 1). The identities "
            "beside the answers are invented, and none is part of the copy."
        ),
        source_kind=SourceKind.AUTHORIZED_COLLECTION,
    ),
    file_name="registered-survey-to-copy.csv",
    write=write,
    rules=RULES,
    smallest_class=5,
    synthetic={
        "epsilon": "1",
        "delta": "0.000000001",
        "domains": {
            **{name: {"values": values, "missing": False} for name, values in _VALUES.items()},
            **{name: {"edges": edges, "missing": False} for name, edges in _STEPS.items()},
        },
    },
    costs={
        **SURVEY.costs,
        "components": {
            "preliminary": "12000.00",
            "direct": "96000.00",
            "indirect": "18000.00",
            "opportunity": "8000.00",
            "tax": "2100.00",
        },
        "sources": {
            **dict.fromkeys(
                (
                    "components.preliminary",
                    "components.direct",
                    "components.indirect",
                    "components.opportunity",
                ),
                "Share of the survey's cost by the bureau's cost accounts, 2025",
            ),
            "components.tax": "Tax assessment of the bureau, 2025",
            "remaining_life_years": "Certificate of the right, less one year of ageing",
            "total_life_years": "Certificate of the right",
        },
    },
    offer=Offer(
        title="1994 年普查（合成副本） Census survey 1994, synthetic copy",
        summary=(
            "合成数据，每一行都不属于任何人，供试验程序与模型。 "
            "Age, sex, education, occupation, working time, marital status and income class in "
            "the survey's own words, finer than in the anonymized survey. Every row is drawn and "
            f"belongs to nobody: {len(DRAWN)} columns to try programs and models on. Pairs of "
            "columns lie as in the survey; a rare combination may be an invention of the noise."
        ),
        price=Decimal("4200.00"),
        terms=Terms(
            purpose="教学、程序试验与模型初稿 "
            "Teaching, trials of programs, and models in their first draft",
            restrictions="不得以单行推断个人。 No statement about people by single rows.",
            licence_months=36,
            onward_transfer=OnwardTransfer.ALLOWED.value,
        ),
    ),
    public_cost=PublicCost(
        operating_cost=Decimal("82000.00"),
        operating_cost_source="Cost accounts of the bureau, 2025",
        tax=Decimal("4900.00"),
        tax_source="Tax assessment of the bureau, 2025",
        expected_units=20,
        expected_units_source="Letters of intent of universities and software houses",
    ),
    assessment={
        "purpose": "Teaching and trials of programs. Every row is drawn and belongs to nobody.",
        "necessity": "Programs are tried without the rows of persons.",
        "risks": "That rows tell who was in the survey; the budget of privacy bounds it.",
        "measures": "Drawn with differential privacy, compared with copies without some people.",
    },
)
