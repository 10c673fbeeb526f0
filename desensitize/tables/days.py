"""Know the forms in which people write days."""

import re
from datetime import date

LOOKED_AT = 2_000
DAY_WORDS = re.compile(r"日期|时间|年月日|date|\bday\b|日$", re.IGNORECASE)
FORMS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y年%m月%d日",
    "%Y%m%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
)
PARTS = {"%Y": "year", "%m": "month", "%d": "day"}
"""What stands for each part of a day; where nothing parts them, each has all its digits."""


def _pattern(form: str) -> re.Pattern[str]:
    shortest = 2 if form == "%Y%m%d" else 1
    digits = {"%Y": "[0-9]{4}", "%m": f"[0-9]{{{shortest},2}}", "%d": f"[0-9]{{{shortest},2}}"}
    text = re.escape(form)
    for part, name in PARTS.items():
        text = text.replace(part, f"(?P<{name}>{digits[part]})")
    return re.compile(text)


PATTERNS = {form: _pattern(form) for form in FORMS}
READ_ANYWAY = {
    "%Y-%m-%d": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "%Y/%m/%d": re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}"),
}
"""Days that the reader knows without being told."""


class DayForms:
    """The forms that all values of a column so far are days in."""

    def __init__(self, header: str) -> None:
        self._left = set(FORMS)
        if not DAY_WORDS.search(header.strip()):
            # Eight digits are as likely a number.
            self._left.remove("%Y%m%d")
        self._count = 0
        self._known = dict.fromkeys(READ_ANYWAY, True)

    def take(self, text: str) -> None:
        """Weigh the next value."""
        if not self._left or self._count >= LOOKED_AT:
            return
        self._count += 1
        self._left = {form for form in self._left if is_day(text, form)}
        for form, pattern in READ_ANYWAY.items():
            self._known[form] = self._known[form] and pattern.fullmatch(text) is not None

    @property
    def are_days(self) -> bool:
        """Return whether all values so far are days, in whatever form."""
        return bool(self._count and self._left)

    def found(self) -> str:
        """Return the one form that fits, "" where none does, two do, or the reader knows it."""
        if not self._count or len(self._left) != 1:
            return ""
        [form] = self._left
        return "" if self._known.get(form) else form


def is_day(text: str, form: str) -> bool:
    """Return whether a text is a day that is written in a form."""
    found = PATTERNS[form].fullmatch(text)
    if found is None:
        return False
    try:
        date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return False
    return True
