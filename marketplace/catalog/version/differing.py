"""In what a table goes beyond what was approved, in words that a reviewer reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marketplace.catalog.version.examined import MOST_CODES, Figures, Why
from marketplace.web.shares import percent

Word = Callable[[Any], str]


Pair = Callable[[Any, Any], tuple[str, str]]


SENTENCES: Final = {
    Why.ROWS: gettext_lazy("It has far more or far fewer rows than were approved"),
    Why.REPEATED: gettext_lazy("Rows stand in it more than once"),
    Why.KEY: gettext_lazy("What told its rows apart does not any more, as when a day comes twice"),
    Why.KIND: gettext_lazy("“%(name)s” is of another type"),
    Why.EMPTY: gettext_lazy("“%(name)s” has many more empty cells"),
    Why.FILLED: gettext_lazy("“%(name)s” was empty and holds values"),
    Why.RANGE: gettext_lazy("“%(name)s” holds numbers far outside what was approved"),
    Why.NEGATIVE: gettext_lazy("“%(name)s” holds many more negative numbers"),
    Why.USUAL: gettext_lazy("The numbers of “%(name)s” are mostly far from the usual ones"),
    Why.DAYS: gettext_lazy("“%(name)s” holds days more than a year outside what was approved"),
    Why.CODES: gettext_lazy("“%(name)s” holds codes that were not approved"),
    Why.LENGTH: gettext_lazy("“%(name)s” holds much longer texts"),
    Why.FORMS: gettext_lazy("“%(name)s” holds texts that are built otherwise"),
}


@dataclass(frozen=True)
class Differing:
    """In what a column goes beyond what was approved; `column` is "" for the rows as such."""

    column: str
    why: Why
    sentence: str
    approved: str
    came: str


def told_beyond(kept: Figures) -> list[str]:
    """Return in what a table goes beyond its form: sentences without their full stops."""
    return [one.sentence for one in differing_lines(kept)]


def differing_lines(kept: Figures) -> list[Differing]:
    """Return what was approved and what came, of what was kept of a table beyond its form."""
    lines = []
    for one in kept.get("beyond", ()):
        why, name = Why(one["why"]), one["column"]
        approved, came = WORDS[why](one["approved"], one["came"])
        lines.append(Differing(name, why, str(SENTENCES[why]) % {"name": name}, approved, came))
    return lines


def more_differing(kept: Figures) -> int:
    """Return how many columns go beyond a form besides those that are kept."""
    return int(kept.get("beyond_count", 0)) - len(kept.get("beyond", ()))


def number_told(number: float) -> str:
    return number_format(int(number) if number == int(number) else number, force_grouping=True)


def _span(ends: Sequence[float]) -> str:
    low, high = ends
    if low == high:
        return number_told(low)
    return _("%(low)s to %(high)s") % {"low": number_told(low), "high": number_told(high)}


def _days(ends: Sequence[str]) -> str:
    low, high = (date_format(date.fromisoformat(end), "SHORT_DATE_FORMAT") for end in ends)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _empty(share: float) -> str:
    return _("%(share)s of the cells are empty") % {"share": percent(share)}


def _negative(share: float) -> str:
    return _("%(share)s of the numbers are negative") % {"share": percent(share)}


def _repeated(share: float) -> str:
    return _("%(share)s of the rows stand again") % {"share": percent(share)}


def _keys(keys: Sequence[Sequence[str]]) -> str:
    told = "; ".join(" + ".join(f"“{name}”" for name in key) for key in keys)
    return _("Each row has its own %(keys)s") % {"keys": told}


def _again(rows: int | None) -> str:
    if rows is None:
        return _("Rows are not told apart by it")
    return ngettext("%(rows)s row stands again", "%(rows)s rows stand again", rows) % {
        "rows": number_told(rows)
    }


def _kind(kind: str | None) -> str:
    return str(KINDS[kind]) if kind else _("No such column")


def _new_codes(count: int | None) -> str:
    if count is None:
        return _("More than %(most)s different texts") % {"most": number_told(MOST_CODES)}
    return ngettext("%(count)s new code", "%(count)s new codes", count) % {
        "count": number_told(count)
    }


def _codes(count: int) -> str:
    return ngettext("%(count)s code", "%(count)s codes", count) % {"count": number_told(count)}


def _signs(count: int) -> str:
    return ngettext("Up to %(count)s sign", "Up to %(count)s signs", count) % {
        "count": number_told(count)
    }


def _forms(told: Figures) -> str:
    if told["is_free"]:
        return _("Free text")
    return _listed(told)


def _new_forms(told: Figures) -> str:
    if told["is_free"] and not told["shown"]:
        return _("Free text")
    words = _("new signs: %(shown)s") if told["is_free"] else _("new: %(shown)s")
    return words % {"shown": _listed(told)}


def _listed(told: Figures) -> str:
    shown, rest = ", ".join(f"“{one}”" for one in told["shown"]), told["count"] - len(told["shown"])
    if rest <= 0:
        return shown
    return _("%(shown)s and %(rest)s more") % {"shown": shown, "rest": number_told(rest)}


def _told_by(approved: Word, came: Word | None = None) -> Pair:
    return lambda before, now: (approved(before), (came or approved)(now))


KINDS: Final = {
    "number": gettext_lazy("Numbers"),
    "day": gettext_lazy("Days and moments"),
    "text": gettext_lazy("Texts"),
    "other": gettext_lazy("Other values"),
}


WORDS: Final[Mapping[Why, Pair]] = {
    Why.ROWS: _told_by(_span, number_told),
    Why.REPEATED: _told_by(_repeated),
    Why.KEY: _told_by(_keys, _again),
    Why.KIND: _told_by(_kind),
    Why.EMPTY: _told_by(_empty),
    Why.FILLED: _told_by(lambda _share: _("Only empty cells"), lambda share: _empty(1 - share)),
    Why.RANGE: _told_by(_span),
    Why.NEGATIVE: _told_by(_negative),
    Why.USUAL: _told_by(
        lambda ends: _("Mostly %(span)s") % {"span": _span(ends)},
        lambda middle: _("Around %(number)s") % {"number": number_told(middle)},
    ),
    Why.DAYS: _told_by(_days),
    Why.CODES: _told_by(_codes, _new_codes),
    Why.LENGTH: _told_by(_signs),
    Why.FORMS: _told_by(_forms, _new_forms),
}
