"""Goods of a few dozen rows about nobody: what differs between them, and nothing else."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from marketplace.demo.story.cast import Part
from marketplace.demo.story.goods import Goods, Proof, Rule
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.right.choices import Right
from marketplace.trading.listings.listing.services import Offer
from marketplace.trading.listings.sandbox.services import SandboxOffer

ROWS: Final = 60
_FIRST: Final = date(2025, 1, 1)
_KEPT: Final[Rule] = {"role": "other", "mask": "keep", "options": {}}

Draw = Callable[[Random, int], object]


@dataclass(frozen=True)
class Drawn:
    """A column with its annotation, and how the cell of a row is drawn."""

    name: str
    label: str
    meaning: str
    draw: Draw
    unit: str = ""


def days(label: str = "日期 Day") -> Drawn:
    """Return a column of days, one a row."""
    return Drawn("day", label, "Day that is counted", lambda _drawn, row: _FIRST + timedelta(row))


def one_of(name: str, label: str, meaning: str, values: Sequence[str]) -> Drawn:
    """Return a column of names, by turns."""
    return Drawn(name, label, meaning, lambda _drawn, row: values[row % len(values)])


def number(name: str, label: str, meaning: str, unit: str, least: int, most: int) -> Drawn:
    """Return a column of whole numbers."""
    return Drawn(name, label, meaning, lambda drawn, _row: drawn.randint(least, most), unit)


@dataclass(frozen=True)
class Small:
    """What an officer says of a small table; the rest is the same for all of them."""

    officer: Part
    title: str
    abstract: str
    theme: Theme
    columns: tuple[Drawn, ...]
    offer: Offer
    industry: str = "G"
    worth: Decimal = Decimal(24_000)
    """What it cost to make, of which the valuation goes out."""
    answers: SandboxOffer | None = None


def goods_of(small: Small) -> Goods:
    house = small.officer.house
    return Goods(
        officer=small.officer,
        description=DatasetDescription(
            title=small.title,
            abstract=f"{small.abstract} 表中数据均为虚构，不涉及任何个人。"
            " All of it is invented; there is no personal information in it.",
            theme=small.theme,
            asset_kind=AssetKind.MARKET,
            source_kind=SourceKind.OWN_PRODUCTION,
            source_description="由本单位设备计量。 Measured by devices of the organization's own.",
            legal_basis="本单位生产经营记录 Records of the organization's own work",
            region="Lanwan",
            time_scope="2025",
            update_frequency=UpdateFrequency.YEARLY,
            contact=house.contact,
            personal_basis=PersonalBasis.NONE,
        ),
        file_name="table.csv",
        write=lambda target, _rows: write(small, target),
        annotations=tuple(
            ColumnAnnotation(column.name, column.label, column.meaning, column.unit)
            for column in small.columns
        ),
        impacts=(),
        rules={column.name: _KEPT for column in small.columns},
        proof=Proof(
            kind=EvidenceKind.SOURCE,
            title="计量记录 Record of the measuring",
            file_name="measuring.txt",
            text="本单位设备自动计量，不识别任何人。 "
            "Devices of the organization measure; nobody is recognized.\n",
        ),
        industry=small.industry,
        rights=frozenset({Right.HOLD.value, Right.USE.value, Right.OPERATE.value}),
        term_years=3,
        waiver="数据由本单位自行计量，无其他权利人。 "
        "Measured by its own devices; nobody else has a right.",
        costs=_costs(small.worth),
        offer=small.offer,
        answers=small.answers,
    )


def write(small: Small, target: Path) -> None:
    """Write the table as CSV; the same every time."""
    with target.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([column.name for column in small.columns])
        for row in range(ROWS):
            drawn = Random(f"{small.title} {row}")
            rows.writerow([column.draw(drawn, row) for column in small.columns])


def _costs(worth: Decimal) -> dict[str, object]:
    parts = {"preliminary": worth / 10, "direct": worth * 8 / 10, "indirect": worth / 10}
    sources = {
        "components.preliminary": "立项记录 Planning record, 2025",
        "components.direct": "工时记录 Working hours, 2025",
        "components.indirect": "成本账 Cost accounts, 2025",
        "remaining_life_years": "登记证书 Certificate of the right, less one year of ageing",
        "total_life_years": "登记证书 Certificate of the right",
    }
    return {
        "components": {name: f"{part:.2f}" for name, part in parts.items()},
        "cost_basis": "replacement",
        "remaining_life_years": "2",
        "total_life_years": "3",
        "sources": sources,
    }
