"""Draws, distributions and sensitivities, in the words of the centre."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

REFUSALS: Mapping[str, str | Promise] = {
    "correlation-impossible": gettext_lazy(
        "The entry in row %(row)s column %(column)s of “%(field)s” cannot be a correlation. Give a "
        "symmetric matrix with 1 on the diagonal and numbers from -1 to 1."
    ),
    "distribution-impossible": gettext_lazy(
        "There is no %(kind)s distribution with %(given)s in “%(field)s”. Give the lowest, the "
        "likeliest and the highest in this order, and a spread of 0 or more that keeps the values "
        "to amounts of money."
    ),
    "draws-out-of-range": gettext_lazy(
        "%(given)s draws are asked for. Give a number from %(least)s to %(most)s."
    ),
    "not-positive-definite": gettext_lazy(
        "No inputs can be correlated as “%(field)s” says: row %(row)s contradicts the rows above "
        "it. Bring its numbers closer to 0."
    ),
    "rate-can-reach-minus-one": gettext_lazy(
        "The discount rate in “%(field)s” can fall to -1 or below, which is no rate. Give a "
        "distribution with a least value above -1, such as triangular."
    ),
    "tornado-input-unknown": gettext_lazy(
        "The inputs of the method hold no number at %(name)s. Name one that they hold, with points "
        "between the parts of its path."
    ),
    "tornado-method": gettext_lazy(
        "The method %(method)s has no closed form with one figure to watch. Choose one that values."
    ),
    "tornado-output": gettext_lazy(
        "The method answers no number %(output)s. Choose one of: %(known)s."
    ),
    "tornado-refused": gettext_lazy(
        "With %(name)s at %(given)s the method refuses: %(refusal)s Change the low or the high "
        "of this input."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "base-outside-range": gettext_lazy(
        "The base %(base)s of %(name)s does not lie between its low and its high. Check them."
    ),
    "value-can-be-negative": gettext_lazy(
        "The value is negative in %(percent)s %% of the draws. Say what an owner would do then: "
        "one who can stop loses less."
    ),
}
