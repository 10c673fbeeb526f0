"""Find a part of a text, by looking it up in an index or by reading the texts.

PostgreSQL knows the texts of the market by their trigrams, which find a part of three characters
and more. Most Chinese words have two, and are found by the letters that a text must have. An index
only narrows what is looked through: what is found is the same with and without it.

An index answers what fits in no order. Where much fits it is quicker to read in the order that is
asked for until a page is full, and PostgreSQL cannot tell: it takes letters and words for
independent of each other, and expects too few. So whoever asks says which of the two is meant.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex, Upper
from django.db.models.lookups import GreaterThan

TRIGRAM = 3


class HasLetters(Func):
    """Tell whether a text has each letter of another one, wherever they stand."""

    template = "string_to_array(%(expressions)s, NULL)"
    arg_joiner = ", NULL) @> string_to_array("
    output_field = BooleanField()


def has_indexes() -> bool:
    """Return whether the database can look up parts of texts."""
    return connection.vendor == "postgresql"


def text_holds(word: str, *, looked_up: bool = False) -> Q:
    """Return the condition that the text of a listing holds a casefolded word."""
    if looked_up and len(word) >= TRIGRAM:
        return Q(search_text__contains=word)
    return _holds(F("search_text"), Value(word), looked_up=looked_up)


def region_holds(part: str, *, looked_up: bool = False) -> Q:
    """Return the condition that the region of a listing holds a part, in either case."""
    return _holds(Upper("region"), Upper(Value(part)), looked_up=looked_up)


def _holds(text: Combinable, part: Combinable, *, looked_up: bool) -> Q:
    # Not by LIKE, which the index of trigrams would be asked for, and it has none of a short part;
    # and first, since PostgreSQL may read all the same, and taking a text to letters is dear.
    read = Q(GreaterThan(StrIndex(text, part), 0))
    return read & Q(HasLetters(text, part)) if looked_up else read
