"""The charts and tables of the regions' figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.choices import Theme
from marketplace.desk.selectors.regions import Figures, Regions
from marketplace.web.charts import bars, curves

MOST_BARS = 12
CURVE_HEIGHT = 200


@dataclass(frozen=True)
class Line:
    label: str
    figures: Figures


@dataclass(frozen=True)
class Picture:
    """Charts of one question, and the table behind them; `unit` is what they compare, if one."""

    title: str
    unit: str
    heading: str
    charts: tuple[SafeString, ...]
    lines: tuple[Line, ...]


def pictures_of(regions: Regions, *, measure: str, label: str) -> list[Picture]:
    """Draw the months, the themes and the regions; `measure` is what the latter two compare."""
    months = [Line(month_text(month), figures) for month, figures in regions.by_month().items()]
    themes = [
        Line(str(Theme(theme).label), figures) for theme, figures in regions.by_theme().items()
    ]
    places = [Line(region, figures) for region, figures in regions.by_region().items()]
    unit = f"{label} ({regions.currency})" if measure in MONEY else label
    return [
        Picture(_("By month"), "", _("Month"), _curves(months, regions.currency), tuple(months)),
        Picture(_("By theme"), unit, _("Theme"), (_bars(themes, measure, unit),), tuple(themes)),
        Picture(_("By region"), unit, _("Region"), (_bars(places, measure, unit),), tuple(places)),
    ]


MONEY = frozenset({"income", "to_providers", "value"})


def month_text(month: date) -> str:
    """Write a month as in ISO 8601."""
    return month.strftime("%Y-%m")


def _curves(months: list[Line], currency: str) -> tuple[SafeString, ...]:
    money = {
        _("Income from trades"): [(line.label, line.figures.income) for line in months],
        _("Released to providers"): [(line.label, line.figures.to_providers) for line in months],
    }
    counts = {
        _("Assets registered"): [(line.label, line.figures.assets) for line in months],
        _("Rights certified"): [(line.label, line.figures.certified) for line in months],
        _("Valuations in force"): [(line.label, line.figures.valued) for line in months],
        _("Trades settled"): [(line.label, line.figures.traded) for line in months],
    }
    return (
        curves(
            money,
            title=_("Income by month"),
            x_title=_("Month"),
            y_title=currency,
            height=CURVE_HEIGHT,
        ),
        curves(
            counts,
            title=_("Assets, rights, valuations and trades by month"),
            x_title=_("Month"),
            y_title=_("How many"),
            height=CURVE_HEIGHT,
            counts=True,
        ),
    )


def _bars(lines: Iterable[Line], measure: str, unit: str) -> SafeString:
    """Draw the greatest, and the rest as one bar."""
    pairs = [(line.label, getattr(line.figures, measure)) for line in lines]
    ordered = sorted((pair for pair in pairs if pair[1]), key=lambda pair: pair[1], reverse=True)
    shown, rest = ordered[:MOST_BARS], ordered[MOST_BARS:]
    if rest:
        shown.append((_("All others"), sum(number for _label, number in rest)))
    return bars(shown, title=unit)
