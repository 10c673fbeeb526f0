"""Find a part of a text, through an index where the database has one.

PostgreSQL knows the texts of the market by their trigrams, which find a part of three characters
and more. Most Chinese words have two, and are found by the letters that a text must have. An index
only narrows what is looked through: what is found is the same with and without it.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import Upper

TRIGRAM = 3


class HasLetters(Func):
    """Tell whether a text has each letter of another one, wherever they stand."""

    template = "string_to_array(%(expressions)s, NULL)"
    arg_joiner = ", NULL) @> string_to_array("
    output_field = BooleanField()


def text_holds(word: str) -> Q:
    """Answer the condition that the text of a listing holds a casefolded word."""
    found = Q(search_text__contains=word)
    if connection.vendor == "postgresql" and len(word) < TRIGRAM:
        found &= Q(HasLetters(F("search_text"), Value(word)))
    return found


def region_holds(part: str) -> Q:
    """Answer the condition that the region of a listing holds a part, in either case."""
    found = Q(region__icontains=part)
    if connection.vendor == "postgresql":
        found &= Q(HasLetters(Upper("region"), Upper(Value(part))))
    return found
