"""The form of the income approach in its variants."""

from __future__ import annotations

from typing import ClassVar

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.adapters import FIGURES
from marketplace.appraisal.forms.approach import ApproachForm
from marketplace.appraisal.forms.lines import Group, Line
from marketplace.appraisal.models import Method

YEARLY = _("One number a line: the first line is the first year after the valuation date.")
PERCENT = _("In percent, one number a line: data ages, so let the share fall.")
TAX_BASES = (("post_tax", _("after tax")), ("pre_tax", _("before tax")))
ASSETS = {
    "working_capital": _("Working capital"),
    "fixed_assets": _("Fixed assets"),
    "software": _("Software"),
    "workforce": _("Workforce"),
}
PREMIA = {
    "rf": _("What a government bond of the same term earns."),
    "premia.management": _("That the holder runs the business worse than planned."),
    "premia.circulation": _("That the data finds no buyer or use."),
    "premia.data_security": _("That the data leaks or is lost."),
    "premia.regulatory": _("That rules change."),
}
LIMITS = {
    "life_limits.legal_term": _("How long the right still holds."),
    "life_limits.contract": _("How long a contract lets the data be used, if one does."),
    "life_limits.timeliness": _("How long the data stays timely."),
    "life_limits.product_cycle": _("How long the product that uses it is sold."),
}


class IncomeForm(ApproachForm):
    """The inputs of the income approach; the group that is filled in says which variant."""

    method: ClassVar[Method] = Method.INCOME
    groups: ClassVar[tuple[Group, ...]] = (
        Group(
            _("What the data earns"),
            _("Fill in one way only: the income of the data itself, or one of those below."),
            (
                Line(
                    "income_rights",
                    _("Where the income comes from"),
                    _("Income can be counted only if the right behind it is held."),
                    has_source=False,
                    is_required=True,
                    choices=(
                        ("operate", _("Sales or licences: the right to operate")),
                        ("use", _("Own use and savings: the right to use")),
                    ),
                ),
                Line("income", _("Income a year"), YEARLY, is_series=True),
                Line(
                    "split_rates",
                    _("Share of the data in that income"),
                    PERCENT,
                    is_series=True,
                    is_percent=True,
                ),
            ),
        ),
        Group(
            _("With and without the data"),
            _("What is earned with the data, less what would be earned without it."),
            (
                Line("income_with", FIGURES["income_with"], YEARLY, is_series=True),
                Line("income_without", FIGURES["income_without"], YEARLY, is_series=True),
            ),
            is_folded=True,
        ),
        Group(
            _("Excess earnings"),
            _("What a whole business earns, less what its other assets have to earn."),
            (
                Line("total_income", FIGURES["total_income"], YEARLY, is_series=True),
                *(
                    line
                    for name, label in ASSETS.items()
                    for line in (
                        Line(
                            f"contributory_assets.{name}.balance",
                            format_lazy(_("{asset}: balance a year"), asset=label),
                            YEARLY,
                            is_series=True,
                        ),
                        Line(
                            f"contributory_assets.{name}.rate",
                            format_lazy(_("{asset}: rate in percent a year"), asset=label),
                            is_percent=True,
                        ),
                    )
                ),
            ),
            is_folded=True,
        ),
        Group(
            _("How it is discounted"),
            _("The rate is the sum of these, in percent a year. Leave out what is no risk here."),
            (
                *(
                    Line(path, FIGURES[path], help_text, is_percent=True, is_required=path == "rf")
                    for path, help_text in PREMIA.items()
                ),
                Line(
                    "convention",
                    FIGURES["convention"],
                    has_source=False,
                    is_required=True,
                    choices=(("end", _("At the end of each year")), ("mid", _("Over the year"))),
                ),
                Line(
                    "flow_basis",
                    FIGURES["flow_basis"],
                    _("Flows and rate are both before or both after income tax."),
                    has_source=False,
                    is_required=True,
                    choices=TAX_BASES,
                ),
                Line(
                    "rate_basis",
                    FIGURES["rate_basis"],
                    has_source=False,
                    is_required=True,
                    choices=TAX_BASES,
                ),
            ),
        ),
        Group(
            _("How long it earns"),
            _("In years. The least of these counts: no data earns for ever."),
            tuple(
                Line(path, FIGURES[path.split(".")[-1]], help_text, is_required="legal" in path)
                for path, help_text in LIMITS.items()
            ),
        ),
    )

    def source_key(self, line: Line) -> str:
        """Return the name of the figure in the explanation."""
        return line.path.split(".")[-1] if "limits" in line.path else line.path
