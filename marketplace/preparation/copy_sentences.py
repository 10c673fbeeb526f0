"""The sentences of what is refused of a synthetic copy and of the domains declared for it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

COPY_SENTENCES: Mapping[str, Promise] = {
    "copy-needs-delta": gettext_lazy(
        "A synthetic copy needs a δ above 0, such as 0.000000001. Give one."
    ),
    "bad-copy-rows": gettext_lazy("The rows of a copy must be a whole number from 1 to %(limit)s."),
    "domain-needed": gettext_lazy(
        "Which values column “%(column)s” can have is not declared, and the data must not tell. "
        "List its values, give its bounds, or leave the column out."
    ),
    "bad-domain": gettext_lazy(
        "The values or bounds of column “%(column)s” cannot be used for a synthetic copy. Declare "
        "them anew."
    ),
    "bad-domains": gettext_lazy(
        "The values and bounds of the columns cannot be read. Declare them anew."
    ),
    "too-many-domains": gettext_lazy(
        "A synthetic copy has from 1 to %(limit)s columns. Declare as many."
    ),
}
