"""Sentences about infonomics."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "MODELS_NEVER_ADDED": (
        "A total of infonomics models is asked for. IVI, BVI and PVI are indices and no money, and "
        "CVI, MVI and EVI see the same data from three sides: read each by itself."
    ),
    "MODEL_MISSING": (
        "No model is complete. Give the inputs of one of: IVI (lifecycle_months), BVI (relevance), "
        "PVI (kpi), CVI (expense), MVI (exclusive_price), EVI (revenue_informed)."
    ),
}

WARNINGS: Final[dict[str, str]] = {
    "MODELS_SIDE_BY_SIDE": (
        "Several models are answered. They stand side by side: never add them up, and never "
        "average an index with money."
    ),
    "MODEL_NEGATIVE": (
        "A figure is below 0: the data brought less than it cost, or made a figure worse. Check "
        "the inputs before concluding so."
    ),
}
