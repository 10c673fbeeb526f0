"""Read as of which revision somebody asks: its number, or a moment. Pure: no models."""

from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_current_timezone, is_naive, make_aware
from django.utils.translation import gettext as _

from marketplace.core import Invalid

MOST_DIGITS = 9

AsOf = int | datetime | None
"""A revision by its number, or by a moment at which it was given; None is now."""


def read_as_of(text: str) -> AsOf:
    """Read a revision number, or a moment as ISO 8601 has it; "" is now.

    A moment without an offset is one of the centre's time.

    Raises:
        Invalid: it is neither (`as-of-unreadable`).
    """
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return int(text)
    try:
        # A plus that was not encoded in an address arrives as a space.
        moment = parse_datetime(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        moment = None
    if moment is None:
        sentence = _(
            "Give the number of a revision, or a moment such as 2026-03-31T00:00:00+08:00."
        )
        raise Invalid(sentence, code="as-of-unreadable", fields={"as_of": [sentence]})
    return make_aware(moment, get_current_timezone()) if is_naive(moment) else moment
