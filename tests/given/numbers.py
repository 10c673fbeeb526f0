"""A release in which numbers of every kind were masked in every way that leaves them numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from marketplace.delivery.grant.models import Grant
from tests.given import delivery, preparation, trading
from tests.given.shelf import kept
from tests.given.world import World

ROWS = 240
AGES = [[str(age), "30" if age < 40 else "50", "*"] for age in range(20, 60)]
HEIGHTS = [[f"1.{step}", "1.55" if step < 7 else "1.75", "*"] for step in range(5, 9)]
DAYS = [[f"2026-03-{day:02}", f"2026-03-{1 if day < 16 else 16:02}", "*"] for day in range(1, 32)]

MASKS: Mapping[str, dict[str, Any]] = {
    "age": {
        "role": "quasi", "mask": "generalize", "options": {"hierarchy": AGES, "finest": 1}
    },
    "height": {"mask": "hierarchy", "options": {"hierarchy": HEIGHTS, "level": 1}},
    "began": {"mask": "hierarchy", "options": {"hierarchy": DAYS, "level": 1}},
    "visits": {"mask": "keep", "options": {}},
    "litres": {"mask": "keep", "options": {}},
    "hours": {"mask": "top_bottom_code", "options": {"top": 50}},
    "charge": {"mask": "top_bottom_code", "options": {"top": 80.5}},
    "steps": {"mask": "add_noise", "options": {"scale": 20}},
    "weight": {"mask": "add_noise", "options": {"scale": 1.5}},
    "score": {"mask": "microaggregate", "options": {"size": 5}},
    "rank": {"mask": "swap", "options": {}},
    "share": {"mask": "swap", "options": {}},
    "place": {"mask": "truncate_coordinates", "options": {"decimals": 1}},
    "distance": {"mask": "generalize_bins", "options": {"width": 20}, "from_to": True},
}  # fmt: skip
"""What is done to each column: all but `began` are numbers, before and after."""

NUMBERS = (
    *(name for name in MASKS if name not in ("began", "distance")),
    *("distance_from", "distance_to"),
)


@cache
def measured() -> str:
    """Make up what was measured as CSV; every seventh row says nothing of visits and litres."""
    random = np.random.default_rng(5)
    lines = [",".join(MASKS)]
    for row in range(ROWS):
        whole = random.integers(0, 100, 8)
        said = row % 7 > 0
        cells = (
            20 + whole[0] % 40,
            f"1.{5 + whole[1] % 4}",
            f"2026-03-{1 + whole[2] % 31:02}",
            whole[3] if said else "",
            f"{whole[4] / 4:.2f}" if said else "",
            whole[5] % 70,
            f"{whole[6]}.5",
            1000 + 13 * whole[7],
            f"{60 + whole[0] / 10:.1f}",
            f"{whole[1] / 10:.1f}",
            1 + whole[2],
            f"{whole[3] / 100:.2f}",
            f"{26.1 + whole[4] % 20 / 100:.4f}",
            7 * whole[5] if said else "",
        )
        lines.append(",".join(map(str, cells)))
    return "\n".join(lines) + "\n"


@kept
def granted(world: World) -> Grant:
    """Open the release to its buyer as a file."""
    source = preparation.classified_version(world, table=measured(), title="Measured")
    document = preparation.policy_document(source, **MASKS)
    version = preparation.masked(world, source, document=document)
    trading.valued(world, version)
    listing = trading.published(world, version=version)
    return delivery.granted(world, trading.paid(world, trading.placed(world, listing)))
