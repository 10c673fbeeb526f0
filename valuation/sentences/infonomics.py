"""Sentences about infonomics."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "models-never-added": (
        "A total of infonomics models is asked for. IVI, BVI and PVI are indices and no money, and "
        "CVI, MVI and EVI see the same data from three sides: read each by itself."
    ),
    "model-missing": (
        "No model is complete. Give the inputs of one of: IVI (lifecycle_months), BVI (relevance), "
        "PVI (kpi), CVI (expense), MVI (exclusive_price), EVI (revenue_informed)."
    ),
}

WARNINGS: Final[dict[str, str]] = {
    "models-side-by-side": (
        "Several models are answered. They stand side by side: never add them up, and never "
        "average an index with money."
    ),
    "model-negative": (
        "A figure is below 0: the data brought less than it cost, or made a figure worse. Check "
        "the inputs before concluding so."
    ),
}
