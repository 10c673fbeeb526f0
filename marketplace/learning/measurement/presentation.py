"""What was measured, as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.core import Actor
from marketplace.learning.measurement.figures import half_of_lift
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.selectors import measurements_left
from marketplace.learning.run.choices import FamilyChoice
from marketplace.learning.training.offered import Offered
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.measuring.models import MeasuringTerms
from marketplace.web.charts import noisy_bars
from marketplace.web.shares import percent


@dataclass(frozen=True)
class Measured:
    """The figures of a measurement in words and a chart; what they cannot tell, in `verdict`."""

    baseline: str
    lift: str
    interval: str
    verdict: str
    rows: list[dict[str, str]]
    chart: SafeString | str


def measured_view(measurement: Measurement) -> Measured | None:
    """Word the figures of a measurement; None while there are none."""
    result = measurement.result
    if result is None:
        return None
    rows = [{**_worded(one), "source": _source(one["source"])} for one in result["source_values"]]
    bars = [
        (
            _source(one["source"]),
            100 * float(one["value"]),
            100 * float(one["low"]),
            100 * float(one["high"]),
        )
        for one in result["source_values"]
    ]
    title = _("Value of each source, in points of a hundred")
    lift = _worded(result["lift"])
    return Measured(
        baseline=percent(float(result["baseline"])),
        lift=lift["value"],
        interval=lift["interval"],
        verdict=_verdict(result["lift"]),
        rows=rows,
        chart=noisy_bars(bars, title=title) if len(bars) > 1 else "",
    )


def measurement_facts(measurement: Measurement) -> list[tuple[str, str]]:
    """Return what was declared, each with its name."""
    one, result, facts = measurement.declared, measurement.result, []
    if result is not None:
        facts = [
            (
                _("Your own rows"),
                number_format(result["own_rows"], force_grouping=True),
            ),
            (
                _("Your rows held out"),
                number_format(result["hold_out_rows"], force_grouping=True),
            ),
            (_("Parts of the rows on offer"), number_format(result["parts"])),
        ]
    return [
        (_("Target"), one.target),
        (_("Features"), ", ".join(each.name for each in one.features)),
        (_("Family"), str(FamilyChoice(one.family).label)),
        (_("Seed"), str(one.seed)),
        *facts,
        (
            _("ε of each measurement") if measurement.charged_at is None else _("ε spent"),
            f"{measurement.epsilon.normalize():f}",
        ),
    ]


def expected_facts(listing: Listing, terms: MeasuringTerms, by: Actor) -> list[tuple[str, str]]:
    """Return what a buyer reads before measuring: what it takes, and how exact it will be."""
    parts = Offered(listing.revision.version.rows).parts
    noise = 100 * half_of_lift(parts, terms.epsilon)
    facts = [
        (_("ε of each measurement"), f"{terms.epsilon.normalize():f}"),
        *_lines_of_rest(listing, terms, by),
        (_("Parts of the rows on offer"), number_format(parts)),
        (
            _("Noise of the lift"),
            _("± %(points)s points of a hundred, in 19 of 20 measurements")
            % {"points": number_format(Decimal(f"{noise:.2g}"))},
        ),
    ]
    if terms.sources:
        facts.append((_("Valued each by itself"), ", ".join(terms.sources)))
    return facts


def _lines_of_rest(listing: Listing, terms: MeasuringTerms, by: Actor) -> list[tuple[str, str]]:
    if by.organization_id is None:
        return []
    left = measurements_left(listing, by.organization_id, terms)
    return [(_("Measurements left to you"), number_format(left))]


def _source(name: str) -> str:
    return name or _("All rows on offer")


def _worded(figure: Mapping[str, Any]) -> dict[str, str]:
    return {
        "value": _points(figure["value"]),
        "interval": _("%(low)s to %(high)s")
        % {"low": _points(figure["low"]), "high": _points(figure["high"])},
    }


def _points(written: str) -> str:
    """Write a share in points of a hundred, with its sign."""
    points = 100 * Decimal(written)
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{number_format(abs(points), decimal_pos=2)}"


def _verdict(lift: Mapping[str, str]) -> str:
    if Decimal(lift["low"]) > 0:
        return _("Even one part of the rows on offer is shown to add to yours.")
    if Decimal(lift["high"]) < 0:
        return _("A part of the rows on offer is shown to take away from yours.")
    return _("Within the noise nothing is shown: it may add or take away.")
