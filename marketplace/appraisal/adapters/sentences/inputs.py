"""Sentences about inputs, whatever the method."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "currency-unknown": _(
        "The currency %(given)s is not understood. Give three capital letters, such as CNY."
    ),
    "dates-reversed": _(
        "The day in %(second)s is not after the day in %(first)s. Exchange or correct them."
    ),
    "date-unreadable": _(
        "“%(field)s” is %(given)s, which is no day. Write year-month-day, such as 2025-09-30."
    ),
    "duplicate-key": _("The key %(key)s stands twice in the inputs. Keep one of them."),
    "field-missing": _("“%(field)s” is missing. Fill it in."),
    "field-twice": _(
        "Both %(first)s and %(second)s are given, and they say the same or exclude each other. "
        "Give one of them."
    ),
    "field-unknown": _("“%(field)s” is not an input of this method. Leave it out."),
    "finite-life-required": _(
        "“%(field)s” gives no finite life above 0. Data does not earn for ever: give a finite "
        "number of years, the least of legal term, contract, timeliness and product cycle."
    ),
    "input-unreadable": _("The inputs cannot be read as %(kind)s. Send them anew."),
    "no-amount": _(
        "The method %(method)s answers no amount of money. Choose one that values, such as cost."
    ),
    "life-not-positive": _("“%(field)s” is %(given)s. Give more than 0 years."),
    "negative-value": _("“%(field)s” is %(given)s. Give 0 or more."),
    "not-a-list": _("“%(field)s” is not a list. Give a list of entries."),
    "not-a-number": _(
        "“%(field)s” is %(given)s, which is not a number. Write digits with a point, such as "
        "1250.50."
    ),
    "not-an-object": _("“%(field)s” is not an object. Give names with their values."),
    "not-a-truth": _("“%(field)s” is %(given)s. Say yes or no."),
    "not-one-of": _("“%(field)s” is %(given)s. Give one of: %(allowed)s."),
    "not-positive": _("“%(field)s” is %(given)s. Give more than 0."),
    "not-text": _("“%(field)s” is not a text. Give a text that is not empty."),
    "number-out-of-range": _(
        "The number in “%(field)s” is too large or has too many digits. Give at most 18 digits "
        "before the point and 20 after it."
    ),
    "series-length": _(
        "“%(field)s” has %(given)s values where there are %(expected)s periods. Give one value for "
        "each period."
    ),
    "series-too-long": _("“%(field)s” has more than %(most)s values. Give at most that many."),
    "share-out-of-range": _("“%(field)s” is %(given)s. Give a share from 0 to 1."),
    "stored-result-unreadable": _(
        "What is stored of this valuation cannot be computed again. Draft a new valuation."
    ),
    "unknown-method": _("There is no valuation method %(given)s. Choose one of the list."),
}

WARNINGS: Mapping[str, str | Promise] = {
    "currency-unstated": _(
        "No currency is given, so the figures are numbers and no money. Give the currency."
    ),
}
