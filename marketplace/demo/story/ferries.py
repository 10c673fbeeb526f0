"""The ferries whose passengers are counted: data that goes on from week to week, about nobody."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

from marketplace.catalog.dataset.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.core import clock
from marketplace.demo.story.cast import PLATFORM, PLATFORM_OFFICER
from marketplace.demo.story.goods import Goods, Proof, Rule
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.right.choices import Right
from marketplace.trading.listings.listing.services import Offer
from marketplace.trading.listings.plans import Band, Metered, Subscription, Unit
from marketplace.trading.listings.terms.clauses.results import OnwardTransfer
from marketplace.trading.listings.terms.terms import Terms

LINES: Final = ("Z1", "Z2", "Z3", "S1", "S2", "N1", "N2", "W1")
NEW_LINE: Final = "W2"
"""A line that opens during the month: nobody has approved its code."""
DAYS: Final = 14
"""A table has the last fourteen days: each new one brings a week and leaves one out."""
SEED: Final = 20_251_129
COUNTED_ANEW: Final = 3
"""So many days later the passengers of a day are counted anew, by the tickets."""

_ANNOTATIONS: Final = (
    ColumnAnnotation("day", "日期 Day", "Day of the crossings"),
    ColumnAnnotation("line", "航线 Line", "Line of the ferry"),
    ColumnAnnotation("sailings", "航次 Sailings", "Crossings of the line that day"),
    ColumnAnnotation("passengers", "客流 Passengers", "Passengers on all crossings"),
    ColumnAnnotation("delay", "平均晚点 Mean delay", "Mean delay of the crossings", "min"),
)
KEY: Final = ("day", "line")
RULES: Final = (
    {"kind": "unique", "columns": list(KEY), "severity": "blocks"},
    {"kind": "present", "columns": ["passengers"], "severity": "blocks"},
    {
        "kind": "range",
        "columns": ["passengers"],
        "parameters": {"at_least": "0"},
        "severity": "blocks",
    },
    {"kind": "volume", "columns": [], "tolerance": {"share": "0.2"}, "severity": "warns"},
)
WEAKER_RULES: Final = (*RULES[:-1], {**RULES[-1], "tolerance": {"share": "0.3"}})
"""From when the new line runs, the number of rows differs more from week to week."""
_NOT_PERSONAL: Final[Rule] = {"role": "other", "mask": "keep", "options": {}}


def write_ferries(
    target: Path, newest: date, *, is_wrong: bool = False, lines: Sequence[str] = LINES
) -> Path:
    """Write the days up to one as CSV; `is_wrong` has a machine that counts below zero."""
    with target.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([annotation.name for annotation in _ANNOTATIONS])
        for back in range(DAYS - 1, -1, -1):
            day = newest - timedelta(days=back)
            for line in lines:
                drawn = Random(f"{SEED} {day} {line}")
                sailings = drawn.randint(18, 44)
                passengers = sailings * drawn.randint(40, 160)
                if back >= COUNTED_ANEW:
                    passengers += drawn.randint(-20, 20)
                if is_wrong and back == 0 and line == "S2":
                    passengers = -passengers // 100
                delay = drawn.randint(0, 90) / 10
                rows.writerow([day.isoformat(), line, sailings, passengers, delay])
    return target


def write(target: Path, rows: int | None) -> None:
    """Write the table as it was the day before the story's today."""
    write_ferries(target, clock.today() - timedelta(days=1))


FERRIES: Final = Goods(
    officer=PLATFORM_OFFICER,
    description=DatasetDescription(
        title="轮渡客流周报 Ferry passengers by line",
        abstract=(
            "港口各轮渡航线最近十四天的航次、客流与平均晚点；数据均为虚构，不涉及任何个人。 "
            "Sailings, passengers and mean delay of each ferry line of the harbour on each of the "
            "last fourteen days. A day's passengers are counted anew by the tickets three days "
            "later. All of it is invented; there is no personal information in it."
        ),
        theme=Theme.TRANSPORT,
        asset_kind=AssetKind.MARKET,
        source_kind=SourceKind.OWN_PRODUCTION,
        source_description="由码头闸机计数。 Counted at the gates of the landing stages.",
        legal_basis="Contract of the platform with the harbour of Lanwan, section 6",
        region="Lanwan",
        time_scope="The last fourteen days",
        update_frequency=UpdateFrequency.WEEKLY,
        contact=PLATFORM.contact,
        personal_basis=PersonalBasis.NONE,
    ),
    file_name="ferries.csv",
    write=write,
    annotations=_ANNOTATIONS,
    impacts=(),
    rules={annotation.name: _NOT_PERSONAL for annotation in _ANNOTATIONS},
    proof=Proof(
        kind=EvidenceKind.SOURCE,
        title="Record of the counting",
        file_name="counting.txt",
        text=(
            "Gates of the landing stages count who passes. Nobody is recognized, and nothing is "
            "kept but the number of each crossing.\n"
        ),
    ),
    industry="G",
    rights=frozenset({Right.HOLD.value, Right.USE.value, Right.OPERATE.value}),
    term_years=3,
    waiver="The platform counted at its own gates; a notice could reveal no better right.",
    costs={
        "components": {"preliminary": "2500.00", "direct": "21000.00", "indirect": "3500.00"},
        "cost_basis": "replacement",
        "remaining_life_years": "2",
        "total_life_years": "3",
        "sources": {
            "components.preliminary": "Planning record of the platform, 2025",
            "components.direct": "Working hours of the platform, 2025",
            "components.indirect": "Cost accounts of the platform, 2025",
            "remaining_life_years": "Certificate of the right, less one year of ageing",
            "total_life_years": "Certificate of the right",
        },
    },
    offer=Offer(
        title="轮渡客流周报（数据共享） Ferry passengers every week, as a shared table",
        summary=(
            "八条航线最近十四天的客流与晚点，每周更新，通过数据共享提供。 "
            "Each week the last fourteen days of eight lines, with passengers and mean delay, "
            "through Delta Sharing: earlier versions and what changed are had too."
        ),
        plan=Subscription(amount=Decimal("260.00"), period_months=1, periods=12),
        delivery_mode="sharing",
        terms=Terms(
            purpose="规划与定价 Planning and pricing",
            licence_months=12,
            onward_transfer=OnwardTransfer.NONE.value,
        ),
    ),
    goes_on=True,
)

BY_USE: Final = Offer(
    title="轮渡客流周报（按行计费） Ferry passengers every week, by the row",
    summary=(
        "八条航线最近十四天的客流，通过接口按行计费。 "
        "The last fourteen days of eight lines through the API, paid by the row: all of them, some "
        "of them, or only what has changed since you asked last."
    ),
    plan=Metered(unit=Unit.ROW.value, bands=(Band(0, Decimal("0.05")),), cap=Decimal("200.00")),
    delivery_mode="api",
    terms=FERRIES.offer.terms,
)
