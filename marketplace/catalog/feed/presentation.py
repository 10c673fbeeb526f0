"""What a feed may bring, in words that a reviewer reads."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.choices import Every
from marketplace.catalog.version.differing import number_told
from marketplace.catalog.version.examined import outwards


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
    low, high = outwards(one["low"], one["high"])
    said = {"low": number_told(low), "high": number_told(high)}
    if one["is_key"]:
        return _("%(low)s to %(high)s, each once: higher numbers may come") % said
    return _("%(low)s to %(high)s, and as far again beyond either") % said


def _told_text(one: Mapping[str, Any]) -> str:
    if one["is_code"]:
        return _("%(count)d codes, and no other text") % {"count": len(one["codes"])}
    if "forms" in one:
        return _("Texts built as those that were examined, at most twice as long")
    return _("Free text: whatever fits the length. Look at what it is for")
