"""What the figures and fields of what every method has are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: Mapping[str, str | Promise] = {
    "P": _("Value"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "sources": _("Sources"),
}
