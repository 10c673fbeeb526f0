"""What the figures and fields of a reconciliation are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: Mapping[str, str | Promise] = {
    "results": _("Results of the approaches"),
    "reason": _("Reason of the weight"),
    "low": _("Low end of the range"),
    "high": _("High end of the range"),
    "purpose": _("Purpose"),
    "right": _("Right that is valued"),
}
