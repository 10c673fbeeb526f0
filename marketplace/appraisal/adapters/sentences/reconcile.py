"""Sentences about the reconciliation of several approaches."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "no-approach": _(
        "%(method)s is no approach to a value: it stands beside one and is never weighed with it. "
        "Leave it out."
    ),
    "reason-missing": _(
        "The result of %(method)s has a weight without a reason. Write down why it counts for so "
        "much: an average without reasons is no conclusion."
    ),
    "results-too-few": _(
        "There are %(given)s results to reconcile. Give two or more; one alone needs no weights."
    ),
    "results-unlike": _(
        "The results differ in “%(field)s”: %(first_given)s and %(other_given)s. Only values of "
        "the same right, for the same purpose, on the same date can be weighed against each other."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "range-wide": _(
        "The approaches lie far apart, from %(low)s to %(high)s. Look for the reason before "
        "weighing them."
    ),
    "results-context-unstated": _(
        "It is not stated of all results: %(names)s. State it, so that a reader sees that they "
        "value the same thing."
    ),
}
