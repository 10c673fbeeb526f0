"""The sentences of the formats in the language of the reader."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.formats import FormatError
from marketplace.core import Invalid

SPLIT_SENTENCES: Mapping[str, Promise] = {
    "no-key": _(
        "Not every item has a value in this column by which it can be split. A time is written "
        "2026-03-31 or 2026-03-31T08:00. Choose another column."
    ),
    "split-leaks": _(
        "Split so, one part would tell of another: too few values, or values that are too uneven. "
        "Choose another column, or split by class."
    ),
}


def refused_split(error: FormatError) -> Invalid:
    sentence = str(SPLIT_SENTENCES[error.code])
    return Invalid(sentence, code=error.code, fields={"column": [sentence]})
