"""Sentences about real options."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "above-sense": _("“%(field)s” is %(given)s. Give at most %(most)s: rates are ratios a year."),
    "option-never-added": _(
        "An option value is never added to the static net present value, which it holds already. "
        "Read both beside each other."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "option-beside-static": _(
        "The option value stands beside the static net present value: never quote it alone and "
        "never add the two."
    ),
    "sigma-without-evidence": _(
        "Nothing says where the volatility comes from, and the value follows from it. Write down "
        "the evidence, such as comparables or a simulation."
    ),
}
