"""Sentences about inputs, whatever the method."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "CURRENCY_UNKNOWN": _(
        "The currency %(given)s is not understood. Give three capital letters, such as CNY."
    ),
    "DATES_REVERSED": _(
        "The day in %(second)s is not after the day in %(first)s. Exchange or correct them."
    ),
    "DATE_UNREADABLE": _(
        "“%(field)s” is %(given)s, which is no day. Write year-month-day, such as 2025-09-30."
    ),
    "DUPLICATE_KEY": _("The key %(key)s stands twice in the inputs. Keep one of them."),
    "FIELD_MISSING": _("“%(field)s” is missing. Fill it in."),
    "FIELD_TWICE": _(
        "Both %(first)s and %(second)s are given, and they say the same or exclude each other. "
        "Give one of them."
    ),
    "FIELD_UNKNOWN": _("“%(field)s” is not an input of this method. Leave it out."),
    "FINITE_LIFE_REQUIRED": _(
        "“%(field)s” gives no finite life above 0. Data does not earn for ever: give a finite "
        "number of years, the least of legal term, contract, timeliness and product cycle."
    ),
    "INPUT_UNREADABLE": _("The inputs cannot be read as %(kind)s. Send them anew."),
    "NO_AMOUNT": _(
        "The method %(method)s answers no amount of money. Choose one that values, such as cost."
    ),
    "LIFE_NOT_POSITIVE": _("“%(field)s” is %(given)s. Give more than 0 years."),
    "NEGATIVE_VALUE": _("“%(field)s” is %(given)s. Give 0 or more."),
    "NOT_A_LIST": _("“%(field)s” is not a list. Give a list of entries."),
    "NOT_A_NUMBER": _(
        "“%(field)s” is %(given)s, which is not a number. Write digits with a point, such as "
        "1250.50."
    ),
    "NOT_AN_OBJECT": _("“%(field)s” is not an object. Give names with their values."),
    "NOT_A_TRUTH": _("“%(field)s” is %(given)s. Say yes or no."),
    "NOT_ONE_OF": _("“%(field)s” is %(given)s. Give one of: %(allowed)s."),
    "NOT_POSITIVE": _("“%(field)s” is %(given)s. Give more than 0."),
    "NOT_TEXT": _("“%(field)s” is not a text. Give a text that is not empty."),
    "NUMBER_OUT_OF_RANGE": _(
        "The number in “%(field)s” is too large or has too many digits. Give at most 18 digits "
        "before the point and 20 after it."
    ),
    "SERIES_LENGTH": _(
        "“%(field)s” has %(given)s values where there are %(expected)s periods. Give one value for "
        "each period."
    ),
    "SERIES_TOO_LONG": _("“%(field)s” has more than %(most)s values. Give at most that many."),
    "SHARE_OUT_OF_RANGE": _("“%(field)s” is %(given)s. Give a share from 0 to 1."),
    "STORED_RESULT_UNREADABLE": _(
        "What is stored of this valuation cannot be computed again. Draft a new valuation."
    ),
    "UNKNOWN_METHOD": _("There is no valuation method %(given)s. Choose one of the list."),
}

WARNINGS: Mapping[str, str | Promise] = {
    "CURRENCY_UNSTATED": _(
        "No currency is given, so the figures are numbers and no money. Give the currency."
    ),
}
