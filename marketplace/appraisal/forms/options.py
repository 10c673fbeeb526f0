"""The form of a real option: what it is worth to wait with a product."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.adapters import FIGURES
from marketplace.appraisal.forms.approach import ApproachForm
from marketplace.appraisal.forms.lines import Group, Line
from marketplace.appraisal.models import Method


class OptionsForm(ApproachForm):
    """The inputs of a real option, which is shown beside the value and never added."""

    method: ClassVar[Method] = Method.OPTIONS
    is_beside: ClassVar[bool] = True
    groups: ClassVar[tuple[Group, ...]] = (
        Group(
            _("A product that can wait"),
            _("Shown beside the value, with the static value that counts today; never added."),
            (
                Line(
                    "present_value",
                    FIGURES["present_value"],
                    _("What the product's income is worth today."),
                    is_required=True,
                ),
                Line(
                    "launch_cost",
                    FIGURES["launch_cost"],
                    _("What it costs to bring it out."),
                    is_required=True,
                ),
                Line("T", _("Years in which it can be launched"), is_required=True),
                Line("r", FIGURES["r"], _("In percent a year."), is_percent=True, is_required=True),
                Line(
                    "sigma",
                    FIGURES["sigma"],
                    _("In percent a year; its source is the evidence for it."),
                    is_percent=True,
                    is_required=True,
                ),
                Line(
                    "q",
                    FIGURES["q"],
                    _("What is lost by waiting, in percent a year."),
                    is_percent=True,
                ),
            ),
        ),
    )
