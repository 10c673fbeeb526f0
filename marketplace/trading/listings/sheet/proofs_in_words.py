"""What a listing's proofs found, in the reader's language: quality, risk, the way to the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from marketplace.appraisal.adapters import labels
from marketplace.preparation.report.presentation import Line, lines_of


@dataclass(frozen=True)
class QualityLine:
    """A characteristic of quality with what was counted; `share` is None where nothing was."""

    label: str
    counted: str
    share: float | None


@dataclass(frozen=True)
class SheetRisk:
    """What a sheet keeps of a risk report that passed."""

    figures: Mapping[str, Any]
    thresholds: Mapping[str, Any]
    quasi_identifiers: Sequence[str]
    failures: Sequence[str] = ()


def quality_lines(sheet: Mapping[str, Any], *, updates: str) -> list[QualityLine]:
    """List the six characteristics of GB/T 36344, those without a count too; none of an old sheet.

    `updates` says in words how often new data comes.
    """
    found = {one["code"]: one for one in sheet["quality"].get("dimensions", ())}
    if not found:
        return []
    received = date_format(date.fromisoformat(found["timeliness"]["day"]))
    return [
        _counted(_("Completeness"), _("cells are filled"), found["completeness"]),
        _counted(
            _("Normativity"), _("columns have a meaning that is explained"), found["normativity"]
        ),
        _counted(
            _("Consistency"),
            _("columns hold the type that is described"),
            found["consistency"],
        ),
        QualityLine(
            _("Timeliness"),
            _("The source came in on %(day)s. Updates: %(updates)s")
            % {"day": received, "updates": updates},
            None,
        ),
        QualityLine(
            _("Accuracy"), _("Not measured: there is nothing outside to compare it with"), None
        ),
        QualityLine(_("Accessibility"), _("Not measured: you see it at the delivery"), None),
    ]


def _counted(label: str, rule: str, one: Mapping[str, Any]) -> QualityLine:
    passed, total = int(one["passed"]), int(one["total"])
    counted = _("%(passed)s of %(total)s %(rule)s") % {
        "passed": number_format(passed, force_grouping=True),
        "total": number_format(total, force_grouping=True),
        "rule": rule,
    }
    return QualityLine(label, counted, passed / total if total else None)


def risk_lines(sheet: Mapping[str, Any]) -> list[Line]:
    """List the figures of the risk report beside what the centre asks."""
    risk = sheet["risk"]
    return lines_of(
        SheetRisk(
            figures=risk["figures"],
            thresholds=risk["thresholds"],
            quasi_identifiers=risk.get("quasi_identifiers", ()),
        )
    )


def formula_in_words(sheet: Mapping[str, Any]) -> str:
    """Return the formula of the valuation with its figures named, "" of an old sheet."""
    formula = sheet["valuation"].get("formula", "")
    return labels.formula_in_words(formula) if formula else ""
