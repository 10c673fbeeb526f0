"""What a sheet says of a trained model: what goes in and comes out, and how well it does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.preparation.report.models import RiskReport
from marketplace.web.shares import count

FIGURES: dict[str, str | Promise] = {
    "accuracy": gettext_lazy("Share of right labels"),
    "macro_f1": gettext_lazy("Macro F1"),
    "log_loss": gettext_lazy("Log loss"),
}
NAMED_LABELS = 12


@dataclass(frozen=True)
class ScoreLine:
    """A figure with its interval of 95 % and the baseline's."""

    name: str
    value: str
    interval: str
    baseline: str
    decides: bool


def score_lines(scores: Mapping[str, Any]) -> list[ScoreLine]:
    """List what was measured of a model beside its baseline."""
    lines = []
    for name, label in FIGURES.items():
        measured = scores["measured"][name]
        low, high = (_short(measured[end]) for end in ("low", "high"))
        lines.append(
            ScoreLine(
                name=str(label),
                value=_short(measured["value"]),
                interval=f"{low} – {high}",
                baseline=_short(scores["baseline"][name]),
                decides=name == scores["metric"],
            )
        )
    return lines


def interval_reason(scores: Mapping[str, Any]) -> str:
    """Say why intervals are wide where whole groups are drawn again; "" where rows are."""
    rows = scores["rows"]
    # Sheets that were frozen before say no units.
    units = scores.get("units", rows)
    if units >= rows:
        return ""
    return _(
        "Whole groups were held out, so whole groups are drawn again for the intervals: %(rows)s "
        "rows are of %(units)s groups. The fewer groups, the wider the interval."
    ) % {"rows": count(rows), "units": count(units)}


def model_of_sheet(report: RiskReport) -> dict[str, Any]:
    """Return what a sheet will say of a model, for who decides on it."""
    return {"model": report.figures, **scored(report.figures["scores"])}


def scored(scores: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page shows of the scores of a model."""
    return {"model_scores": score_lines(scores), "interval_reason": interval_reason(scores)}


def model_in_words(sheet: Mapping[str, Any]) -> list[str]:
    """Say what a model tells from what, and what that is worth."""
    model = sheet["model"]
    scores, words = model["scores"], {one["name"]: one["label"] for one in sheet["columns"]}
    target = model["target"]
    features = [label or name for name, label in words.items() if name != target]
    told = next(line for line in score_lines(scores) if line.decides)
    labels = _(", ").join(model["labels"][:NAMED_LABELS])
    if len(model["labels"]) > NAMED_LABELS:
        labels += _(" and others")
    return [
        _("From %(features)s it tells “%(target)s”: %(labels)s.")
        % {
            "features": _(", ").join(features),
            "target": words.get(target) or target,
            "labels": labels,
        },
        _(
            "Trained on %(rows)s rows. On %(held)s others that it never saw: %(figure)s %(value)s "
            "(%(interval)s), where guessing reaches %(baseline)s."
        )
        % {
            "rows": count(scores["trained_on"]),
            "held": count(scores["rows"]),
            "figure": told.name,
            "value": told.value,
            "interval": told.interval,
            "baseline": told.baseline,
        },
    ]


def _short(value: float) -> str:
    return number_format(round(value, 3), 3)
