"""Plans of acceptance sampling as data. Pure: no models, no files.

Source: GB/T 2828.1-2012 (ISO 2859-1:1999), table 1 (general inspection level II) and table 2-A
(single sampling, normal inspection), for the lots and the quality limits that occur here. Where the
table points with an arrow to another plan, that plan stands in its place.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.choices import named_in_api

SOURCE: Final = "GB/T 2828.1-2012"


@named_in_api("LabellingQualityLimit")
class QualityLimit(TextChoices):
    """The acceptance quality limit (AQL), in wrong labels per hundred."""

    STRICT = "2.5", _("2.5 wrong labels per hundred")
    USUAL = "4.0", _("4.0 wrong labels per hundred")
    WIDE = "6.5", _("6.5 wrong labels per hundred")


@dataclass(frozen=True)
class SamplingPlan:
    """So many of a lot are looked at; with at most `accept` wrong ones it is accepted."""

    size: int
    accept: int


PLANS: Final[dict[str, tuple[tuple[int, SamplingPlan], ...]]] = {
    QualityLimit.STRICT: (
        (8, SamplingPlan(5, 0)),
        (15, SamplingPlan(5, 0)),
        (25, SamplingPlan(5, 0)),
        (50, SamplingPlan(5, 0)),
        (90, SamplingPlan(20, 1)),
        (150, SamplingPlan(20, 1)),
    ),
    QualityLimit.USUAL: (
        (8, SamplingPlan(3, 0)),
        (15, SamplingPlan(3, 0)),
        (25, SamplingPlan(3, 0)),
        (50, SamplingPlan(13, 1)),
        (90, SamplingPlan(13, 1)),
        (150, SamplingPlan(20, 2)),
    ),
    QualityLimit.WIDE: (
        (8, SamplingPlan(2, 0)),
        (15, SamplingPlan(2, 0)),
        (25, SamplingPlan(8, 1)),
        (50, SamplingPlan(8, 1)),
        (90, SamplingPlan(13, 2)),
        (150, SamplingPlan(20, 3)),
    ),
}
"""By quality limit: for lots of up to so many, the plan."""


def plan_for(lot: int, limit: str) -> SamplingPlan:
    """Return the plan for a lot; a lot that is no larger than its sample is looked at whole."""
    plan = next(plan for most, plan in PLANS[limit] if lot <= most)
    return SamplingPlan(min(plan.size, lot), plan.accept)
