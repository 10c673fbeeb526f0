"""The form of a feed, in words that a reviewer reads."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.choices import Every
from marketplace.catalog.version.examined import Why

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


def told_beyond(beyond: Iterable[tuple[str, str]]) -> list[str]:
    """Return in what a table goes beyond its form: sentences without their full stops."""
    return [str(SENTENCES[Why(why)]) % {"name": name} for name, why in beyond]


def beyond_lines(dataset: Dataset) -> list[str]:
    """Return in what the newest data of a dataset differs from what was approved before."""
    return told_beyond(dataset.form.get("beyond", ()))


def form_lines(dataset: Dataset) -> list[tuple[str, str]]:
    """Return what a feed may bring without another review, as was submitted; empty for no feed."""
    form = dataset.form
    if "data" not in form:
        return []
    low, high = form["data"]["rows"]
    return [
        (_("New data"), str(Every(form["every"]).label)),
        (
            _("Rows"),
            _("%(low)s to %(high)s were examined; up to three times as many, or a third, may come")
            % {"low": number_format(low), "high": number_format(high)},
        ),
        *((name, _told(one)) for name, one in form["data"]["columns"].items()),
    ]


def _told(one: Mapping[str, Any]) -> str:
    if one.get("none") or one["kind"] == "other":
        return _("As examined")
    if one["kind"] == "text":
        return _told_text(one)
    if one["kind"] == "day":
        return _("%(low)s to %(high)s, and a year beyond either") % one
    kind = int if one["is_whole"] else float
    said = {end: number_format(kind(one[end]), force_grouping=True) for end in ("low", "high")}
    if one["is_key"]:
        return _("%(low)s to %(high)s, each once: higher numbers may come") % said
    return _("%(low)s to %(high)s, and as far again beyond either") % said


def _told_text(one: Mapping[str, Any]) -> str:
    if one["is_code"]:
        return _("%(count)d codes, and no other text") % {"count": len(one["codes"])}
    if "forms" in one:
        return _("Texts built as those that were examined, at most twice as long")
    return _("Free text: whatever fits the length. Look at what it is for")
