"""Sentences about infonomics."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "models-never-added": _(
        "A total of infonomics models is asked for. IVI, BVI and PVI are indices and no money, and "
        "CVI, MVI and EVI see the same data from three sides: read each by itself."
    ),
    "model-missing": _(
        "No model is complete. Give the inputs of one of IVI, BVI, PVI, CVI, MVI and EVI."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "models-side-by-side": _(
        "Several models are answered. They stand side by side: never add them up, and never "
        "average an index with money."
    ),
    "model-negative": _(
        "A figure is below 0: the data brought less than it cost, or made a figure worse. Check "
        "the inputs before concluding so."
    ),
}
