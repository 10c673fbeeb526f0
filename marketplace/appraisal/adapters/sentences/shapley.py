"""The shares of owners, in the words of the centre."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REFUSALS: Mapping[str, str | Promise] = {
    "game-missing": gettext_lazy(
        "It is not told what the owners are worth together. Give one of: %(forms)s."
    ),
    "missing-coalition": gettext_lazy(
        "The table does not tell what %(coalition)s are worth together. Add that coalition."
    ),
    "price-not-in-cents": gettext_lazy(
        "The price %(price)s has parts of the smallest unit of its currency. Give it with "
        "%(places)s decimal places at most."
    ),
    "shares-impossible": gettext_lazy(
        "The joint price cannot be divided: an owner's contribution is below 0, or all are 0. "
        "Leave out owners who take away from the whole, and give what the others are worth."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "shapley-sampled": gettext_lazy(
        "The shares are estimated from %(orders)s random orders. Each has the standard error that "
        "is told with it."
    ),
}
