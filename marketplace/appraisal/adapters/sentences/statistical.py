"""Sentences about the sum of costs, perpetual inventory and growth."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "shares-reversed": _("In %(field)s the upper share is below the lower one. Exchange them."),
    "statistics-missing": _(
        "Nothing to compute is given. Give occupations, an investment series, or a first and a "
        "last value."
    ),
    "years-out-of-range": _(
        "“%(field)s” is %(given)s years. Give the years between, from 0.01 to %(most)s."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {}
