"""What a reader of a valuation has to know, from every approach behind it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.appraisal import adapters
from marketplace.appraisal.models import Appraisal


def worded_warnings_of(appraisal: Appraisal) -> list[str]:
    """Say the warnings of the value and of each approach, the latter by the approach's name."""
    told = adapters.worded_warnings(appraisal.result)
    for approach in appraisal.approaches.all():
        if approach.method != appraisal.method:
            told += [
                _("%(approach)s: %(sentence)s")
                % {"approach": approach.get_method_display(), "sentence": sentence}
                for sentence in adapters.worded_warnings(approach.result)
            ]
    return told
