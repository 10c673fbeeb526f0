"""The refusals and warnings of `valuation` in the reader's language, one module a subject.

The modules are those of `valuation.sentences`; a test compares the codes.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

from marketplace.appraisal.adapters.sentences import (
    cost,
    income,
    infonomics,
    inputs,
    market,
    options,
    pricing,
    quality,
    reconcile,
    shapley,
    statistical,
    uncertainty,
    weighting,
)

SUBJECTS = (
    cost,
    income,
    infonomics,
    inputs,
    market,
    options,
    pricing,
    quality,
    reconcile,
    shapley,
    statistical,
    uncertainty,
    weighting,
)

SENTENCES: Mapping[str, str | Promise] = {
    code: sentence for subject in SUBJECTS for code, sentence in subject.REFUSALS.items()
}
WARNINGS: Mapping[str, str | Promise] = {
    code: sentence for subject in SUBJECTS for code, sentence in subject.WARNINGS.items()
}
