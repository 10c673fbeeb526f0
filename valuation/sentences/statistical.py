"""Sentences about the sum of costs, perpetual inventory and growth."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "SHARES_REVERSED": ("In {field}, share_high is below share_low. Exchange them."),
    "STATISTICS_MISSING": (
        "Nothing to compute is given. Give one of: occupations, investment, V0 with VT and T."
    ),
}

WARNINGS: Final[dict[str, str]] = {}
