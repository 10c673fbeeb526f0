"""What a jurisdiction asks of the price of public data: data files, one a place, in `profiles/`."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.conf import settings

PROFILES = Path(__file__).parent / "profiles"


@dataclass(frozen=True)
class CeilingProfile:
    """The permitted profit as a share of the operating cost, and how long a period may be.

    `public_kinds` are the asset kinds (`catalog.dataset.choices.AssetKind`) that count as public
    data.
    """

    permitted_profit_rate: Decimal
    longest_period_months: int
    public_kinds: frozenset[str]


@cache
def ceiling_profile(jurisdiction: str = "") -> CeilingProfile:
    """Load the rules of a jurisdiction; the centre's own when none is named."""
    path = PROFILES / f"{jurisdiction or settings.CENTRE['JURISDICTION']}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return CeilingProfile(
        permitted_profit_rate=Decimal(data["permitted_profit_rate"]),
        longest_period_months=data["longest_period_months"],
        public_kinds=frozenset(data["public_kinds"]),
    )


def is_public_data(asset_kind: str) -> bool:
    """Return whether data of this kind is public data, whose price has a ceiling."""
    return asset_kind in ceiling_profile().public_kinds
