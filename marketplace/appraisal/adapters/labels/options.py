"""What the figures and fields of real options are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: Mapping[str, str | Promise] = {
    "present_value": _("Present value of the product"),
    "launch_cost": _("Cost to launch"),
    "r": _("Risk-free rate"),
    "sigma": _("Volatility"),
    "sigma_evidence": _("Evidence of the volatility"),
    "T": _("Years"),
    "q": _("Leakage a year"),
    "call": _("Option to launch"),
    "put": _("Option to give up"),
    "option_value": _("Option value"),
    "static_npv": _("Static net present value"),
    "kind": _("Kind"),
}
