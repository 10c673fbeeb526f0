"""The shares of owners, in the words of the centre."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REFUSALS: Mapping[str, str | Promise] = {
    "GAME_MISSING": gettext_lazy(
        "It is not told what the owners are worth together. Give one of: %(forms)s."
    ),
    "MISSING_COALITION": gettext_lazy(
        "The table does not tell what %(coalition)s are worth together. Add that coalition."
    ),
    "PRICE_NOT_IN_CENTS": gettext_lazy(
        "The price %(price)s has parts of the smallest unit of its currency. Give it with "
        "%(places)s decimal places at most."
    ),
    "SHARES_IMPOSSIBLE": gettext_lazy(
        "The joint price cannot be divided: an owner's contribution is below 0, or all are 0. "
        "Leave out owners who take away from the whole, and give what the others are worth."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "SHAPLEY_SAMPLED": gettext_lazy(
        "The shares are estimated from %(orders)s random orders. Each has the standard error that "
        "is told with it."
    ),
}
