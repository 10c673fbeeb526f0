"""Build what the benchmark of the appraisal pages looks at."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

from marketplace.accounts.models import Person
from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.models import Appraisal, Comparable, Purpose
from marketplace.appraisal.appraisal.services import draft_appraisal
from marketplace.catalog.dataset.choices import Theme
from marketplace.core import clock
from tests.given import appraisal as given
from tests.given.world import World, build_world

YEARS = 10
OPTION = {"present_value": 1800000, "launch_cost": 2000000, "r": "0.03", "sigma": "0.45", "T": 2}


@dataclass(frozen=True)
class Appraised:
    """An officer, and their valuation by two approaches with an option beside."""

    officer: Person
    appraisal: Appraisal


def appraised(trades: int) -> Appraised:
    """Found a centre, keep past trades, and draft a valuation by cost and income."""
    build_world()
    world = World()
    dataset = given.valuable(world)
    themes = [theme.value for theme in Theme]
    Comparable.objects.bulk_create(
        (
            Comparable(
                trade_digest=sha256(str(number).encode()).hexdigest(),
                theme=dataset.theme if number % 3 == 0 else themes[number % len(themes)],
                asset_kind=dataset.asset_kind,
                rows=1000 + number % 977,
                column_count=5 + number % 20,
                quality=Decimal("0.95"),
                is_exclusive=number % 5 == 0,
                price=Decimal(10_000 + number * 13 % 90_000),
                currency="CNY",
                settled_on=clock.today() - timedelta(days=number % 1000),
            )
            for number in range(trades)
        ),
        batch_size=1000,
    )
    income = {
        "income": [100_000 - 5_000 * year for year in range(YEARS)],
        "rf": "0.0235",
        "premia": {"management": "0.025", "circulation": "0.02", "data_security": "0.018"},
        "income_rights": "operate",
        "flow_basis": "post_tax",
        "rate_basis": "post_tax",
        "sources": {
            **{f"premia.{name}": "Judgement" for name in ("management", "circulation")},
            "premia.data_security": "Judgement",
            "income": "Licences",
            "rf": "Bond",
        },
    }
    option = {**OPTION, "sources": dict.fromkeys(OPTION, "Business plan")}
    appraisal = draft_appraisal(
        dataset.pk,
        approaches=[
            GivenApproach("cost", given.inputs(), Decimal("0.4"), "Vouchers for every line"),
            GivenApproach("income", income, Decimal("0.6"), "Two years of licences"),
            GivenApproach("options", option),
        ],
        purpose=Purpose.TRADE,
        by=world.actor("officer"),
    )
    return Appraised(world.person("officer"), appraisal)
